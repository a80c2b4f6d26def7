/**
 * Keeps the height of a step that leaves the foreground while the pointer is at
 * or below it, so that nothing moves up under somebody's pointer. It is let go
 * once the pointer is elsewhere, or the person goes on by wheel or keyboard.
 */
export class HeldHeights {
  readonly #held = new Set<HTMLElement>();
  /** Height of the pointer in the window while it is over the document, in pixels. */
  #pointer: number | null = null;

  constructor(parent: HTMLElement) {
    parent.addEventListener('pointermove', ({ clientY }) => this.#point(clientY), { passive: true });
    parent.addEventListener('pointerdown', ({ clientY }) => this.#point(clientY), { passive: true });
    parent.addEventListener('pointerleave', () => this.#point(null));
    for (const input of ['wheel', 'keydown']) window.addEventListener(input, () => this.#letGo(() => true), { passive: true, capture: true });
  }

  /** Does a change to an element and holds its height when it would shrink under the pointer. */
  whileChanging(element: HTMLElement, hold: boolean, change: () => void): void {
    const before = hold && element.isConnected && this.#isPointedFrom(element) ? element.getBoundingClientRect().height : 0;
    change();
    if (before === 0 || element.getBoundingClientRect().height >= before) return;
    element.style.setProperty('min-height', `${before}px`);
    this.#held.add(element);
  }

  #point(y: number | null): void {
    this.#pointer = y;
    this.#letGo((element) => !this.#isPointedFrom(element));
  }

  #isPointedFrom(element: HTMLElement): boolean {
    return this.#pointer !== null && this.#pointer >= element.getBoundingClientRect().top;
  }

  #letGo(which: (element: HTMLElement) => boolean): void {
    for (const element of this.#held) {
      if (!which(element)) continue;
      this.#held.delete(element);
      element.style.removeProperty('min-height');
    }
  }
}
