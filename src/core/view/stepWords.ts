import { shownLine } from '../report/shownText.ts';
import type { PastDuration } from '../report/pastDurations.ts';
import type { Consent } from '../run/consent.ts';
import { isInconclusive, mayHaveRun } from '../run/outcome.ts';
import { resultOfCheck } from '../checks/checkSteps.ts';
import type { ExecutionState, Overrun, StepRecord } from '../run/state.ts';
import type { Step } from '../runbook/model.ts';
import type { Repetition } from './input.ts';
import { ended, failureWords, resultWords } from './outcomeWords.ts';
import type { StepBlockView, StepViewStatus } from './viewModel.ts';
import { backgroundStatus, endedByItself } from './backgroundWords.ts';
import { overrunWords } from './overrunWords.ts';
import { counted, dotted, durationWords, limitWords, who } from './words.ts';

/** What the words beside a step are made from. */
export interface StepFacts {
  readonly step: Step;
  readonly status: StepViewStatus;
  readonly record: StepRecord | null;
  /** Its last execution, or null. */
  readonly last: ExecutionState | null;
  /** The latest run of a check out of its order, when nothing that counts came after it; or null. */
  readonly probe: ExecutionState | null;
  /** It waits to be tried again; or null. */
  readonly repetition: Repetition | null;
  /** Settled sub-steps and all of them. */
  readonly children: { readonly done: number; readonly total: number };
  /** Another choice of its gate was taken. */
  readonly notTaken: boolean;
  /** Steps with which it may run at the same time. */
  readonly companions: number;
  /** It is the last of its parallel group, and all of that is settled. */
  readonly endsGroup: boolean;
  readonly waits: string | null;
  /** Only their consent is lacking. */
  readonly waitsForConsent: boolean;
  /** How far those for whom it is reserved have agreed, or null. */
  readonly consent: Consent | null;
  /** What became of it since the run started, or null. */
  readonly changeTag: Tag | null;
  /** Names of its placeholders that have no value yet. */
  readonly unfilled: readonly string[];
  /** How long it took in earlier runs, or null. */
  readonly past: PastDuration | null;
  /** It took, or takes, longer than the runbook says; or null. */
  readonly overrun: Overrun | null;
  readonly me: string | null;
  readonly formatTime: (iso: string) => string;
}

type Message = StepBlockView['message'];
type Tag = StepBlockView['tags'][number];

/** The status in words. */
export function statusWords({ step, status, record, last, children, notTaken, formatTime }: StepFacts): string {
  if (notTaken) return 'not taken';
  switch (status) {
    case 'done':
      return record?.doneBy === 'forced' ? 'marked done' : 'done';
    case 'unknown':
      return last !== null && isInconclusive(last) ? 'inconclusive: look at its output yourself' : 'unknown: verify before you run it again';
    case 'background':
      return backgroundStatus(last, formatTime);
    case 'partly':
      return children.total > 0 ? `${children.done} of ${children.total} done` : `partly done, ${step.commands.length} blocks in all`;
    default:
      return status;
  }
}

/** Who or what and when: `exit 0 · 0.4 s · 14:11`, `you · 14:09`, `waits for “Canary”`. */
export function byWords(facts: StepFacts): string {
  const { status, record, last, waits, notTaken, me, formatTime } = facts;
  if (notTaken) return '';
  if (status === 'waiting') return waits ?? '';
  if (record === null || status === 'running' || status === 'open' || status === 'partly') return '';
  const person = who(record.by, me);
  const time = record.at === null ? null : formatTime(record.at);
  if (record.doneBy === 'forced') return dotted([`marked done by ${person}`, time]);
  if (status === 'background') return last?.endedAt == null ? '' : `ran in the background, stopped ${formatTime(last.endedAt)}`;
  if (status === 'skipped') return dotted([`skipped by ${person}`, time]);
  if (record.decision !== null) return dotted([record.decision === 'go' ? 'Go' : 'No-Go', person, time]);
  const result = ended(last);
  if (result !== null && record.doneBy !== 'tick') return dotted([resultWords(result), time]);
  return dotted([person, time]);
}

/** What happened, what it means and what can be done; or the note that was left. */
export function messageOf({ status, record, last, probe, repetition, waitsForConsent, endsGroup, formatTime }: StepFacts): Message {
  if (waitsForConsent) return { severity: 'info', text: 'Reserved for others: somebody who takes no part in this run approves it in its record (Runbook: Open Run Record…, Approve step…).' };
  if (status === 'running' || (status === 'background' && last?.outcome === null)) return stopping(last);
  if (repetition !== null) return repeating(repetition);
  if (probe !== null && probe.outcome !== null) return probed(probe, status, formatTime);
  const alone = endedByItself(last);
  if (alone !== null && status !== 'skipped' && record?.doneBy !== 'forced') return { severity: status === 'done' ? 'warning' : 'error', text: alone };
  const result = ended(last);
  if ((status === 'failed' || status === 'unknown') && result !== null) {
    return { severity: 'error', text: failureWords(result) };
  }
  if (record?.reason) return { severity: 'info', text: `Reason: ${record.reason}` };
  if (record?.note) return { severity: 'info', text: record.note };
  if (endsGroup) return { severity: 'info', text: 'Steps that may run at the same time end here. What they exported, and the directories they went to, is not carried on to the next step.' };
  if (last?.environmentCarried === false && !last.isBackground && last.lane === null && status === 'done' && mayHaveRun(last)) {
    return {
      severity: 'warning',
      text: 'The variables it exported and its directory could not be carried on to the next step.',
    };
  }
  return null;
}

/** Small words beside the title. */
export function tagsOf({ step, companions, status, last, changeTag, unfilled, record, past, consent, overrun, formatTime }: StepFacts): readonly Tag[] {
  const tags: Tag[] = [];
  if (step.owner !== null) tags.push({ text: step.owner, tone: 'plain' });
  if (consent !== null) tags.push(...consentTags(consent));
  if (step.needsEvidence) tags.push({ text: 'asks for evidence', tone: 'plain' });
  if (step.estimate !== null && !step.title.includes(step.estimate.words)) tags.push({ text: step.estimate.words, tone: 'plain' });
  if (overrun !== null) tags.push({ text: overrunWords(overrun, formatTime), tone: 'warning' });
  // Once it is settled in this run, how long it took stands beside its result.
  if (past !== null && status !== 'done' && status !== 'skipped') tags.push({ text: `took ${durationWords(past.lastMs)} last time`, tone: 'plain' });
  if (step.tickedInSource && (record === null || status === 'open')) tags.push({ text: 'ticked in the document', tone: 'plain' });
  if (step.confirm !== false || step.commands.some((command) => command.options.confirm !== false)) {
    tags.push({ text: 'asks first', tone: 'plain' });
  }
  if (step.irreversible !== null) tags.push({ text: 'point of no return', tone: 'warning' });
  if (step.check) tags.push({ text: 'check', tone: 'plain' });
  if (step.background) tags.push({ text: 'background', tone: 'plain' });
  if (companions > 0) tags.push({ text: `parallel with ${counted(companions, 'other')}`, tone: 'plain' });
  const attempt = status === 'running' || status === 'failed' ? (last?.attempt ?? null) : null;
  const repeat = step.commands.find(({ options }) => options.repeat !== null)?.options.repeat ?? null;
  if (attempt !== null) tags.push({ text: `attempt ${attempt.number} of ${attempt.of}`, tone: 'plain' });
  else if (repeat !== null) tags.push({ text: `up to ${repeat.times} attempts, every ${limitWords(repeat.everySeconds)}`, tone: 'plain' });
  const limit = timeoutOf(step);
  if (limit !== null) tags.push({ text: `limit ${limitWords(limit)}`, tone: 'plain' });
  for (const name of unfilled) tags.push({ text: `needs ${name}`, tone: 'warning' });
  if (step.commands.some((command) => command.hidden.length > 0)) tags.push({ text: 'hidden characters', tone: 'danger' });
  if (changeTag !== null) tags.push(changeTag);
  if (record?.earlierText === true) tags.push({ text: 'done with the earlier text', tone: 'warning' });
  return tags;
}

/** Who has agreed stands by name: that is what one asks about. What is lacking stands where a step says what it waits for. */
function consentTags({ given, rejected }: Consent): readonly Tag[] {
  if (rejected !== null) return [{ text: `rejected by ${shownLine(rejected.by.name)}`, tone: 'danger' }];
  return given.length === 0 ? [] : [{ text: `approved by ${given.map(({ name }) => shownLine(name)).join(', ')}`, tone: 'plain' }];
}

/** The limit of a step's first command that has one, in seconds, or null. */
export function timeoutOf(step: Step): number | null {
  return step.commands.find((command) => command.options.timeoutSeconds !== null)?.options.timeoutSeconds ?? null;
}

/** What waits to be tried again, and how it can be ended. */
export function repeating({ next, everySeconds }: Repetition): NonNullable<Message> {
  return { severity: 'warning', text: `Attempt ${next.number - 1} of ${next.of} did not succeed. The next one begins by itself ${limitWords(everySeconds)} after it; Stop ends that.` };
}

/** What a check said when it was run out of its order, and what that means. */
function probed(probe: ExecutionState, status: StepViewStatus, formatTime: (iso: string) => string): Message {
  const result = resultOfCheck(probe);
  const when = probe.endedAt === null ? '' : ` at ${formatTime(probe.endedAt)}`;
  const counts = status === 'done' || status === 'skipped' ? 'The step stays as it was.' : 'It was run out of its order and does not count as the step.';
  const why = probe.expectation?.detail == null ? '' : ` ${probe.expectation.detail}`;
  return { severity: result === 'failed' ? 'error' : result === 'passed' ? 'info' : 'warning', text: `Last checked${when}: ${result ?? 'running'}.${why} ${counts}` };
}

function stopping(last: ExecutionState | null): Message {
  if (last === null || last.stopRequested === 'no') return null;
  const text =
    last.stopRequested === 'force'
      ? 'Being ended by force.'
      : 'Asked to stop, as Ctrl-C does. If it does not end, force it.';
  return { severity: 'warning', text };
}
