import { html, render, type TemplateResult } from 'lit/html.js';
import { button, checkbox } from './controls.ts';

const KEYS: readonly (readonly [string, string])[] = [
  ['j  ↓', 'Next step (arrow keys when a step has the keyboard)'],
  ['k  ↑', 'Previous step'],
  ['n', 'To the step that is to be done next'],
  ['Enter', 'From a step to its first action; a second Enter presses it'],
  ['Tab', 'Through what can be pressed'],
  ['r', 'To the rollback levels'],
  ['Esc', 'Back to the step; closes a plan or a question'],
  ['?', 'This list'],
];

/** The list of keys. No letter runs anything: letters move the keyboard, and Enter presses what is seen to have it. */
export class KeysDialog {
  readonly #dialog: HTMLDialogElement;
  readonly #letters: { readonly get: () => boolean; readonly set: (on: boolean) => void };

  constructor(dialog: HTMLDialogElement, letters: { readonly get: () => boolean; readonly set: (on: boolean) => void }) {
    this.#dialog = dialog;
    this.#letters = letters;
    dialog.className = 'sheet keys';
    dialog.setAttribute('aria-labelledby', 'keys-title');
  }

  show(): void {
    render(this.#template(), this.#dialog);
    if (!this.#dialog.open) this.#dialog.showModal();
    this.#dialog.querySelector<HTMLElement>('[data-button=close-keys]')?.focus();
  }

  #template(): TemplateResult {
    return html`<div class="dialog-body">
        <h2 id="keys-title">Keyboard</h2>
        <dl class="key-list">${KEYS.map(([key, words]) => html`<div><dt>${key.split('  ').map((one) => html`<kbd>${one}</kbd>`)}</dt><dd>${words}</dd></div>`)}</dl>
        ${checkbox({ name: 'letters', label: 'Letter keys', required: false, error: null, checked: this.#letters.get(), onChange: (on) => this.#letters.set(on) })}
      </div>
      <footer class="sheet-foot">${button({ id: 'close-keys', label: 'Close', onClick: () => this.#dialog.close() })}</footer>`;
  }
}
