import { nextStep, waitOf } from '../run/order.ts';
import { isInconclusive, succeeded } from '../run/outcome.ts';
import { indexOf, isWithin } from '../run/runbookIndex.ts';
import type { ExecutionState, RunState, StepRecord } from '../run/state.ts';
import type { Runbook, Step } from '../runbook/model.ts';
import type { CheckResult } from './compareOutput.ts';

/** The checks of a section and those inside it, or of the whole runbook (null), in document order. */
export function checkSteps(runbook: Runbook, sectionId: string | null): readonly Step[] {
  const index = indexOf(runbook);
  return runbook.steps.filter((step) => step.check && (sectionId === null || isWithin(index, step.sectionId, sectionId)));
}

/**
 * Whether running a check now would be out of its order. When it is the next
 * step of the run it counts as that step; at any other time it only tells how
 * things are, because a pass from before a deployment proves nothing after it.
 * So does one during the soak that its step waits for.
 *
 * @param now milliseconds since 1970
 */
export function isProbe(runbook: Runbook, state: RunState, step: Step, now: number): boolean {
  return step.check && (nextStep(runbook, state, now)?.id !== step.id || waitOf(runbook, state, step, now)?.kind === 'soak');
}

/** What a check says; null while it runs. What was stopped, lost or never began says nothing. */
export function resultOfCheck(execution: ExecutionState): CheckResult | null {
  const { outcome, stopRequested } = execution;
  if (outcome === null) return null;
  if (succeeded(execution)) return 'passed';
  const isUnknown = outcome.kind === 'lost' || outcome.kind === 'cancelled' || outcome.kind === 'notStarted' || outcome.kind === 'signalled';
  return isUnknown || stopRequested !== 'no' || isInconclusive(execution) ? 'inconclusive' : 'failed';
}

/** The latest run of a check out of its order, when it is later than those that count; else null. */
export function latestProbe(state: RunState | null, record: StepRecord | null): ExecutionState | null {
  if (state === null || record === null || !record.isProbedLast) return null;
  return state.executions.get(record.probeIds.at(-1) ?? '') ?? null;
}

const counts = new WeakMap<Runbook, ReadonlyMap<string, number>>();

/** How many checks stand in each section itself, by its id. */
export function checkCounts(runbook: Runbook): ReadonlyMap<string, number> {
  const known = counts.get(runbook);
  if (known !== undefined) return known;
  const found = new Map<string, number>();
  for (const { check, sectionId } of runbook.steps) if (check && sectionId !== null) found.set(sectionId, (found.get(sectionId) ?? 0) + 1);
  counts.set(runbook, found);
  return found;
}
