import type { Step } from '../../runbook/model.ts';
import type { TakenValue } from '../events.ts';
import type { Question } from '../question.ts';
import { takenLine } from './takenLine.ts';

/** Shows values that were taken from the package just now, before a step runs with them that asks nothing else. Null when none was. */
export function askWithTaken(step: Step, taken: readonly TakenValue[]): Question | null {
  if (taken.length === 0) return null;
  return {
    title: `Run “${step.title}” with new values?`,
    text: 'Other runs of the package have stated values that this run uses from now on. Nothing has been run yet.',
    severity: 'info',
    commands: step.commands,
    lists: [{ heading: 'Taken from the package', items: taken.map((value) => takenLine(value)) }],
    inputs: [],
    implied: [],
    confirmLabel: 'Run',
    confirmStyle: 'primary',
  };
}
