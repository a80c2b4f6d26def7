import type { CheckResult } from '../checks/compareOutput.ts';
import type { Outcome } from '../run/events.ts';
import { judge } from '../run/outcome.ts';
import type { ExecutionState } from '../run/state.ts';
import { dotted, durationWords, limitWords } from './words.ts';

/** An execution that has ended. */
export type Ended = Pick<ExecutionState, 'durationMs' | 'expects' | 'expectation' | 'capture'> & { readonly outcome: Outcome };

/** The execution once it has ended, else null. */
export function ended(execution: ExecutionState | null | undefined): Ended | null {
  return execution?.outcome == null ? null : { ...execution, outcome: execution.outcome };
}

/** Signals by number as Linux and macOS both have them; others are given by number. */
const signalNames: Readonly<Record<number, string>> = {
  1: 'SIGHUP', 2: 'SIGINT, Ctrl-C', 3: 'SIGQUIT', 4: 'SIGILL', 6: 'SIGABRT', 8: 'SIGFPE',
  9: 'SIGKILL', 11: 'SIGSEGV', 13: 'SIGPIPE', 14: 'SIGALRM', 15: 'SIGTERM',
};

/** How it ended, in short: `exit 0`, `exit 137 (SIGKILL, or the program said so)`, `lost`. */
export function outcomeWords(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'exited':
      return `exit ${outcome.code}${signalHint(outcome.code)}`;
    case 'signalled':
      return `ended by ${outcome.signal}`;
    case 'cancelled':
      return outcome.code === null ? 'stopped' : `stopped, exit ${outcome.code}`;
    case 'answered':
      return `HTTP ${outcome.status}`;
    case 'written':
      return outcome.before === null ? 'file created' : outcome.before === outcome.after ? 'file written, as it was' : 'file written';
    case 'unanswered':
      return 'no answer';
    case 'timedOut':
      return `stopped after its limit of ${limitWords(outcome.afterSeconds)}`;
    case 'unneeded':
      return `not run: ${outcome.reason}`;
    case 'notStarted':
      return 'not started';
    case 'lost':
      return 'end unknown';
  }
}

/** `exit 0 · 0.4 s`, as it stands beside a command; with what became of what was expected of its output. */
export function resultWords({ outcome, durationMs, expects, expectation, capture }: Ended): string {
  const isOther = outcome.kind === 'exited' && outcome.code !== 0 && expects.exit.includes(outcome.code);
  const words = outcome.kind === 'answered' ? answerWords : outputWords;
  const wanted = (outcome.kind === 'exited' || outcome.kind === 'answered') && expects.output.length > 0 ? words[expectation?.result ?? 'inconclusive'] : capture !== undefined && expectation?.result === 'failed' ? 'not captured' : null;
  return dotted([`${outcomeWords(outcome)}${isOther ? ', which is allowed' : ''}`, wanted, durationMs === null ? null : durationWords(durationMs)]);
}

/** Characters of a value that are shown beside a step. */
const SHOWN_VALUE = 200;

/** `captured VERSION = v1.2.3`; null when it captured nothing. */
export function capturedWords({ capture, captured }: Pick<ExecutionState, 'capture' | 'captured'>): string | null {
  if (capture === undefined || captured === undefined) return null;
  const line = captured.split('\n', 1)[0] ?? '';
  const shown = line.slice(0, SHOWN_VALUE);
  return `captured ${capture} = ${captured === '' ? '(nothing)' : shown}${shown === captured ? '' : ' …'}`;
}

const answerWords: Readonly<Record<CheckResult, string>> = { passed: 'as expected', failed: 'not as expected', inconclusive: 'not verified' };

const outputWords: Readonly<Record<CheckResult, string>> = {
  passed: 'output as expected',
  failed: 'output not as expected',
  inconclusive: 'output not verified',
};

/** What happened, what it means and what can be done, for a step that did not succeed. */
export function failureWords(ended: Ended): string {
  const other = unexpectedWords(ended, 'step');
  return other ?? `${happened(ended.outcome)} ${stepAdvice[ended.outcome.kind]}`;
}

/** The same for a command of a rollback. */
export function rollbackFailureWords(ended: Ended): string {
  const other = unexpectedWords(ended, 'rollback');
  return other ?? `${happened(ended.outcome)} ${rollbackAdvice[ended.outcome.kind]}`;
}

/** Words for a command whose exit code is right and whose output is not, or was not seen; null for any other. */
function unexpectedWords({ outcome, expects, expectation, capture }: Ended, owner: 'step' | 'rollback'): string | null {
  if (outcome.kind !== 'answered' && (outcome.kind !== 'exited' || !expects.exit.includes(outcome.code))) return null;
  const how = outcome.kind === 'answered' ? `It was answered with status ${outcome.status}` : `It ended with exit ${outcome.code}`;
  const detail = expectation?.detail ?? 'Its output was not observed here.';
  if (judge(expects, outcome, expectation, capture !== undefined) === 'failed') return `${how}, but that is not all that was expected. ${detail} ${(owner === 'step' ? stepAdvice : rollbackAdvice).exited}`;
  const then = owner === 'step' ? 'mark it done with a reason, run it again, or roll back.' : 'run it again, or look at the next level.';
  return `${how}; whether it is what was expected is not known. ${detail} Look for yourself, then ${then}`;
}

const stepAdvice: Readonly<Record<Outcome['kind'], string>> = {
  exited: 'Look at its output, then retry, skip or mark it done with a reason, or roll back.',
  signalled: 'Check, then retry, or roll back.',
  cancelled: 'Check, then retry, skip or mark it done with a reason, or roll back.',
  answered: 'Look at the answer, then retry, skip or mark it done with a reason, or roll back.',
  written: 'Look at the file.',
  unanswered: 'Check, then retry, skip or mark it done with a reason, or roll back.',
  timedOut: 'Check, then retry, or roll back.',
  unneeded: 'There is nothing to do.',
  notStarted: 'Retry when that is mended.',
  lost: 'Verify by hand, then mark it done with a reason, run it again, or roll back.',
};

const rollbackAdvice: Readonly<Record<Outcome['kind'], string>> = {
  exited: 'Look at its output, then go on from here, or look at the next level.',
  signalled: 'Check, then go on from here, or look at the next level.',
  cancelled: 'Check, then go on from here, or look at the next level.',
  answered: 'Look at the answer, then go on from here, or look at the next level.',
  written: 'Look at the file.',
  unanswered: 'Check, then go on from here, or look at the next level.',
  timedOut: 'Check, then go on from here, or look at the next level.',
  unneeded: 'There is nothing to do.',
  notStarted: 'Go on from here when that is mended.',
  lost: 'Verify by hand, then run it again, or look at the next level.',
};

function happened(outcome: Outcome): string {
  const partly = 'What it had done until then stays done.';
  switch (outcome.kind) {
    case 'exited':
      return exitSentence(outcome.code);
    case 'signalled':
      return `The command was ended by ${outcome.signal}, most likely because its terminal was closed. ${partly}`;
    case 'cancelled':
      if (outcome.code === 0) return 'It was told to stop and then ended with exit 0, which does not say whether it had finished.';
      return `The command was stopped by a person. ${partly}`;
    case 'answered':
      return `The request was answered with status ${outcome.status}.`;
    case 'written':
      return 'The file was written.';
    case 'unanswered':
      return `The request got no answer: ${sentence(outcome.reason)}`;
    case 'timedOut':
      return `The command was stopped because it ran longer than its limit of ${limitWords(outcome.afterSeconds)}. ${partly}`;
    case 'unneeded':
    case 'notStarted':
      return `Nothing was run: ${sentence(outcome.reason)}`;
    case 'lost':
      return `Nobody knows how the command ended: ${sentence(outcome.reason)} It may have done all, some or none of its work.`;
  }
}

function exitSentence(code: number): string {
  const found = code === 127 ? ' 127 usually means that a program was not found.' : '';
  const denied = code === 126 ? ' 126 usually means that a program could not be executed.' : '';
  return `The command failed with exit ${code}${signalHint(code)}, and nothing after it has run.${found}${denied}`;
}

/** Above 128 a shell reports a signal that way, but a program may return the same number. */
function signalHint(code: number): string {
  const name = signalNames[code - 128];
  if (code <= 128) return '';
  return ` (${name ?? `signal ${code - 128}`}, or the program said so)`;
}

/** The words as a sentence with its full stop. */
function sentence(words: string): string {
  return /[.!?]$/.test(words) ? words : `${words}.`;
}
