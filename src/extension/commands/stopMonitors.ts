import type { Command } from './command.ts';
import { withTarget } from './target.ts';

export const stopMonitorsCommand: Command = {
  id: 'guidedRunbooks.stopMonitors',
  doing: 'ending the watch on monitors',
  run: (host, args) => withTarget(host, args, ({ session }) => session.perform({ type: 'stopMonitors' })),
};
