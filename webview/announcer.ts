/**
 * Says things to a screen reader, politely and one after the other, and can
 * show a short word on the screen as well.
 */
export class Announcer {
  readonly #region: HTMLElement;
  readonly #toast: HTMLElement;
  readonly #queue: string[] = [];
  #last = '';
  #busy = false;
  #hide: ReturnType<typeof setTimeout> | undefined;

  constructor(region: HTMLElement, toast: HTMLElement) {
    this.#region = region;
    this.#toast = toast;
    region.setAttribute('role', 'status');
    region.setAttribute('aria-live', 'polite');
    region.className = 'sr';
    toast.className = 'toast';
    toast.setAttribute('aria-hidden', 'true');
  }

  /** Announces a sentence about the state; the same one again is not news. */
  state(text: string): void {
    if (text === this.#last || text === '') return;
    this.#last = text;
    this.say(text);
  }

  say(text: string): void {
    this.#queue.push(text);
    if (!this.#busy) this.#next();
  }

  /** Says it and shows it for a moment. */
  show(text: string): void {
    this.say(text);
    this.#toast.textContent = text;
    this.#toast.classList.add('visible');
    clearTimeout(this.#hide);
    this.#hide = setTimeout(() => this.#toast.classList.remove('visible'), 3_000);
  }

  #next(): void {
    const text = this.#queue.shift();
    this.#busy = text !== undefined;
    if (text === undefined) return;
    this.#region.textContent = text;
    // Long enough for a reader to take it up before the next one replaces it.
    setTimeout(() => this.#next(), 700);
  }
}
