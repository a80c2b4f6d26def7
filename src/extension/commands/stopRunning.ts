import * as errors from '../../core/userErrors.ts';
import type { CommandHost } from './command.ts';
import { withTarget } from './target.ts';

/** Stops what runs, step or rollback. Needs nothing to be in sight: stopping must always be possible. */
export function stopRunning(host: CommandHost, args: readonly unknown[], force: boolean): Promise<void> {
  return withTarget(host, args, async ({ session }) => {
    const { state } = session.session.snapshot;
    const owner = state?.activeExecutionId == null ? undefined : state.executions.get(state.activeExecutionId)?.owner;
    if (owner === undefined) throw errors.nothingRuns();
    if (owner.kind === 'rollback') return session.perform({ type: 'stopRollback' });
    const action = force ? 'forceStop' : 'stop';
    return session.perform({ type: 'step', action, stepId: owner.stepId, revision: session.revision });
  });
}
