import { render } from 'lit/html.js';
import type { PromptView } from '../src/core/view/viewModel.ts';
import type { Drawing } from './drawing.ts';
import { missing, promptSheet } from './promptSheet.ts';

/** The modal question. Keeps what a person typed while the host corrects and asks again. */
export class PromptDialog {
  readonly #dialog: HTMLDialogElement;
  readonly #drawing: Drawing;
  #prompt: PromptView | null = null;
  #answers = new Map<string, string>();
  #before: Element | null = null;

  constructor(dialog: HTMLDialogElement, drawing: Drawing) {
    this.#dialog = dialog;
    this.#drawing = drawing;
    dialog.setAttribute('aria-labelledby', 'prompt-title');
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault();
      this.#answer(null);
    });
  }

  get isOpen(): boolean {
    return this.#prompt !== null;
  }

  show(prompt: PromptView | null): void {
    const fresh = prompt !== null && prompt.id !== this.#prompt?.id;
    this.#prompt = prompt;
    if (prompt === null) return this.#close();
    if (fresh) {
      this.#answers = new Map(prompt.inputs.filter((input) => input.kind !== 'typed-word').map((input) => [input.name, input.value]));
      this.#before ??= document.activeElement;
    }
    this.#draw();
    if (!this.#dialog.open) this.#dialog.showModal();
    if (fresh) this.#firstFocus(prompt);
    else this.#focusInput(prompt.inputs.find((input) => input.error !== null)?.name);
  }

  #draw(): void {
    if (this.#prompt === null) return;
    this.#dialog.className = `sheet prompt tone-${this.#prompt.severity}`;
    render(
      promptSheet(this.#prompt, {
        drawing: this.#drawing,
        answers: this.#answers,
        change: (name, value) => {
          this.#answers.set(name, value);
          this.#draw();
        },
        confirm: () => this.#confirm(),
        cancel: () => this.#answer(null),
      }),
      this.#dialog,
    );
  }

  /** Never on a button that does harm, nor on one above commands that are to be read first. */
  #firstFocus(prompt: PromptView): void {
    const first = prompt.inputs[0];
    if (first) return this.#focusInput(first.name);
    const harmless = prompt.confirmStyle === 'primary' && prompt.commands.length === 0;
    this.#dialog.querySelector<HTMLElement>(harmless ? '[data-button=confirm]' : '[data-first]')?.focus();
  }

  #focusInput(name: string | undefined): void {
    if (name === undefined) return;
    [...this.#dialog.querySelectorAll<HTMLElement>('[data-input]')].find((element) => element.dataset['input'] === name)?.focus();
  }

  #confirm(): void {
    if (this.#prompt === null) return;
    const because = missing(this.#prompt, this.#answers);
    if (because === null) return this.#answer(Object.fromEntries(this.#prompt.inputs.map((input) => [input.name, this.#answers.get(input.name) ?? ''])));
    this.#drawing.say(because);
  }

  #answer(answers: Readonly<Record<string, string>> | null): void {
    if (this.#prompt !== null) this.#drawing.post({ type: 'prompt', promptId: this.#prompt.id, answers });
  }

  #close(): void {
    // A secret may be among them.
    this.#answers = new Map();
    if (!this.#dialog.open) return;
    this.#dialog.close();
    const before = this.#before;
    this.#before = null;
    if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
  }
}
