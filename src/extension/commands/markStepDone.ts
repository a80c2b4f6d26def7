import { actOnStep } from './actOnStep.ts';
import type { Command } from './command.ts';

export const markStepDoneCommand: Command = {
  id: 'guidedRunbooks.markStepDone',
  doing: 'marking a step done',
  run: (host, args) => actOnStep(host, args, 'markDone'),
};
