import type { Runbook, Step } from '../runbook/model.ts';
import { indexOf } from './runbookIndex.ts';
import { isInForeground, runningIn } from './running.ts';
import type { ExecutionState, RunState } from './state.ts';

/** So many steps of a group run at the same time; the others of it wait for a free terminal. */
export const MOST_AT_ONCE = 4;

/** What runs and holds up what comes after it, in the order in which it began. */
export function foregroundOf(state: RunState | null): readonly ExecutionState[] {
  return runningIn(state).filter(isInForeground);
}

/** What runs on in the background while the run goes on, in the order in which it began. */
export function backgroundOf(state: RunState | null): readonly ExecutionState[] {
  return runningIn(state).filter((execution) => !isInForeground(execution));
}

/** Whether a step may start now as far as what runs is concerned: beside nothing, or beside others of its parallel group. */
export function mayStartBeside(runbook: Runbook, state: RunState, step: Step): boolean {
  const others = foregroundOf(state);
  if (others.length === 0) return true;
  return step.parallel !== null && others.length < MOST_AT_ONCE && others.every((other) => isOfGroup(runbook, other, step));
}

function isOfGroup(runbook: Runbook, { owner, isProbe }: ExecutionState, { id, parallel }: Step): boolean {
  return owner.kind === 'step' && !isProbe && owner.stepId !== id && indexOf(runbook).steps.get(owner.stepId)?.parallel === parallel;
}

/** The lowest number of a terminal beside the run's own that nothing runs in, from 1. */
export function freeLane(state: RunState): number {
  const taken = new Set(runningIn(state).map(({ lane }) => lane));
  let lane = 1;
  while (taken.has(lane)) lane += 1;
  return lane;
}

/** The steps of a parallel group, in document order. */
export function groupOf(runbook: Runbook, parallel: string): readonly Step[] {
  return runbook.steps.filter((step) => step.parallel === parallel);
}
