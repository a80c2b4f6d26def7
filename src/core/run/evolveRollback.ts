import { withItem, withItemAt } from './entries.ts';
import type { RunEvent, RunEventBody } from './events.ts';
import type { RollbackState, RunState } from './state.ts';

/** More rollbacks are counted and not kept in the state: only a flood has so many, and it may not stop the reader. */
const MOST = 200;

type RollbackEvent = Extract<RunEventBody, { type: `rollback.${string}` }>;

export function evolveRollback(state: RunState, event: RunEvent, body: RollbackEvent): RunState {
  const place = state.rollbacks.findLastIndex(({ rollbackId }) => rollbackId === body.rollbackId);
  const known = state.rollbacks[place];
  if (body.type === 'rollback.started') {
    if (known !== undefined) return state;
    if (state.rollbacks.length >= MOST) return { ...state, unknownEvents: state.unknownEvents + 1 };
    const rollback: RollbackState = {
      rollbackId: body.rollbackId,
      level: body.level,
      title: body.title,
      budgetSeconds: body.budgetSeconds,
      planSha256: body.planSha256,
      commands: body.commands,
      startedAt: event.time,
      startedBy: event.actor,
      executionIds: [],
      outcome: null,
      reason: null,
      endedAt: null,
    };
    return withRollbacks(state, withItem(state.executions, state.rollbacks, rollback));
  }
  if (known === undefined || known.outcome !== null) return state;
  const ended = { ...known, outcome: body.outcome, reason: body.reason, endedAt: event.time };
  return withRollbacks(state, withItemAt(state.executions, state.rollbacks, place, ended));
}

/** Keeps the active rollback the latest one without an end. */
function withRollbacks(state: RunState, rollbacks: readonly RollbackState[]): RunState {
  return { ...state, rollbacks, activeRollbackId: rollbacks.findLast(({ outcome }) => outcome === null)?.rollbackId ?? null };
}
