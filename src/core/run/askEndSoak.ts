import * as errors from '../userErrors.ts';
import { durationWords, quoted } from '../view/words.ts';
import { askReason } from './asks.ts';
import type { Answers, Question, QuestionInput } from './question.ts';
import type { Soak } from './soak.ts';

const WHICH = 'soak';

/** Asks why a soak is not waited for, and which one of several. `soaks` has at least one. */
export function askEndSoak(soaks: readonly Soak[], now: number): Question {
  const [only] = soaks;
  const left = (soak: Soak): string => durationWords(Math.max(0, Date.parse(soak.until) - now));
  const text = 'What waits for it may go on then. Nothing is run by this. The record keeps the reason.';
  if (only !== undefined && soaks.length === 1) return askReason(`End the soak of ${quoted(only.title)} early?`, `${left(only)} of ${only.time.words} are left. ${text}`, 'End the soak', true);
  const choices = soaks.map(labelOf);
  const which: QuestionInput = { name: WHICH, label: 'Which soak', kind: 'choice', choices, word: null, value: '', required: true, need: null, check: (answer) => (choices.includes(answer) ? null : 'Choose one of them.') };
  const question = askReason('End a soak early?', text, 'End the soak', true);
  return { ...question, inputs: [which, ...question.inputs] };
}

/** The soak that was meant. Throws a UserError when there is none. */
export function chosenSoak(soaks: readonly Soak[], { values }: Answers): Soak {
  const wanted = values.get(WHICH);
  const soak = wanted === undefined ? soaks[0] : soaks.find((each, place) => labelOf(each, place) === wanted);
  if (soak === undefined) throw errors.noSoak();
  return soak;
}

/** Two may have the same title. */
function labelOf({ title, time }: Soak, place: number): string {
  return `${String(place + 1)}. ${title} (${time.words})`;
}
