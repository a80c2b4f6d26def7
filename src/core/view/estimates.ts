import { isSettled, statusOf } from '../run/derived.ts';
import { NO_CLOCK } from '../run/order.ts';
import { isOffTrack } from '../run/offTrack.ts';
import { budgetsUnderWay } from '../run/overruns.ts';
import { isSoaking, soakAt, soakPlaces } from '../run/soak.ts';
import type { Section, Step } from '../runbook/model.ts';
import type { ViewInput } from './input.ts';
import type { Progress } from './progress.ts';

/**
 * Sum of what the document states (a section's time stands for all that is in
 * it) and, where it states nothing, of what commands took in earlier runs, with
 * its soaks, in seconds. Null when nothing of that is known.
 */
export function wholeEstimate(input: ViewInput, progress: Progress): number | null {
  const sections = timedSections(input, progress).reduce((sum, { budgetSeconds }) => sum + (budgetSeconds ?? 0), 0);
  const steps = untimedSteps(progress).reduce((sum, step) => sum + secondsOf(step, input), 0);
  return rounded(sections + steps + soakPlaces(input.runbook).reduce((sum, { time }) => sum + time.seconds, 0));
}

/** The same of what is left of a run that goes on: of a section that has begun, what is left of its time. */
export function remainingEstimate(input: ViewInput, progress: Progress): number | null {
  const { runbook, state, now = NO_CLOCK } = input;
  if (state === null || state.ended !== null || now === NO_CLOCK || isOffTrack(state)) return null;
  const isOpen = ({ id }: Step): boolean => !isSettled(statusOf(runbook, state, id));
  const due = new Map(budgetsUnderWay(runbook, state).flatMap(({ subject, dueMs }) => (subject.kind === 'section' ? [[subject.sectionId, dueMs] as const] : [])));
  const open = progress.counted.filter(isOpen);
  let seconds = 0;
  for (const { id, budgetSeconds } of timedSections(input, progress)) {
    if (!open.some((step) => progress.tree.chainOf(step.sectionId).some((section) => section.id === id))) continue;
    const dueMs = due.get(id);
    if (dueMs !== undefined) seconds += Math.max(0, Math.min(budgetSeconds ?? 0, (dueMs - now) / 1000));
    // What is over its time is over it: nobody knows how much is left.
    else if (!state.overruns.has(`section ${id}`)) seconds += budgetSeconds ?? 0;
  }
  for (const step of untimedSteps(progress)) if (isOpen(step)) seconds += secondsOf(step, input);
  for (const place of soakPlaces(runbook)) {
    const soak = soakAt(runbook, state, place);
    if (soak === null) seconds += place.steps.some(isOpen) ? place.time.seconds : 0;
    else if (isSoaking(soak, now)) seconds += Math.min(place.time.seconds, (Date.parse(soak.until) - now) / 1000);
  }
  return rounded(seconds);
}

/** Sections whose time stands for all that is in them. */
function timedSections({ runbook }: ViewInput, progress: Progress): readonly Section[] {
  const isForward = ({ role }: Section): boolean => role !== 'rollback' && role !== 'triggers';
  return runbook.sections.filter((section) => section.budgetSeconds !== null && isForward(section) && !isTimed(progress, section.parentId) && progress.tree.chainOf(section.parentId).every(isForward));
}

function untimedSteps(progress: Progress): readonly Step[] {
  return progress.counted.filter((step) => !isTimed(progress, step.sectionId));
}

function isTimed(progress: Progress, sectionId: string | null): boolean {
  return progress.tree.chainOf(sectionId).some((section) => section.budgetSeconds !== null);
}

function secondsOf(step: Step, { pastDurations }: ViewInput): number {
  return step.estimate?.seconds ?? (pastDurations.get(step.id)?.medianMs ?? 0) / 1000;
}

function rounded(seconds: number): number | null {
  return seconds <= 0 ? null : Math.ceil(seconds);
}
