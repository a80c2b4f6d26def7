import { activeRollback, rollbackProgress } from '../rollback/progress.ts';
import { UNDO_LEVEL, sentenceName } from '../rollback/levelName.ts';
import * as errors from '../userErrors.ts';
import type { CommandOf } from './commands.ts';
import type { RunEventBody } from './events.ts';
import type { RunState } from './state.ts';

/**
 * Begins a rollback. One that has not ended is ended first: as failed, since a
 * person went on to this one instead. Nothing is begun while a command runs.
 */
export function decideStartRollback(state: RunState, { rollbackId, plan }: CommandOf<'startRollback'>): readonly RunEventBody[] {
  if (state.activeExecutionId !== null) throw errors.stopFirst();
  const before = activeRollback(state);
  const started: RunEventBody = {
    type: 'rollback.started',
    rollbackId,
    level: plan.level,
    title: plan.title,
    budgetSeconds: plan.budgetSeconds,
    planSha256: plan.planId,
    commands: plan.commands,
  };
  if (before === null) return [started];
  const reason = plan.level === UNDO_LEVEL ? `${sentenceName(plan.level)} was started instead.` : `Level ${String(plan.level)} was started instead.`;
  return [{ type: 'rollback.ended', rollbackId: before.rollbackId, outcome: 'failed', reason }, started];
}

/** Ends the rollback that is under way: as succeeded only when each of its commands has. */
export function decideEndRollback(state: RunState, { outcome, reason }: CommandOf<'endRollback'>): readonly RunEventBody[] {
  const rollback = activeRollback(state);
  if (rollback === null) throw errors.noRollback();
  if (state.activeExecutionId !== null) throw errors.stopFirst();
  const { next, executions } = rollbackProgress(state, rollback);
  if (outcome === 'succeeded' && next < executions.length) throw errors.rollbackActive(rollback.level);
  return [{ type: 'rollback.ended', rollbackId: rollback.rollbackId, outcome, reason }];
}
