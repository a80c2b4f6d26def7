import { withEntries, withEntry } from './entries.ts';
import type { RunEvent, RunEventBody, TimeSubject } from './events.ts';
import type { RunState } from './state.ts';

/** What is recorded of time: soaks that were not waited for, and budgets that did not hold. */
export type TimeEvent = Extract<RunEventBody, { type: 'soak.endedEarly' | 'budget.overrun' }>;

/** How a subject is kept in a run's state: a step and a section may have the same id. */
export function subjectKey(subject: TimeSubject): string {
  return subject.kind === 'step' ? `step ${subject.stepId}` : `section ${subject.sectionId}`;
}

export function evolveTime(state: RunState, event: RunEvent, body: TimeEvent): RunState {
  const { subject, since } = body;
  const key = subjectKey(subject);
  if (body.type === 'soak.endedEarly') return { ...state, soaksEnded: withEntry(state.soaksEnded, key, { subject, since, until: body.until, reason: body.reason, by: event.actor, at: event.time }) };
  // Two windows may notice the same; the first one counts.
  return state.overruns.has(key) ? state : { ...state, overruns: withEntry(state.overruns, key, { subject, since, budgetSeconds: body.budgetSeconds, at: event.time }) };
}

/** What is kept of a step goes with it when a rebase gives it another id. */
export function carryTimes(state: RunState, { renamed }: Extract<RunEventBody, { type: 'run.rebased' }>): RunState {
  const names = new Map(renamed.map(({ from, to }) => [`step ${from}`, to]));
  if (![...state.soaksEnded.keys(), ...state.overruns.keys()].some((key) => names.has(key))) return state;
  const carried = <T extends { readonly subject: TimeSubject }>(entries: ReadonlyMap<string, T>): ReadonlyMap<string, T> =>
    withEntries(entries, [...entries].map(([key, entry]): readonly [string, T] => {
      const to = names.get(key);
      return to === undefined ? [key, entry] : [`step ${to}`, { ...entry, subject: { kind: 'step', stepId: to } }];
    }));
  return { ...state, soaksEnded: carried(state.soaksEnded), overruns: carried(state.overruns) };
}
