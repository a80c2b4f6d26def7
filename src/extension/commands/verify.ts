import { actOnRun } from './actOnRun.ts';
import type { Command } from './command.ts';

export const verifyCommand: Command = {
  id: 'guidedRunbooks.verify',
  doing: 'verifying',
  run: (host, args) => actOnRun(host, args, () => ({ type: 'verify', sectionId: null })),
};
