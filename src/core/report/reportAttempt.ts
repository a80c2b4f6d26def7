import { succeeded } from '../run/outcome.ts';
import type { ExecutionState, RunState } from '../run/state.ts';
import { statusWords } from '../status/backupWords.ts';
import { howItRuns } from '../runbook/howItRuns.ts';
import { capturedWords, resultWords } from '../view/outcomeWords.ts';
import type { ReportAttempt } from './report.ts';
import { acknowledgedWords } from './reportWords.ts';

/**
 * The executions with these ids, as a report tells them.
 * @param text what the command at an index is in the runbook; undefined when it has none there
 */
export function attemptsOf(state: RunState, ids: readonly string[], text: (index: number) => string | undefined): readonly ReportAttempt[] {
  return ids.flatMap((id) => state.executions.get(id) ?? []).map((execution) => attempt(execution, text(execution.index), state.ended === null));
}

function attempt(execution: ExecutionState, text: string | undefined, isOpen: boolean): ReportAttempt {
  const { outcome, program, env, file } = execution;
  const how = howItRuns({ ...(file === undefined ? {} : { file: file.path }), ...(program === undefined ? {} : { interpreter: program }), ...(env === undefined ? {} : { env }) });
  const said = [...how, ...statusWords(execution)];
  const captured = capturedWords(execution);
  const code = outcome?.kind === 'exited' || outcome?.kind === 'cancelled' ? outcome.code : null;
  return {
    executionId: execution.executionId,
    command: execution.index + 1,
    ofCommands: execution.count,
    text: execution.text,
    sha256: execution.sha256,
    shell: program?.[0] ?? execution.shell,
    ...(said.length === 0 ? {} : { how: said }),
    ...(captured === null ? {} : { captured }),
    isChanged: (execution.source ?? execution.text) !== text,
    startedAt: execution.startedAt,
    startedBy: execution.startedBy,
    endedAt: execution.endedAt,
    durationMs: execution.durationMs,
    outcome,
    exitCode: code,
    succeeded: succeeded(execution),
    words: outcome === null ? (isOpen ? 'running' : 'end unknown') : resultWords({ ...execution, outcome }),
    expectation: execution.expectation,
    isProbe: execution.isProbe,
    attempt: execution.attempt,
    isBackground: execution.isBackground,
    lane: execution.lane,
    stopRequested: execution.stopRequested !== 'no',
    acknowledged: execution.acknowledged.map((name) => ({ name, words: acknowledgedWords(name) })),
    outputTail: execution.outputTail,
    output: execution.output,
  };
}
