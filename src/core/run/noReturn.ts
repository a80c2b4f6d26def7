import type { Step } from '../runbook/model.ts';
import { ACKNOWLEDGED } from './decideCommand.ts';
import { acknowledgement, type Question, type QuestionInput } from './question.ts';

/** What a person has to accept before a step that cannot be taken back. */
export const noReturnInput: QuestionInput = acknowledgement(ACKNOWLEDGED.irreversible, 'I know that this cannot be taken back');

/** Says what is given up with a step, or null when it can be taken back. */
export function noReturnWords({ title, irreversible }: Step): string | null {
  if (irreversible === null) return null;
  const { closes } = irreversible;
  const levels = closes.length === 0 ? '' : ` It closes rollback ${closes.length === 1 ? 'level' : 'levels'} ${closes.join(', ')}.`;
  return `“${title}” is the point of no return: what it does cannot be taken back.${levels}`;
}

/** The question before a step is ticked or decided, with what it gives up when that cannot be taken back. */
export function withNoReturn(step: Step, question: Question): Question {
  const words = noReturnWords(step);
  if (words === null) return question;
  return { ...question, text: [words, question.text].filter((text) => text !== '').join(' '), severity: 'warning', inputs: [noReturnInput, ...question.inputs], confirmStyle: 'danger' };
}
