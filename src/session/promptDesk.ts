import { checkAnswers, promptView, type Answers, type Question } from '../core/run/question.ts';
import * as errors from '../core/userErrors.ts';
import type { PromptView } from '../core/view/viewModel.ts';

interface OpenPrompt {
  readonly view: PromptView;
  readonly question: Question;
  readonly proceed: (answers: Answers) => Promise<void>;
}

/** The one question that is open, if any. A new one takes the place of an old one. */
export class PromptDesk {
  readonly #newId: () => string;
  readonly #onDidChange: () => void;
  #open: OpenPrompt | null = null;

  constructor(newId: () => string, onDidChange: () => void) {
    this.#newId = newId;
    this.#onDidChange = onDidChange;
  }

  get view(): PromptView | null {
    return this.#open?.view ?? null;
  }

  /** Puts a question. `proceed` is called once with right answers. */
  ask(question: Question, proceed: (answers: Answers) => Promise<void>): void {
    this.#open = { view: promptView(this.#newId(), question), question, proceed };
    this.#onDidChange();
  }

  /** Takes the question away. */
  close(): void {
    if (this.#open === null) return;
    this.#open = null;
    this.#onDidChange();
  }

  /** Checks answers: wrong ones stay with their errors, right ones go on. Throws when that question is not open. */
  async answer(promptId: string, given: Readonly<Record<string, string>>): Promise<void> {
    const open = this.#open;
    if (open?.view.id !== promptId) throw errors.promptGone();
    const check = checkAnswers(open.question, given);
    if (check.kind === 'wrong') {
      this.#open = { ...open, view: promptView(promptId, open.question, given, check.errors) };
      this.#onDidChange();
      return;
    }
    this.close();
    await open.proceed(check.answers);
  }
}
