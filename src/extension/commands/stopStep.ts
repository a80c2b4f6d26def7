import { stopRunning } from './stopRunning.ts';
import type { Command } from './command.ts';

export const stopStepCommand: Command = {
  id: 'guidedRunbooks.stopStep',
  doing: 'stopping a command',
  run: (host, args) => stopRunning(host, args, false),
};
