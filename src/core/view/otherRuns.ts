import { sentenceName } from '../rollback/levelName.ts';
import { activeRollback } from '../rollback/progress.ts';
import type { RunState } from '../run/state.ts';

/** Why a level cannot be looked at, or null: another one can be once nothing of the rollback that is under way runs. */
export function otherRuns(level: number, state: RunState | null): string | null {
  const active = activeRollback(state);
  if (active === null || (active.level === level && active.rehearsal === null) || state?.activeExecutionId == null) return null;
  return `${sentenceName(active.level, active.rehearsal !== null)} is running. Stop it first.`;
}
