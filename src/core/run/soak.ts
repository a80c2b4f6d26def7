import type { Runbook, StatedTime, Step } from '../runbook/model.ts';
import { requiredBy } from './required.ts';
import { isDerived, isSettled, notTaken, statusOf, withDescendants } from './derived.ts';
import type { TimeSubject } from './events.ts';
import { subjectKey } from './evolveTime.ts';
import { indexOf, isWithin } from './runbookIndex.ts';
import type { RunState, SoakEnd } from './state.ts';

/** Where the runbook asks for a soak. */
export interface SoakPlace {
  readonly subject: TimeSubject;
  readonly title: string;
  readonly time: StatedTime;
  /** Steps of the way forward that have to be settled first, by id. */
  readonly steps: readonly Step[];
  /** Place of the last of them in the document; what comes later stands behind the soak. */
  readonly last: number;
}

/** A soak that has begun. */
export interface Soak extends SoakPlace {
  /** When the last of its steps was settled, and when it is over. ISO 8601. */
  readonly since: string;
  readonly until: string;
  /** Set when a person did not wait for the rest of it. */
  readonly endedEarly: SoakEnd | null;
}

/** Every step asks for them, and a state never changes. */
const soaks = new WeakMap<RunState, Map<SoakPlace, Soak | null>>();

const places = new WeakMap<Runbook, readonly SoakPlace[]>();

/** Every soak that a runbook asks for, in document order. */
export function soakPlaces(runbook: Runbook): readonly SoakPlace[] {
  let known = places.get(runbook);
  if (known === undefined) places.set(runbook, (known = [...sectionPlaces(runbook), ...stepPlaces(runbook)].filter(({ steps }) => steps.length > 0).sort((a, b) => a.last - b.last)));
  return known;
}

/**
 * The soak of a place, or null while it has not begun: it begins when
 * everything in it is done or skipped and something was done, at the latest of
 * the times that are recorded of that. A clock that was set back between two of
 * them makes a soak longer, never shorter. Opening a step again ends it; it
 * begins anew once all is settled again.
 */
export function soakAt(runbook: Runbook, state: RunState, place: SoakPlace): Soak | null {
  let known = soaks.get(state);
  if (known === undefined) soaks.set(state, (known = new Map()));
  let soak = known.get(place);
  if (soak === undefined) known.set(place, (soak = lookAt(runbook, state, place)));
  return soak;
}

function lookAt(runbook: Runbook, state: RunState, place: SoakPlace): Soak | null {
  if (isUnsettled(runbook, state, place)) return null;
  const times = place.steps.filter((step) => !notTaken(state, step)).map(({ id }) => Date.parse(state.steps.get(id)?.at ?? ''));
  const since = Math.max(...times.filter((time) => !Number.isNaN(time)));
  if (!Number.isFinite(since) || !wasDone(runbook, state, place)) return null;
  const began = new Date(since).toISOString();
  const ended = state.soaksEnded.get(subjectKey(place.subject));
  return { ...place, since: began, until: new Date(since + place.time.seconds * 1000).toISOString(), endedEarly: ended?.since === began ? ended : null };
}

/** Whether a soak goes on. While the clock is before its beginning (it was set back since) it does. */
export function isSoaking({ until, endedEarly }: Soak, now: number): boolean {
  return endedEarly === null && !(now >= Date.parse(until));
}

/** Every soak that goes on, in document order. */
export function runningSoaks(runbook: Runbook, state: RunState, now: number): readonly Soak[] {
  return soakPlaces(runbook).flatMap((place) => soakAt(runbook, state, place) ?? []).filter((soak) => isSoaking(soak, now));
}

/** The soak that a step stands behind and that is not over, or null. `soak` is null while that has not begun. */
export function soakBefore(runbook: Runbook, state: RunState, step: Step, now: number): { readonly place: SoakPlace; readonly soak: Soak | null } | null {
  for (const place of soakPlaces(runbook)) {
    if (!standsBehind(runbook, step, place)) continue;
    const soak = soakAt(runbook, state, place);
    if (soak === null ? isUnsettled(runbook, state, place) : isSoaking(soak, now)) return { place, soak };
  }
  return null;
}

/** Whether a step comes after what soaks, or requires it. */
export function standsBehind(runbook: Runbook, step: Step, { subject, steps, last }: SoakPlace): boolean {
  if (step.aside) return false;
  const index = indexOf(runbook);
  if ((index.position.get(step.id) ?? 0) > last) return true;
  if (steps.includes(step)) return false;
  const sectionId = subject.kind === 'section' ? subject.sectionId : (index.steps.get(subject.stepId)?.sectionId ?? null);
  const id = subject.kind === 'section' ? subject.sectionId : subject.stepId;
  return requiredBy(index, step).some((required) => required === id || isWithin(index, sectionId, required));
}

/** What was skipped from end to end has nothing to be watched. */
function wasDone(runbook: Runbook, state: RunState, { steps }: SoakPlace): boolean {
  return steps.some(({ id }) => ['done', 'background'].includes(statusOf(runbook, state, id)));
}

function isUnsettled(runbook: Runbook, state: RunState, { steps }: SoakPlace): boolean {
  return steps.some(({ id }) => !isSettled(statusOf(runbook, state, id)));
}

function sectionPlaces(runbook: Runbook): readonly SoakPlace[] {
  const index = indexOf(runbook);
  return runbook.sections.flatMap(({ id, title, soak }) =>
    soak === undefined ? [] : [placeOf(runbook, { kind: 'section', sectionId: id }, title, soak, runbook.steps.filter((step) => isWithin(index, step.sectionId, id)))],
  );
}

function stepPlaces(runbook: Runbook): readonly SoakPlace[] {
  return runbook.steps.flatMap((step) => (step.soak === undefined ? [] : [placeOf(runbook, { kind: 'step', stepId: step.id }, step.title, step.soak, withDescendants(runbook, step))]));
}

function placeOf(runbook: Runbook, subject: TimeSubject, title: string, time: StatedTime, inside: readonly Step[]): SoakPlace {
  const steps = inside.filter((step) => !step.aside && !isDerived(runbook, step));
  const { position } = indexOf(runbook);
  return { subject, title, time, steps, last: Math.max(...inside.map(({ id }) => position.get(id) ?? 0)) };
}
