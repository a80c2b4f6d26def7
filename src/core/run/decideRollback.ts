import { activeRollback, rollbackProgress } from '../rollback/progress.ts';
import { sentenceName, UNDO_LEVEL } from '../rollback/levelName.ts';
import type { RollbackPlan } from '../rollback/plan.ts';
import * as errors from '../userErrors.ts';
import type { CommandOf } from './commands.ts';
import type { RunEventBody } from './events.ts';
import type { RollbackState, RunState } from './state.ts';

/**
 * Begins a rollback, or the rehearsal of one. A rollback that has not ended is
 * ended first: as failed, since a person went on to this one instead. Nothing
 * is begun while a command runs, and no rehearsal beside a rollback.
 */
export function decideStartRollback(state: RunState, { rollbackId, plan }: CommandOf<'startRollback'>): readonly RunEventBody[] {
  if (state.activeExecutionId !== null) throw errors.stopFirst();
  const before = activeRollback(state);
  if (before !== null && plan.rehearsal !== undefined) throw errors.rollbackActive(before.level, before.rehearsal !== null);
  const { level, title, budgetSeconds, planId: planSha256, commands } = plan;
  const facts = { rollbackId, level, title, budgetSeconds, planSha256, commands };
  if (plan.rehearsal !== undefined) {
    const { levelSha256, textSha256 } = plan.rehearsal;
    return [{ type: 'rehearsal.started', ...facts, levelSha256, textSha256 }];
  }
  const started: RunEventBody = { type: 'rollback.started', ...facts };
  return before === null ? [started] : [endOf(before, 'failed', insteadWords(plan)), started];
}

/** Ends the rollback or rehearsal that is under way: as succeeded only when each of its commands has. */
export function decideEndRollback(state: RunState, { outcome, reason }: CommandOf<'endRollback'>): readonly RunEventBody[] {
  const rollback = activeRollback(state);
  if (rollback === null) throw errors.noRollback();
  if (state.activeExecutionId !== null) throw errors.stopFirst();
  const { next, executions } = rollbackProgress(state, rollback);
  if (outcome === 'succeeded' && next < executions.length) throw errors.rollbackActive(rollback.level, rollback.rehearsal !== null);
  return [endOf(rollback, outcome, reason)];
}

function endOf({ rollbackId, rehearsal }: RollbackState, outcome: 'succeeded' | 'failed' | 'abandoned', reason: string | null): RunEventBody {
  return { type: rehearsal === null ? 'rollback.ended' : 'rehearsal.ended', rollbackId, outcome, reason };
}

function insteadWords({ level }: RollbackPlan): string {
  return level === UNDO_LEVEL ? `${sentenceName(level)} was started instead.` : `Level ${String(level)} was started instead.`;
}
