import { succeeded, verdict } from '../run/outcome.ts';
import type { ExecutionState, RollbackState, RunState } from '../run/state.ts';

/**
 * `paused`: it has begun, nothing is wrong and nothing runs (the editor was
 * killed between two commands, or it has just begun).
 */
export type RollbackPhase = 'running' | 'paused' | 'failed' | 'unknown' | 'succeeded' | 'abandoned';

export interface RollbackProgress {
  readonly phase: RollbackPhase;
  /** The first command that is run and has not succeeded; the number of commands when all have. */
  readonly next: number;
  /** The latest execution of each command, or null. */
  readonly executions: readonly (ExecutionState | null)[];
}

/** How far a rollback has come. Commands before `next` are never run a second time by going on. */
export function rollbackProgress(state: RunState, rollback: RollbackState): RollbackProgress {
  const known = rollback.executionIds.flatMap((id) => state.executions.get(id) ?? []);
  const executions = rollback.commands.map((_, place) => known.findLast(({ index }) => index === place) ?? null);
  const missing = executions.findIndex((execution, place) => rollback.commands[place]?.shownOnly !== true && (execution === null || !succeeded(execution) || (execution.source ?? execution.text) !== rollback.commands[place]?.text));
  const next = missing < 0 ? executions.length : missing;
  return { phase: phaseOf(rollback, executions, next), next, executions };
}

/** The rollback or rehearsal that is under way, or null. */
export function activeRollback(state: RunState | null): RollbackState | null {
  return state?.activeRollbackId == null ? null : rollbackById(state, state.activeRollbackId);
}

/** A rollback or rehearsal of the run by its id, or null. */
export function rollbackById(state: RunState, rollbackId: string): RollbackState | null {
  const isIt = (each: RollbackState): boolean => each.rollbackId === rollbackId;
  return state.rollbacks.find(isIt) ?? state.rehearsals.find(isIt) ?? null;
}

/** Whether an id is that of a rehearsal of the run. */
export function isRehearsal(state: RunState, rollbackId: string): boolean {
  return state.rehearsals.some((each) => each.rollbackId === rollbackId);
}

function phaseOf(rollback: RollbackState, executions: RollbackProgress['executions'], next: number): RollbackPhase {
  if (rollback.outcome !== null) return rollback.outcome;
  if (executions.some((execution) => execution !== null && execution.outcome === null)) return 'running';
  const latest = executions[next];
  if (latest == null) return 'paused';
  const said = verdict(latest);
  // Nothing of a rollback runs in the background.
  return said === 'open' || said === 'background' ? 'paused' : said;
}
