import type { ExecutionState, RunState } from './state.ts';

/**
 * The state without the last lines of output of executions that were run again
 * since: a run that goes on shows the latest execution of each command. They
 * stay in the record, which is read anew for whoever reviews it.
 */
export function latestTails(state: RunState): RunState {
  const latest = new Map<string, string>();
  for (const execution of state.executions.values()) latest.set(commandOf(execution), execution.executionId);
  const isOld = (execution: ExecutionState): boolean => execution.outputTail !== null && latest.get(commandOf(execution)) !== execution.executionId;
  if (![...state.executions.values()].some(isOld)) return state;
  const kept = [...state.executions].map(([id, execution]): readonly [string, ExecutionState] => [id, isOld(execution) ? { ...execution, outputTail: null } : execution]);
  return { ...state, executions: new Map(kept) };
}

function commandOf({ owner, index }: ExecutionState): string {
  return `${owner.kind === 'step' ? owner.stepId : `\0${owner.rollbackId}`}\0${String(index)}`;
}
