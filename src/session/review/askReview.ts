import type { Question, QuestionInput } from '../../core/run/question.ts';
import type { ReviewAction } from './reviewApi.ts';

/** Asks for a reviewer's words. `title`: of the step, or null for the run. */
export function askReview({ type }: ReviewAction, title: string | null, name: string): Question {
  const what = title === null ? 'the run' : `“${title}”`;
  const signed = `It is recorded under the name that git’s settings state, ${name}. That is a statement and no proof.`;
  switch (type) {
    case 'remark':
      return question(`Add a remark on ${what}`, signed, input('Remark', true), 'Add remark', 'primary');
    case 'approve':
      return question(`Approve ${what}?`, signed, input('Note (may stay empty)', false), 'Approve', 'primary');
    case 'reject':
      return question(`Reject ${what}?`, signed, input('Reason', true), 'Reject', 'danger');
  }
}

/** `reason` is the name under which a question's words come back. */
function input(label: string, required: boolean): QuestionInput {
  return { name: 'reason', label, kind: 'text', word: null, value: '', required, need: null };
}

function question(title: string, text: string, words: QuestionInput, confirmLabel: string, confirmStyle: Question['confirmStyle']): Question {
  return { title, text, severity: 'info', commands: [], inputs: [words], implied: [], confirmLabel, confirmStyle };
}
