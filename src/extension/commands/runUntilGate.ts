import { actOnRun } from './actOnRun.ts';
import type { Command } from './command.ts';

export const runUntilGateCommand: Command = {
  id: 'guidedRunbooks.runUntilGate',
  doing: 'running until the next gate',
  run: (host, args) => actOnRun(host, args, (session) => ({ type: 'runUntilGate', revision: session.revision })),
};
