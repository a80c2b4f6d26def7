import type { Actor, RunOutcome } from '../run/events.ts';
import { limitWords } from '../view/words.ts';
import type { ReportAttempt, ReportSection } from './report.ts';

/** A point in time for readers anywhere, `2026-01-05 14:09 UTC`; what is no time is given as it stands. */
export function utcWords(iso: string): string {
  const at = Date.parse(iso);
  return Number.isNaN(at) ? iso : `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** `Ada <ada@example.org>`, or the name alone. */
export function personWords({ name, email }: Actor): string {
  return email === null ? name : `${name} <${email}>`;
}

/** The time of a section, or null when it has none or its heading says it (in parentheses). */
export function budgetWords({ title, budgetSeconds }: ReportSection): string | null {
  return budgetSeconds === null || /\([^()]*\d[^()]*\)/.test(title) ? null : limitWords(budgetSeconds);
}

/** Milliseconds from one stated time to another; null when one is missing or they contradict each other. */
export function spanMs(from: string | null, to: string | null): number | null {
  const span = from === null || to === null ? NaN : Date.parse(to) - Date.parse(from);
  return span >= 0 ? span : null;
}

const OUTCOMES: Readonly<Record<RunOutcome | 'open', string>> = {
  completed: 'Completed',
  'rolled-back': 'Rolled back',
  stopped: 'Stopped',
  abandoned: 'Abandoned',
  open: 'Not ended',
};

export function runOutcomeWords(outcome: RunOutcome | 'open'): string {
  return OUTCOMES[outcome];
}

/** What a person accepted before a command ran, in words. */
export function acknowledgedWords(name: string): string {
  if (name.startsWith('confirm:')) return `typed “${name.slice('confirm:'.length)}” to confirm`;
  return ACCEPTED.get(name) ?? name;
}

const ACCEPTED: ReadonlyMap<string, string> = new Map([
  ['confirm', 'confirmed that it runs'],
  ['lost', 'had verified what the lost command did'],
  ['edited', 'had read the commands, which were edited after the run started'],
  ['request', 'had seen the request as it was sent'],
  ['file', 'had seen what became of the file'],
  ['chooses-what-runs', 'knew that the file decides what runs'],
  ['unread-file', 'had it replaced although its content could not be shown'],
  ['again', 'confirmed that it runs again'],
  ['irreversible', 'knew that it cannot be taken back'],
  ['closed', 'knew that the level was closed'],
  ['hidden-characters', 'had looked at its hidden characters'],
]);

/** What there is to say of how an execution came about; empty for most. */
export function attemptWords({ how = [], captured, isProbe, attempt, isBackground, lane }: Pick<ReportAttempt, 'how' | 'captured' | 'isProbe' | 'attempt' | 'isBackground' | 'lane'>): readonly string[] {
  return [...how, ...(captured === undefined ? [] : [captured]), ...placeWords(isBackground, lane), ...(isProbe ? ['checked out of its order'] : []), ...(attempt === null ? [] : [`attempt ${String(attempt.number)} of ${String(attempt.of)}`])];
}

/** Where it ran, when that was not the run's own terminal. */
export function placeWords(isBackground: boolean, lane: number | null): readonly string[] {
  if (isBackground) return ['in the background'];
  return lane === null ? [] : [`beside others, in terminal ${String(lane)}`];
}
