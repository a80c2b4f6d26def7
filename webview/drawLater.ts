/** How long one task draws before it lets a person's input and the next frame come between, in milliseconds. */
const SLICE_MS = 10;

/**
 * Draws what is not in sight bit by bit, in the order it was put here, after
 * the first frame has been painted: a page of a thousand steps is seen, and
 * answers, as soon as one of twenty.
 */
export class DrawLater {
  readonly #draw: (key: string) => void;
  readonly #waiting = new Set<string>();
  #isScheduled = false;

  /** @param draw draws a block; it is no longer waiting then */
  constructor(draw: (key: string) => void) {
    this.#draw = draw;
  }

  add(key: string): void {
    this.#waiting.add(key);
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    // Not in the frame itself, which is to be painted first.
    requestAnimationFrame(() => this.#schedule());
  }

  /** It has been drawn, or has gone. */
  forget(key: string): void {
    this.#waiting.delete(key);
  }

  isWaiting(key: string): boolean {
    return this.#waiting.has(key);
  }

  #schedule(): void {
    setTimeout(() => this.#drawSome());
  }

  #drawSome(): void {
    const until = performance.now() + SLICE_MS;
    for (const key of this.#waiting) {
      this.#waiting.delete(key);
      this.#draw(key);
      if (performance.now() >= until) break;
    }
    this.#isScheduled = this.#waiting.size > 0;
    if (this.#isScheduled) this.#schedule();
  }
}
