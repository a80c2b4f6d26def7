import { nothing, render } from 'lit/html.js';
import type { RollbackView } from '../src/core/view/rollbackViewModel.ts';
import type { Drawing } from './drawing.ts';
import { isClosable, rollbackSheet } from './rollbackSheet.ts';

/** The sheet above the dock. The keyboard goes in when it opens and back when it closes. */
export class RollbackPanel {
  readonly #element: HTMLElement;
  readonly #drawing: Drawing;
  #view: RollbackView | null = null;
  #before: Element | null = null;
  #followed: string | null = null;

  constructor(element: HTMLElement, drawing: Drawing) {
    this.#element = element;
    this.#drawing = drawing;
    element.setAttribute('role', 'dialog');
    element.setAttribute('aria-labelledby', 'rollback-title');
    element.hidden = true;
    element.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      event.preventDefault();
      event.stopPropagation();
      this.close();
    });
  }

  get isOpen(): boolean {
    return this.#view !== null;
  }

  show(view: RollbackView | null): void {
    const opens = view !== null && (this.#view === null || this.#view.level !== view.level || (this.#view.rehearsal === undefined) !== (view.rehearsal === undefined));
    const closes = view === null && this.#view !== null;
    if (opens && this.#view === null) this.#before = document.activeElement;
    // Another plan in the same sheet is read from its beginning: what it costs and its first commands stand there.
    const isAnotherPlan = opens || (view?.phase === 'plan' && this.#view?.phase !== 'plan');
    const inside = this.#element.contains(document.activeElement);
    this.#view = view;
    this.#element.hidden = view === null;
    this.#element.className = view === null ? 'sheet rollback' : `sheet rollback phase-${view.phase}`;
    render(view === null ? nothing : rollbackSheet(view, this.#drawing), this.#element);
    if (isAnotherPlan) this.#element.querySelector('.sheet-body')?.scrollTo({ top: 0, behavior: 'instant' });
    this.#followCommand(view);
    // An action that went away with its phase must not drop the keyboard to the page.
    if (opens || (inside && !closes && !this.#element.contains(document.activeElement))) this.#element.querySelector<HTMLElement>('[data-first]')?.focus();
    if (closes && (inside || document.activeElement === document.body)) this.#giveBack();
  }

  /** Asks the host to put the sheet away; a rollback in progress stays. */
  close(): void {
    if (this.#view === null) return;
    if (isClosable(this.#view)) this.#drawing.post({ type: 'run', action: 'closeRollback', revision: this.#drawing.revision() });
    else this.#drawing.say(`The ${this.#view.rehearsal === undefined ? 'rollback' : 'rehearsal'} has not ended. It stays in sight.`);
  }

  /** Brings the command that begins to run, or went wrong, into sight within the sheet. */
  #followCommand(view: RollbackView | null): void {
    const at = view?.commands.findIndex(({ state }) => ['running', 'failed', 'unknown'].includes(state)) ?? -1;
    const place = at < 0 ? null : `${String(view?.level)} ${String(at)} ${String(view?.commands[at]?.state)}`;
    if (place === this.#followed) return;
    this.#followed = place;
    const body = this.#element.querySelector<HTMLElement>('.sheet-body');
    const command = this.#element.querySelectorAll<HTMLElement>('.plan li')[at];
    if (body && command) body.scrollTop += command.getBoundingClientRect().top - body.getBoundingClientRect().top - 8;
  }

  #giveBack(): void {
    const before = this.#before;
    this.#before = null;
    if (before instanceof HTMLElement && before.isConnected && before !== document.body) before.focus({ preventScroll: true });
    else this.#drawing.toDock();
  }
}
