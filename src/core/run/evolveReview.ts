import { withEntry } from './entries.ts';
import type { Actor, DriftSubject, RunEvent, RunEventBody } from './events.ts';
import { maybeSamePerson } from './person.ts';
import type { Approval, Remark, RunState } from './state.ts';

/** More remarks, or decisions, are counted and not kept in the state: only a flood has so many, and it may not stop the reader. */
const MOST = 1000;

/** What a reviewer says. It changes nothing of what was done. */
export type ReviewEvent = Extract<RunEventBody, { type: 'remark.added' | 'approval.given' }>;

export function isReviewEvent(body: RunEventBody): body is ReviewEvent {
  return body.type === 'remark.added' || body.type === 'approval.given';
}

export function evolveReview(state: RunState, event: RunEvent, body: ReviewEvent): RunState {
  const { time: at, actor: by } = event;
  if ((body.type === 'remark.added' ? state.remarks : state.approvals).length >= MOST) return { ...state, unknownEvents: state.unknownEvents + 1 };
  if (body.type === 'remark.added') return { ...state, remarks: [...state.remarks, { stepId: body.stepId, text: body.text, by, at }] };
  const { stepId, decision, note } = body;
  const isConsent = body.consent === true;
  const isReplaced = (before: Approval): boolean => before.stepId === stepId && isSame(before.by, by);
  return { ...state, approvals: [...overtaken(state.approvals, isReplaced), { stepId, decision, note, by, at, isConsent, isOvertaken: false }] };
}

/**
 * Notes who took part in the run, and that decisions on what changes now speak
 * of something else. Not every event costs a look: most are by the same person,
 * and most runs are not decided on before their end.
 */
export function withDriver(state: RunState, { actor, body }: RunEvent): RunState {
  const key = JSON.stringify([actor.name, actor.email]);
  const drivers = state.drivers.has(key) ? state.drivers : withEntry(state.drivers, key, actor);
  const approvals = state.approvals.length === 0 ? state.approvals : overtaken(state.approvals, ({ stepId, isConsent }) => stepId === null || (!isConsent && stepId === stepOf(state, body)));
  return drivers === state.drivers && approvals === state.approvals ? state : { ...state, drivers, approvals };
}

function overtaken(approvals: readonly Approval[], isIt: (approval: Approval) => boolean): readonly Approval[] {
  if (!approvals.some((approval) => !approval.isOvertaken && isIt(approval))) return approvals;
  return approvals.map((approval) => (!approval.isOvertaken && isIt(approval) ? { ...approval, isOvertaken: true } : approval));
}

/** What was said of steps goes with them when a rebase gives them other ids; what is open again was not decided on. */
export function carryReviews(state: RunState, body: Extract<RunEventBody, { type: 'drift.acknowledged' | 'run.rebased' }>): RunState {
  if (body.type === 'drift.acknowledged') return withoutConsentTo(state, body.subject);
  if (state.approvals.length === 0 && state.remarks.length === 0) return state;
  const names = new Map(body.renamed.map(({ from, to }) => [from, to]));
  const carried = <T extends Approval | Remark>(each: T): T => ({ ...each, stepId: each.stepId === null ? null : (names.get(each.stepId) ?? each.stepId) });
  const reopened: ReadonlySet<string | null> = new Set(body.reopened);
  return { ...state, remarks: state.remarks.map(carried), approvals: overtaken(state.approvals.map(carried), ({ stepId }) => reopened.has(stepId)) };
}

/** Who agreed to a step agreed to what it said then. */
function withoutConsentTo(state: RunState, subject: DriftSubject): RunState {
  if (subject.kind !== 'step' || state.approvals.length === 0) return state;
  return { ...state, approvals: overtaken(state.approvals, ({ stepId, isConsent }) => isConsent && stepId === subject.stepId) };
}

/** The step that an event is about, or undefined. */
function stepOf(state: RunState, body: RunEventBody): string | undefined {
  if ('stepId' in body) return body.stepId ?? undefined;
  const owner = 'owner' in body ? body.owner : 'executionId' in body ? state.executions.get(body.executionId)?.owner : undefined;
  return owner?.kind === 'step' ? owner.stepId : undefined;
}

function isSame(a: Actor, b: Actor): boolean {
  return a === b || (a.name === b.name && a.email === b.email);
}

/** Whether somebody may have taken part in the run; see `maybeSamePerson`. */
export function tookPart(state: RunState, person: Actor): boolean {
  return [...state.drivers.values()].some((driver) => maybeSamePerson(driver, person));
}
