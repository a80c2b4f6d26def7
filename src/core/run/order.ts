import { rollbackName, UNDO_LEVEL } from '../rollback/levelName.ts';
import { activeRollback } from '../rollback/progress.ts';
import type { Runbook, Step } from '../runbook/model.ts';
import { type Consent, consentOf, isGiven, lackWords } from './consent.ts';
import { isDerived, isSettled, ownStatusOf, statusOf } from './derived.ts';
import { durationWords, limitWords } from '../view/words.ts';
import { soakBefore } from './soak.ts';
import { requiredBy } from './required.ts';
import { gateKey, indexOf, isWithin, type Gate } from './runbookIndex.ts';
import type { RunState } from './state.ts';

/** Why a step cannot be taken now. */
export type Wait =
  /** Required steps (or all steps of required sections) that are not settled. */
  | { readonly kind: 'requires'; readonly titles: readonly string[]; readonly stepIds: readonly string[] }
  /** It requires ids that the runbook does not have. */
  | { readonly kind: 'missing'; readonly ids: readonly string[] }
  | { readonly kind: 'gate'; readonly title: string; readonly stepIds: readonly string[] }
  /** Time has to pass before it. `until`: ISO 8601, null while that time has not begun; `leftMs`: when it was looked at. */
  | { readonly kind: 'soak'; readonly title: string; readonly seconds: number; readonly until: string | null; readonly leftMs: number | null }
  /** The people for whom it is reserved have not agreed to it. */
  | { readonly kind: 'consent'; readonly consent: Consent }
  | { readonly kind: 'noGo'; readonly title: string; readonly stepId: string }
  /** A rollback or its rehearsal is under way, or a rollback has succeeded. */
  | { readonly kind: 'rollback'; readonly level: number; readonly over: boolean; readonly isRehearsal: boolean };

/**
 * The steps of the way forward that a person acts on, in document order: not
 * aside, and not those whose status comes from their children alone.
 */
export function forwardSteps(runbook: Runbook): readonly Step[] {
  return runbook.steps.filter((step) => !step.aside && !isDerived(runbook, step));
}

/**
 * The first step of the way forward that is not settled and waits for nothing
 * but the consent of others or a soak that has begun, or null. Nothing behind a
 * reserved step is taken for the next one: it was reserved so that somebody
 * looks before it goes on.
 *
 * @param now milliseconds since 1970, see `waitOf`
 */
export function nextStep(runbook: Runbook, state: RunState | null, now = NO_CLOCK): Step | null {
  if (state?.ended != null) return null;
  return forwardSteps(runbook).find((step) => !isSettled(ownStatusOf(state, step)) && isNextAll(waitOf(runbook, state, step, now))) ?? null;
}

/** Whether a step that waits for this is the next one all the same. */
function isNextAll(wait: Wait | null): boolean {
  return wait === null || wait.kind === 'consent' || (wait.kind === 'soak' && wait.until !== null);
}

/** Whether every step of the way forward is done or skipped. */
export function isComplete(runbook: Runbook, state: RunState): boolean {
  return forwardSteps(runbook).every((step) => isSettled(ownStatusOf(state, step)));
}

/**
 * Whether "run until the next gate" may take a step: only a command step that
 * is as yet untried. Gates, attestations, what is reserved for others, manual steps and anything that has
 * failed or is unknown are for a person.
 */
export function runsByItself(state: RunState, step: Step): boolean {
  const status = ownStatusOf(state, step);
  return step.commands.length > 0 && step.kind !== 'gate' && step.kind !== 'attestation' && step.reservation === null && (status === 'open' || status === 'partly');
}

/** Where nobody says what time it is: then no soak that has begun is over. */
export const NO_CLOCK = -Infinity;

/**
 * What a step waits for, or null. Steps that stand aside (rollback checklists) never wait.
 * @param now milliseconds since 1970: says which soaks are over
 */
export function waitOf(runbook: Runbook, state: RunState | null, step: Step, now = NO_CLOCK): Wait | null {
  if (step.aside) return null;
  return waitForRollback(state) ?? waitForNoGo(runbook, state, step) ?? waitForRequired(runbook, state, step) ?? waitForGate(runbook, state, step) ?? waitForSoak(runbook, state, step, now) ?? waitForConsent(state, step);
}

/** A wait in words, e.g. `waits for Canary`. */
export function waitWords(wait: Wait): string {
  switch (wait.kind) {
    case 'requires':
      return `waits for ${wait.titles.join(', ')}`;
    case 'missing':
      return `requires ${wait.ids.join(', ')}, which the runbook does not have`;
    case 'gate':
      return `waits for the decision at ${wait.title}`;
    case 'soak':
      if (wait.until === null) return `waits for ${wait.title} and its soak of ${limitWords(wait.seconds)}`;
      return `waits for the soak of ${wait.title}${wait.leftMs === null ? '' : `, ${durationWords(Math.ceil(wait.leftMs / 1000) * 1000)} left`}`;
    case 'consent':
      return lackWords(wait.consent);
    case 'noGo':
      return `stopped by No-Go at ${wait.title}`;
    case 'rollback':
      if (wait.over) return wait.level === UNDO_LEVEL ? 'what started was undone' : `rolled back to level ${String(wait.level)}`;
      return `waits for ${rollbackName(wait.level, wait.isRehearsal)}`;
  }
}

function waitForRollback(state: RunState | null): Wait | null {
  const active = activeRollback(state);
  if (active !== null) return { kind: 'rollback', level: active.level, over: false, isRehearsal: active.rehearsal !== null };
  const last = state?.rollbacks.at(-1);
  return last?.outcome === 'succeeded' ? { kind: 'rollback', level: last.level, over: true, isRehearsal: false } : null;
}

/** Stopping the run is never held up by time. */
function waitForSoak(runbook: Runbook, state: RunState | null, step: Step, now: number): Wait | null {
  const before = state === null || step.decision === 'no-go' ? null : soakBefore(runbook, state, step, now);
  if (before === null) return null;
  const { place, soak } = before;
  const { seconds } = place.time;
  // A clock that was set back must not make more of a soak than there was.
  const leftMs = soak === null || now === NO_CLOCK ? null : Math.min(seconds * 1000, Date.parse(soak.until) - now);
  return { kind: 'soak', title: place.title, seconds, until: soak?.until ?? null, leftMs };
}

/** A step that stops the run is held up by nobody. */
function waitForConsent(state: RunState | null, step: Step): Wait | null {
  const consent = step.decision === 'no-go' ? null : consentOf(state, step);
  return consent === null || isGiven(consent) ? null : { kind: 'consent', consent };
}

function waitForNoGo(runbook: Runbook, state: RunState | null, step: Step): Wait | null {
  if (state?.noGo == null || step.id === state.noGo.stepId) return null;
  return { kind: 'noGo', title: sectionTitle(runbook, state.noGo.sectionId), stepId: state.noGo.stepId };
}

function waitForRequired(runbook: Runbook, state: RunState | null, step: Step): Wait | null {
  const index = indexOf(runbook);
  const required = requiredBy(index, step);
  const missing = required.filter((id) => !index.steps.has(id) && !index.sections.has(id));
  if (missing.length > 0) return { kind: 'missing', ids: missing };
  const open = required.flatMap((id) => {
    const named = index.steps.get(id);
    const steps = named !== undefined ? [named] : forwardSteps(runbook).filter((other) => other.id !== step.id && isWithin(index, other.sectionId, id));
    const unsettled = steps.filter((other) => !isSettled(statusOf(runbook, state, other.id)));
    return unsettled.length === 0 ? [] : [{ title: named?.title ?? sectionTitle(runbook, id), ids: unsettled.map((other) => other.id) }];
  });
  return open.length === 0 ? null : { kind: 'requires', titles: open.map(({ title }) => title), stepIds: open.flatMap(({ ids }) => ids) };
}

function waitForGate(runbook: Runbook, state: RunState | null, step: Step): Wait | null {
  const index = indexOf(runbook);
  const at = index.position.get(step.id) ?? 0;
  for (const gate of index.gates.values()) {
    if (step.kind === 'gate' && gateKey(step) === gate.sectionId) continue;
    if (state?.gates.has(gate.sectionId) === true || standsAside(gate)) continue;
    // What else stands in the gate's own section (its criteria) is looked at before deciding.
    if (gate.sectionId !== '' && isWithin(index, step.sectionId, gate.sectionId)) continue;
    const begins = index.position.get(gate.choices[0]?.id ?? '') ?? Infinity;
    if (begins < at) return { kind: 'gate', title: sectionTitle(runbook, gate.sectionId), stepIds: gate.choices.map(({ id }) => id) };
  }
  return null;
}

function standsAside(gate: Gate): boolean {
  return gate.choices.every((choice) => choice.aside);
}

function sectionTitle(runbook: Runbook, sectionId: string): string {
  return indexOf(runbook).sections.get(sectionId)?.title ?? 'the gate';
}
