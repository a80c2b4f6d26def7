import { actOnStep } from './actOnStep.ts';
import type { Command } from './command.ts';

export const tickStepCommand: Command = {
  id: 'guidedRunbooks.tickStep',
  doing: 'ticking a step',
  run: (host, args) => actOnStep(host, args, 'tick'),
};
