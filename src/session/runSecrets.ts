import { secretMask } from '../core/record/maskSecrets.ts';

/**
 * The secrets of a run: in this window's memory and nowhere else. They are
 * neither in the state nor in a snapshot, so nothing that is shown or recorded
 * can hold them by accident.
 */
export class RunSecrets {
  #values: ReadonlyMap<string, string> = new Map();
  /** Values that were ever known here stay masked: what a command printed may come in late. */
  readonly #masked = new Set<string>();
  #mask: (text: string) => string = (text) => text;

  /** Takes up the secrets of a run, in the place of those before. */
  set(values: ReadonlyMap<string, string>): void {
    this.#values = values;
    for (const value of values.values()) if (value !== '') this.#masked.add(value);
    this.#mask = secretMask(this.#masked);
  }

  get values(): ReadonlyMap<string, string> {
    return this.#values;
  }

  /** A text without them. */
  mask(text: string): string {
    return this.#mask(text);
  }

  clear(): void {
    this.#values = new Map();
  }
}
