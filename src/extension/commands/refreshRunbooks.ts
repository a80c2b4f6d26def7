import type { Command } from './command.ts';

export const refreshRunbooksCommand: Command = {
  id: 'guidedRunbooks.refreshRunbooks',
  doing: 'looking for runbooks',
  run: (host) => host.tree.refresh(),
};
