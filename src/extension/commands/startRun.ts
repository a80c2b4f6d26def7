import { openPanel } from '../panel/openPanel.ts';
import type { Command } from './command.ts';
import { withTarget } from './target.ts';

/** Starting happens in sight: the panel comes into view first, with what should be known before. */
export const startRunCommand: Command = {
  id: 'guidedRunbooks.startRun',
  doing: 'starting a run',
  run: (host, args) =>
    withTarget(host, args, async ({ session }) => {
      await openPanel(session.uri);
      await session.perform({ type: 'startRun' });
    }),
};
