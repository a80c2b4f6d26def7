import type { ObservedOutput } from '../../session/ports.ts';
import { isAfterEcho, withoutEcho } from './echo.ts';
import { plainText } from './plainText.ts';

/** Characters of each end that are kept, as they come: twice what is recorded, since some of them are colours. */
const RAW_LIMIT = 256 * 1024;

/** The two ends of what a command prints, however much there is. */
export class KeptOutput {
  readonly #echo: readonly string[];
  readonly #tail: string[] = [];
  #head = '';
  /** Characters in `#tail`. */
  #tailLength = 0;
  #leftOut = 0;
  #isComplete = false;

  /** @param echo lines that come first and are not output */
  constructor(echo: readonly string[] = []) {
    this.#echo = echo;
  }

  add(chunk: string): void {
    const room = RAW_LIMIT - this.#head.length;
    this.#head += chunk.slice(0, room);
    if (chunk.length <= room) return;
    const rest = chunk.slice(room).slice(-RAW_LIMIT);
    this.#leftOut += chunk.length - room - rest.length;
    this.#tail.push(rest);
    this.#tailLength += rest.length;
    // Whole chunks go; in blocks, so that small ones do not make this slow.
    if (this.#tailLength > 2 * RAW_LIMIT) this.#shorten();
  }

  /** Nothing comes any more. */
  complete(): void {
    this.#isComplete = true;
  }

  /** Plain text of both ends. */
  get output(): ObservedOutput {
    this.#shorten();
    const raw = this.#tail.join('');
    const isAll = this.#leftOut === 0;
    const first = plainText(isAll ? this.#head + raw : this.#head);
    return { head: withoutEcho(first, this.#echo), tail: isAll ? null : plainText(raw), leftOut: this.#leftOut, isSeparate: isAfterEcho(first, this.#echo), isComplete: this.#isComplete };
  }

  #shorten(): void {
    if (this.#tailLength <= RAW_LIMIT) return;
    const kept = this.#tail.join('').slice(-RAW_LIMIT);
    this.#leftOut += this.#tailLength - kept.length;
    this.#tail.splice(0, this.#tail.length, kept);
    this.#tailLength = kept.length;
  }
}
