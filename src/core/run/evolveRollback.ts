import { rollbackById } from '../rollback/progress.ts';
import { withItem, withItemAt } from './entries.ts';
import type { RunEvent, RunEventBody } from './events.ts';
import type { RollbackState, RunState } from './state.ts';

/** More rollbacks, or rehearsals, are counted and not kept in the state: only a flood has so many, and it may not stop the reader. */
const MOST = 200;

type Started = Extract<RunEventBody, { type: 'rollback.started' | 'rehearsal.started' }>;
type Ended = Extract<RunEventBody, { type: 'rollback.ended' | 'rehearsal.ended' }>;

/** Rollbacks and rehearsals go the same way and stand in lists of their own, so that no rehearsal is ever taken for a rollback. */
export function evolveRollback(state: RunState, event: RunEvent, body: Started | Ended): RunState {
  const list = body.type === 'rollback.started' || body.type === 'rollback.ended' ? 'rollbacks' : 'rehearsals';
  const place = state[list].findLastIndex(({ rollbackId }) => rollbackId === body.rollbackId);
  const known = state[list][place];
  if (body.type === 'rollback.started' || body.type === 'rehearsal.started') {
    // An id that is taken, in whichever list, stands for what it was first.
    if (rollbackById(state, body.rollbackId) !== null) return state;
    if (state[list].length >= MOST) return { ...state, unknownEvents: state.unknownEvents + 1 };
    return withList(state, list, withItem(state.executions, state[list], begun(event, body)));
  }
  if (known === undefined || known.outcome !== null) return state;
  const ended = { ...known, outcome: body.outcome, reason: body.reason, endedAt: event.time };
  return withList(state, list, withItemAt(state.executions, state[list], place, ended));
}

/** The state after a command of a rollback or rehearsal has begun; the same state when there is no such one. */
export function withRollbackExecution(state: RunState, rollbackId: string, executionId: string): RunState {
  for (const list of ['rollbacks', 'rehearsals'] as const) {
    const place = state[list].findLastIndex((each) => each.rollbackId === rollbackId);
    const known = state[list][place];
    if (known === undefined) continue;
    const executionIds = withItem(state.executions, known.executionIds, executionId);
    return { ...state, [list]: withItemAt(state.executions, state[list], place, { ...known, executionIds }) };
  }
  return state;
}

function begun(event: RunEvent, body: Started): RollbackState {
  return {
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
    rehearsal: body.type === 'rehearsal.started' ? { levelSha256: body.levelSha256, textSha256: body.textSha256 } : null,
  };
}

/** Keeps the active one the latest without an end; a rollback goes before a rehearsal. */
function withList(state: RunState, list: 'rollbacks' | 'rehearsals', items: readonly RollbackState[]): RunState {
  const next = { ...state, [list]: items };
  const open = ({ outcome }: RollbackState): boolean => outcome === null;
  return { ...next, activeRollbackId: (next.rollbacks.findLast(open) ?? next.rehearsals.findLast(open))?.rollbackId ?? null };
}
