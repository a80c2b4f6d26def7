import { resultOfCheck } from '../checks/checkSteps.ts';
import { rollbackById } from '../rollback/progress.ts';
import type { ExecutionState, RunState } from '../run/state.ts';
import { beganAt, comparePlaces, doneAt, type Place } from './recordOrder.ts';

/** What the checks of a run said: of each the last time that it was run. */
export interface ChecksFact {
  /** When the last one ended, ISO 8601. */
  readonly at: string;
  readonly passed: number;
  readonly failed: number;
  /** Stopped, lost, or nobody saw what it printed. */
  readonly unknown: number;
}

/**
 * Checks of steps, and what verified the last rollback; null when none has ended.
 * @param since what was checked before this place of the record was another state of the environment; null: all count
 */
export function checksIn(state: RunState, since: Place | null): ChecksFact | null {
  const verified = [...state.executions.values()].findLast(({ owner }) => owner.kind === 'rollback')?.owner;
  const counts = (execution: ExecutionState): boolean => since === null || comparePlaces(beganAt(execution), since) > 0;
  const isOld = ({ owner }: ExecutionState): boolean => owner.kind === 'rollback' && verified?.kind === 'rollback' && owner.rollbackId !== verified.rollbackId;
  const latest = new Map<string, ExecutionState>();
  for (const execution of state.executions.values()) if (execution.endedAt !== null && counts(execution) && !isOld(execution) && isCheck(state, execution)) latest.set(JSON.stringify([execution.owner, execution.index]), execution);
  if (latest.size === 0) return null;
  const results = [...latest.values()].map(resultOfCheck);
  const times = [...latest.values()].map((execution) => doneAt(execution) ?? '').sort();
  return { at: times.at(-1) ?? '', passed: count(results, 'passed'), failed: count(results, 'failed'), unknown: count(results, 'inconclusive') };
}

function isCheck(state: RunState, { owner, index, isCheck: isMarked }: ExecutionState): boolean {
  return isMarked || (owner.kind === 'rollback' && rollbackById(state, owner.rollbackId)?.commands[index]?.purpose === 'verify');
}

function count<T>(items: readonly T[], item: T): number {
  return items.filter((each) => each === item).length;
}
