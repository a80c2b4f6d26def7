import type { Outcome } from '../../core/run/events.ts';
import type { HeardOutput } from '../output/heardOutput.ts';
import type { EndState } from './executionState.ts';
import { explainRefusal } from './refusals.ts';
import type { ExecutionResult } from '../../session/ports.ts';

/** An execution of which nothing was run. */
export function notStarted(reason: string): ExecutionResult {
  return result({ kind: 'notStarted', reason }, null);
}

/** An execution of which nobody knows the end. */
export function lost(reason: string): ExecutionResult {
  return result({ kind: 'lost', reason }, null);
}

/**
 * What the runner's files say, as a result.
 * @param timeoutSeconds the limit that it was given, for the words about it
 * @param heard what was heard of it; null when it was not observed
 */
export function resultOf(end: EndState, timeoutSeconds: number | null, heard: HeardOutput | null): ExecutionResult {
  switch (end.kind) {
    case 'notStarted':
      return notStarted('the terminal did not run the line that was typed. Is its shell waiting for something?');
    case 'refused':
      return notStarted(explainRefusal(end.reason));
    case 'lost':
      return result({ kind: 'lost', reason: 'its process is gone and left no result.' }, heard);
    default:
      return {
        outcome: outcomeOf(end, timeoutSeconds),
        durationMs: end.started === null ? null : Math.max(0, Math.round(end.atMs - end.started.atMs)),
        environmentCarried: end.carried,
        outputTail: tailOf(heard),
        output: heard?.output ?? null,
      };
  }
}

/** Nothing heard of an output that was not heard to its end is not the same as a command that printed nothing. */
function tailOf(heard: HeardOutput | null): string | null {
  return heard === null || (heard.tail === '' && !heard.output.isComplete) ? null : heard.tail;
}

function outcomeOf(end: Extract<EndState, { kind: 'exited' | 'signalled' | 'timedOut' }>, timeoutSeconds: number | null): Outcome {
  switch (end.kind) {
    case 'exited':
      return { kind: 'exited', code: end.code };
    case 'signalled':
      return { kind: 'signalled', signal: `SIG${end.signal}` };
    case 'timedOut':
      return { kind: 'timedOut', afterSeconds: timeoutSeconds ?? 0 };
  }
}

function result(outcome: Outcome, heard: HeardOutput | null): ExecutionResult {
  return { outcome, durationMs: null, environmentCarried: null, outputTail: heard?.tail ?? null, output: heard?.output ?? null };
}
