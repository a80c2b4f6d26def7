import { openPanel } from '../panel/openPanel.ts';
import type { Command } from './command.ts';
import { withTarget } from './target.ts';

/** Asks in the panel why the soak that goes on is not waited for. */
export const endSoakCommand: Command = {
  id: 'guidedRunbooks.endSoak',
  doing: 'ending a soak early',
  run: (host, args) =>
    withTarget(host, args, async ({ session }) => {
      await openPanel(session.uri);
      await session.perform({ type: 'endSoak' });
    }),
};
