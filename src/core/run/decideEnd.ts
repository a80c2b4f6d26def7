import { activeRollback } from '../rollback/progress.ts';
import type { Runbook } from '../runbook/model.ts';
import * as errors from '../userErrors.ts';
import type { CommandOf } from './commands.ts';
import { whatRuns } from './decideCommand.ts';
import { isSettled, ownStatusOf } from './derived.ts';
import type { RunEventBody, RunOutcome } from './events.ts';
import { forwardSteps, isComplete, NO_CLOCK } from './order.ts';
import { runningSoaks } from './soak.ts';
import type { RunState } from './state.ts';

export function decideEndRun(runbook: Runbook, state: RunState, { outcome, reason }: CommandOf<'endRun'>, now: number): readonly RunEventBody[] {
  if (state.running.size > 0) throw errors.alreadyRunning(whatRuns(runbook, state));
  const rollback = activeRollback(state);
  if (rollback !== null) throw errors.rollbackActive(rollback.level, rollback.rehearsal !== null);
  if (outcome === 'completed' && naturalEnd(runbook, state, now) !== 'completed') {
    assertSoaked(runbook, state, now);
    const open = forwardSteps(runbook).find((step) => !isSettled(ownStatusOf(state, step)));
    throw open === undefined ? errors.wrongStatus(state.title, 'rolled back or stopped', 'completed') : errors.runNotComplete(open.title);
  }
  if (outcome === 'rolled-back' && !isRolledBack(state)) throw errors.notRolledBack();
  if (outcome === 'stopped' && state.noGo === null) throw errors.notStopped();
  if (outcome === 'abandoned' && (reason === null || reason.trim() === '')) throw errors.reasonMissing();
  return [{ type: 'run.ended', outcome, reason: reason?.trim() ?? null }];
}

/** Throws when nothing is left of a run but a soak. */
export function assertSoaked(runbook: Runbook, state: RunState, now: number): void {
  const [soak] = isComplete(runbook, state) ? runningSoaks(runbook, state, now) : [];
  if (soak !== undefined) throw errors.runSoaks(soak.title);
}

/**
 * How a run would end now without a person having to say why; null: only by being abandoned.
 * @param now milliseconds since 1970: a run is not completed before its soaks are over
 */
export function naturalEnd(runbook: Runbook, state: RunState, now = NO_CLOCK): Exclude<RunOutcome, 'abandoned'> | null {
  if (isRolledBack(state)) return 'rolled-back';
  if (state.noGo !== null) return 'stopped';
  return isComplete(runbook, state) && runningSoaks(runbook, state, now).length === 0 ? 'completed' : null;
}

/** Whether the last rollback succeeded; nothing of the way forward can have run after it. */
function isRolledBack(state: RunState): boolean {
  return state.rollbacks.at(-1)?.outcome === 'succeeded';
}
