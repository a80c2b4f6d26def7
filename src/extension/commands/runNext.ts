import { actOnRun } from './actOnRun.ts';
import type { Command } from './command.ts';

export const runNextCommand: Command = {
  id: 'guidedRunbooks.runNext',
  doing: 'running the next step',
  run: (host, args) => actOnRun(host, args, (session) => ({ type: 'runNext', revision: session.revision })),
};
