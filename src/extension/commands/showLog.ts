import type { Command } from './command.ts';

export const showLogCommand: Command = {
  id: 'guidedRunbooks.showLog',
  doing: 'showing the log',
  run: (host) => host.log.show(),
};
