import { render } from 'lit/html.js';
import type { OutlineItem } from '../src/core/view/viewModel.ts';
import { outline } from './outline.ts';

/** The outline, and where the reader is in it. */
export class OutlinePart {
  readonly #element: HTMLElement;
  readonly #goTo: (sectionId: string) => void;
  readonly #narrow = window.matchMedia('(max-width: 760px)');
  #items: readonly OutlineItem[] = [];
  #here: string | null = null;
  #open = false;

  constructor(element: HTMLElement, goTo: (sectionId: string) => void) {
    this.#element = element;
    this.#goTo = goTo;
    this.#narrow.addEventListener('change', () => this.#draw());
  }

  show(items: readonly OutlineItem[]): void {
    this.#items = items;
    this.#draw();
  }

  /** @param visited sections that the reader has passed, in order; the last one that the outline knows is where they are */
  setHere(visited: readonly string[]): void {
    const known = new Set(this.#items.map((item) => item.sectionId));
    const here = visited.findLast((id) => known.has(id)) ?? null;
    if (here === this.#here) return;
    this.#here = here;
    this.#draw();
    if (!this.#narrow.matches) this.#keepInSight();
  }

  #draw(): void {
    render(
      outline(this.#items, {
        here: this.#here,
        narrow: this.#narrow.matches,
        open: this.#open,
        goTo: (id) => {
          this.#open = false;
          this.#draw();
          this.#goTo(id);
        },
        toggle: (open) => {
          this.#open = open;
        },
      }),
      this.#element,
    );
  }

  /** Scrolls the outline itself, never the page. */
  #keepInSight(): void {
    const on = this.#element.querySelector<HTMLElement>('.on');
    if (!on) return;
    const top = on.offsetTop - this.#element.scrollTop;
    if (top < 0 || top + on.offsetHeight > this.#element.clientHeight) this.#element.scrollTop = on.offsetTop - this.#element.clientHeight / 2;
  }
}
