import { actOnStep } from './actOnStep.ts';
import type { Command } from './command.ts';

export const retryStepCommand: Command = {
  id: 'guidedRunbooks.retryStep',
  doing: 'retrying a step',
  run: (host, args) => actOnStep(host, args, 'retry'),
};
