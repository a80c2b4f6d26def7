import { actOnStep } from './actOnStep.ts';
import type { Command } from './command.ts';

export const skipStepCommand: Command = {
  id: 'guidedRunbooks.skipStep',
  doing: 'skipping a step',
  run: (host, args) => actOnStep(host, args, 'skip'),
};
