import type { CommandOwner } from './events.ts';
import type { ExecutionState, RunState } from './state.ts';

/** Whether an execution runs and holds up what comes after it. A background one does until it is seen to stay up. */
export function isInForeground(execution: ExecutionState | undefined): boolean {
  return execution !== undefined && execution.outcome === null && execution.upAt === null;
}

/** Every execution that has begun and has no end, in the order in which they began. */
export function runningIn(state: RunState | null): readonly ExecutionState[] {
  return state === null ? [] : [...state.running].flatMap((id) => state.executions.get(id) ?? []);
}

/** The latest execution that runs of a step or a rollback, or null. */
export function runningOf(state: RunState | null, isIt: (owner: CommandOwner) => boolean): ExecutionState | null {
  return runningIn(state).findLast(({ owner }) => isIt(owner)) ?? null;
}
