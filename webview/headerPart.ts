import { render } from 'lit/html.js';
import type { PackageView } from '../src/core/view/package/packageViewModel.ts';
import type { HeaderView } from '../src/core/view/viewModel.ts';
import type { Drawing } from './drawing.ts';
import { header } from './header.ts';

/** The header with its menu, which is open or not whatever the host sends. */
export class HeaderPart {
  readonly #element: HTMLElement;
  readonly #drawing: Drawing;
  readonly #showKeys: () => void;
  #view: HeaderView | null = null;
  #members: PackageView | null = null;
  #menuOpen = false;
  #packageOpen = false;
  readonly #narrow = window.matchMedia('(max-width: 760px)');

  constructor(element: HTMLElement, drawing: Drawing, showKeys: () => void) {
    this.#element = element;
    this.#drawing = drawing;
    this.#showKeys = showKeys;
    this.#narrow.addEventListener('change', () => this.#draw());
    document.addEventListener('click', (event) => {
      if (this.#menuOpen && !event.composedPath().some((node) => node instanceof Element && node.classList.contains('menu'))) this.#setMenu(false, null);
    });
  }

  show(view: HeaderView, members: PackageView | null): void {
    this.#view = view;
    this.#members = members;
    this.#draw();
  }

  #draw(): void {
    if (this.#view === null) return;
    const fold = { narrow: this.#narrow.matches, open: this.#packageOpen, toggle: (open: boolean) => (this.#packageOpen = open) };
    render(header(this.#view, this.#members, this.#drawing, { open: this.#menuOpen, set: (open, focus) => this.#setMenu(open, focus), showKeys: this.#showKeys }, fold), this.#element);
  }

  #setMenu(open: boolean, focus: 'first' | 'last' | 'button' | null): void {
    this.#menuOpen = open;
    this.#draw();
    if (focus === 'button') this.#element.querySelector<HTMLElement>('[data-button=menu]')?.focus();
    else if (focus !== null) {
      const items = [...this.#element.querySelectorAll<HTMLElement>('[role=menuitem]')].filter((element) => element.offsetParent !== null);
      items.at(focus === 'first' ? 0 : -1)?.focus();
    }
  }
}
