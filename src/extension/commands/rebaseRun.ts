import { openPanel } from '../panel/openPanel.ts';
import type { Command } from './command.ts';
import { withTarget } from './target.ts';

/** Shows in the panel what taking the present text would do; only a confirmation there does it. */
export const rebaseRunCommand: Command = {
  id: 'guidedRunbooks.rebaseRun',
  doing: 'rebasing a run',
  run: (host, args) =>
    withTarget(host, args, async ({ session }) => {
      await openPanel(session.uri);
      await session.perform({ type: 'rebaseRun' });
    }),
};
