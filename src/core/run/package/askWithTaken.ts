import type { Step } from '../../runbook/model.ts';
import type { TakenValue } from '../events.ts';
import type { Question } from '../question.ts';
import { takenLine } from './takenLine.ts';

/** A question that lists the values that were taken from the package, too. */
export function withTaken(question: Question, taken: readonly TakenValue[]): Question {
  if (taken.length === 0) return question;
  return { ...question, lists: [...(question.lists ?? []), { heading: 'Taken from the package', items: taken.map((value) => takenLine(value)) }] };
}

/**
 * Shows values that were taken from the package before a step runs with them.
 * @param asked what is asked before that step anyway
 * @returns null when nothing is asked and none was taken
 */
export function askWithTaken(step: Step, asked: Question | null, taken: readonly TakenValue[]): Question | null {
  const question = asked ?? (taken.length === 0 ? null : askToRun(step));
  return question === null ? null : withTaken(question, taken);
}

function askToRun({ title, commands }: Step): Question {
  return {
    title: `Run “${title}” with new values?`,
    text: 'Other runs of the package have stated values that this run uses from now on. Nothing has been run yet.',
    severity: 'info',
    commands,
    inputs: [],
    implied: [],
    confirmLabel: 'Run',
    confirmStyle: 'primary',
  };
}
