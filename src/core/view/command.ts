import { isInconclusive, mayHaveRun, succeeded, wasStoppedInBackground } from '../run/outcome.ts';
import type { ExecutionState } from '../run/state.ts';
import { expectationWords } from '../runbook/expectationWords.ts';
import { howItRuns } from '../runbook/howItRuns.ts';
import type { Command } from '../runbook/model.ts';
import type { ViewInput } from './input.ts';
import { capturedWords, resultWords } from './outcomeWords.ts';
import type { CommandView } from './viewModel.ts';

/**
 * How a block of commands and its last execution look. `live` is its output
 * while it runs, `unheard` says why there is none.
 */
export function commandView(command: Command, execution: ExecutionState | null, live: string | null, unheard: string | null = null): CommandView {
  const how = howItRuns(command.options);
  return {
    language: command.language,
    text: command.text,
    line: command.line,
    ...executionView(execution, live, unheard),
    placeholders: command.placeholders.map(({ start, end }) => [start, end] as const),
    hidden: command.hidden.map(({ offset, codePoint, name }) => ({ offset, codePoint, name })),
    expectedOutput: command.expectedOutput,
    ...(how.length === 0 ? {} : { how }),
    ...capturedOf(execution),
    expects: expectationWords(command.options.expects),
  };
}

/** The part of a command's view that comes from having been run. */
export function executionView(
  execution: ExecutionState | null,
  live: string | null,
  unheard: string | null,
): Pick<CommandView, 'state' | 'result' | 'output' | 'outputMissing'> {
  if (execution === null) return { state: 'idle', result: null, output: null, outputMissing: null };
  if (execution.outcome === null) return { state: 'running', result: null, output: live, outputMissing: live === null ? unheard : null };
  const ran = mayHaveRun(execution);
  const output = execution.outputTail;
  return {
    state: stateOf(execution),
    result: resultWords({ ...execution, outcome: execution.outcome }),
    output: output === '' ? null : output,
    outputMissing: ran && output === null ? 'Its output was not observed here. It is in the terminal, as long as that is open.' : null,
  };
}

function capturedOf(execution: ExecutionState | null): Pick<CommandView, 'captured'> {
  const words = execution === null ? null : capturedWords(execution);
  return words === null ? {} : { captured: words };
}

/** Why nothing is heard of a running execution, in words; null when it is. */
export function unheardWords({ foundAgain, lockedBecause }: ViewInput, execution: ExecutionState): string | null {
  if (lockedBecause !== null) return 'Its output is in the terminal of the window that runs it.';
  return foundAgain.has(execution.executionId) ? 'Its output is in the terminal.' : null;
}

function stateOf(execution: ExecutionState): CommandView['state'] {
  if (succeeded(execution)) return 'ok';
  if (wasStoppedInBackground(execution)) return 'stopped';
  return execution.outcome?.kind === 'lost' || isInconclusive(execution) ? 'unknown' : 'failed';
}

/** Command lines of a block: neither blank nor only a comment. */
export function commandLines(text: string): number {
  return text.split('\n').filter((line) => !/^\s*(#|::|$)/.test(line)).length;
}
