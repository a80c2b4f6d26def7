import { naturalEnd } from '../../core/run/decideEnd.ts';
import { isComplete } from '../../core/run/order.ts';
import { openPanel } from '../panel/openPanel.ts';
import type { Command } from './command.ts';
import { withTarget } from './target.ts';

/** Ends a run whose steps are settled, or asks in the panel why it is abandoned. */
export const endRunCommand: Command = {
  id: 'guidedRunbooks.endRun',
  doing: 'ending a run',
  run: (host, args) =>
    withTarget(host, args, async ({ session }) => {
      const { runbook, state, now } = session.session.snapshot;
      await openPanel(session.uri);
      const hasEnd = state !== null && (naturalEnd(runbook, state, now) !== null || isComplete(runbook, state));
      await session.perform({ type: hasEnd ? 'endRun' : 'abandonRun' });
    }),
};
