import { withoutEcho } from './echo.ts';
import { plainText } from './plainText.ts';

/** Raw characters that are kept: enough for the lines below even when most of it is colour. */
const RAW_LIMIT = 64 * 1024;
const LINE_LIMIT = 200;
const TEXT_LIMIT = 16 * 1024;
/** Longest line that is shown, in UTF-16 units. */
const WIDTH_LIMIT = 2_000;

/** The last lines of a command's output, however much there is. */
export class OutputTail {
  readonly #echo: readonly string[];
  readonly #mask: (text: string) => string;
  #raw = '';
  #cut = false;

  /**
   * @param echo lines that come first and are not output
   * @param mask takes secrets out of plain text
   */
  constructor(echo: readonly string[] = [], mask: (text: string) => string = (text) => text) {
    this.#echo = echo;
    this.#mask = mask;
  }

  add(chunk: string): void {
    const joined = this.#raw + chunk;
    this.#cut ||= joined.length > RAW_LIMIT;
    this.#raw = joined.length > RAW_LIMIT ? joined.slice(-RAW_LIMIT) : joined;
  }

  /** Plain text, newest lines last; the first line says when there was more. */
  get text(): string {
    const plain = plainText(this.#raw).trimEnd();
    const lines = this.#mask(this.#cut ? plain : withoutEcho(plain, this.#echo)).split('\n');
    if (this.#cut) lines.shift();
    const kept = lines.slice(-LINE_LIMIT).map((line) => (line.length > WIDTH_LIMIT ? `${line.slice(0, WIDTH_LIMIT)}…` : line));
    let text = kept.join('\n');
    const tooMuch = text.length > TEXT_LIMIT;
    if (tooMuch) text = text.slice(-TEXT_LIMIT).replace(/^[^\n]*\n/, '');
    const isWhole = !this.#cut && lines.length <= LINE_LIMIT && !tooMuch;
    return isWhole ? text : `… earlier output is in the terminal\n${text}`;
  }
}
