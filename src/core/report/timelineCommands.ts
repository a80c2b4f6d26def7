import type { RunEventBody } from '../run/events.ts';
import { backupWords } from '../status/backupWords.ts';
import { expectsOf, hasRun, judge } from '../run/outcome.ts';
import { outcomeWords } from '../view/outcomeWords.ts';
import { durationWords } from '../view/words.ts';
import { placeWords } from './reportWords.ts';
import { TOLERANCE_MS } from './statedTimes.ts';
import type { TimelineBar } from './timeline.ts';

type Started = Extract<RunEventBody, { type: 'command.started' }>;
type Ended = Extract<RunEventBody, { type: 'command.ended' }>;

/** Longer than any run; a longer one is no measurement, in milliseconds. */
const LONGEST_MS = 366 * 24 * 3600 * 1000;

/** One execution as the events tell it; times are milliseconds since the start of the run. */
export interface Execution {
  readonly start: Started;
  readonly fromMs: number;
  /** Which time this command of its owner was run, from 1. */
  readonly attempt: number;
  isStopRequested: boolean;
  /** It stayed up in the background. */
  isUp: boolean;
  end: { readonly body: Ended; readonly atMs: number } | null;
}

/** Takes the end of an execution. Of several the first stays, except that a known one takes the place of a lost one. */
export function endExecution(execution: Execution, body: Ended, atMs: number): void {
  const known = execution.end?.body.outcome.kind;
  if (known === undefined || (known === 'lost' && body.outcome.kind !== 'lost')) execution.end = { body, atMs };
}

/**
 * When it ended, or null when that is not known. The runner's own measurement
 * comes first: the end may have been found much later than it happened, and a
 * clock that was set meanwhile does not touch it.
 */
export function endOf({ fromMs, end }: Execution): number | null {
  if (end === null || end.body.outcome.kind === 'lost') return null;
  const measured = measuredMs(end.body);
  return measured === null ? Math.max(fromMs, end.atMs) : fromMs + measured;
}

/** Whether the clock says that it took less time than the runner measured: it was put back meanwhile. */
export function contradictsClock({ fromMs, end }: Execution): boolean {
  const measured = end === null ? null : measuredMs(end.body);
  return end !== null && measured !== null && end.atMs + TOLERANCE_MS < fromMs + measured;
}

/** Until when it may have been running. */
export function busyUntil(execution: Execution): number {
  return endOf(execution) ?? Math.max(execution.fromMs, execution.end?.atMs ?? Infinity);
}

function measuredMs({ durationMs }: Ended): number | null {
  return durationMs !== null && durationMs >= 0 && durationMs <= LONGEST_MS ? durationMs : null;
}

/** What became of it. `isOpen`: the run goes on, so that an end which is missing is still to come. */
export function outcomeOf({ start, end, isStopRequested, isUp }: Execution, isOpen: boolean): TimelineBar['outcome'] {
  if (end === null) return isOpen ? 'running' : 'unknown';
  const { outcome } = end.body;
  if (outcome.kind === 'lost') return 'unknown';
  // It ran as long as it was wanted.
  if (isUp && isStopRequested) return 'neutral';
  if (outcome.kind === 'cancelled' || (isStopRequested && outcome.kind === 'exited')) return 'cancelled';
  const said = judge(expectsOf(start), end.body.outcome, end.body.expectation ?? null, start.capture !== undefined);
  return said === 'inconclusive' ? 'unknown' : said;
}

/** For example `exit 1 after 4.2 s, attempt 2`. */
export function executionWords(execution: Execution, isOpen: boolean): string {
  const { end, start, attempt } = execution;
  const place = placeWords(start.background === true, start.lane ?? null).map((words) => `, ${words}`).join('');
  const again = `${attempt > 1 ? `, attempt ${String(attempt)}` : ''}${place}`;
  if (end === null) return `${isOpen ? 'running' : 'end unknown'}${again}`;
  const to = endOf(execution);
  const isTimed = to !== null && hasRun(end.body.outcome) && end.body.outcome.kind !== 'timedOut';
  const backup = backupWords(start.backup, outcomeOf(execution, isOpen) === 'succeeded' ? end.body.captured : undefined).map((words) => `, ${words}`).join('');
  return `${outcomeWords(end.body.outcome)}${expectedWords(start, end.body)}${backup}${isTimed ? ` after ${durationWords(to - execution.fromMs)}` : ''}${again}`;
}

/** What became of what was expected of its output, when its exit code does not say it all. */
function expectedWords(start: Started, { outcome, expectation = null }: Ended): string {
  const expects = expectsOf(start);
  if (outcome.kind !== 'exited' || (expects.output.length === 0 && start.capture === undefined) || !expects.exit.includes(outcome.code)) return '';
  const said = judge(expects, outcome, expectation, start.capture !== undefined);
  return said === 'succeeded' ? '' : said === 'failed' ? (expects.output.length === 0 ? ', not captured' : ', output not as expected') : ', output not verified';
}
