import { stopRunning } from './stopRunning.ts';
import type { Command } from './command.ts';

export const forceStopCommand: Command = {
  id: 'guidedRunbooks.forceStop',
  doing: 'stopping a command by force',
  run: (host, args) => stopRunning(host, args, true),
};
