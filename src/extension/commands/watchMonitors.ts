import { openPanel } from '../panel/openPanel.ts';
import type { Command } from './command.ts';
import { withTarget } from './target.ts';

/** Shows in the panel every command that would be run; only a confirmation there begins. */
export const watchMonitorsCommand: Command = {
  id: 'guidedRunbooks.watchMonitors',
  doing: 'watching monitors',
  run: (host, args) =>
    withTarget(host, args, async ({ session }) => {
      await openPanel(session.uri);
      await session.perform({ type: 'watchMonitors' });
    }),
};
