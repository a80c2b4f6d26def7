import { resultOfCheck } from '../checks/checkSteps.ts';
import { rollbackById } from '../rollback/progress.ts';
import type { ExecutionState, RunState } from '../run/state.ts';

/** What the checks of a run said: of each the last time that it was run. */
export interface ChecksFact {
  /** When the last one ended, ISO 8601. */
  readonly at: string;
  readonly passed: number;
  readonly failed: number;
  /** Stopped, lost, or nobody saw what it printed. */
  readonly unknown: number;
}

/** Checks of steps, and what verified rollbacks; null when none has ended. */
export function checksIn(state: RunState): ChecksFact | null {
  const latest = new Map<string, ExecutionState>();
  for (const execution of state.executions.values()) if (execution.endedAt !== null && isCheck(state, execution)) latest.set(JSON.stringify([execution.owner, execution.index]), execution);
  if (latest.size === 0) return null;
  const results = [...latest.values()].map(resultOfCheck);
  const times = [...latest.values()].map(({ endedAt }) => endedAt ?? '').sort();
  return { at: times.at(-1) ?? '', passed: count(results, 'passed'), failed: count(results, 'failed'), unknown: count(results, 'inconclusive') };
}

function isCheck(state: RunState, { owner, index, isCheck: isMarked }: ExecutionState): boolean {
  return isMarked || (owner.kind === 'rollback' && rollbackById(state, owner.rollbackId)?.commands[index]?.purpose === 'verify');
}

function count<T>(items: readonly T[], item: T): number {
  return items.filter((each) => each === item).length;
}
