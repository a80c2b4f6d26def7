import type { Command } from './command.ts';
import { withTarget } from './target.ts';

export const showTerminalCommand: Command = {
  id: 'guidedRunbooks.showTerminal',
  doing: 'showing the terminal',
  run: (host, args) =>
    withTarget(host, args, async ({ session }) => {
      session.showTerminal();
    }),
};
