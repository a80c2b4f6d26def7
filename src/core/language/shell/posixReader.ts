import { DEEPEST, onLine, StopReading } from './structure.ts';

interface Heredoc {
  readonly delimiter: string;
  readonly dash: boolean;
  readonly start: number;
}

/** Reads the commands of a `$(…)` that begins at an offset, up to its bracket. */
export type Nested = (start: number) => void;

const WORD_ENDS = /[\s;&|<>()]/;

/** A cursor over a text for sh or bash that knows its quotes, expansions and here-documents. */
export class PosixReader {
  at = 0;
  readonly text: string;
  #heredocs: Heredoc[] = [];
  /** The first quote that goes on over the end of its line: the one that is likely to lack its end when another one does. */
  #longQuote: number | null = null;
  #depth = 0;

  constructor(text: string) {
    this.text = text;
  }

  get done(): boolean {
    return this.at >= this.text.length;
  }

  get char(): string {
    return this.text.charAt(this.at);
  }

  startsWith(words: string): boolean {
    return this.text.startsWith(words, this.at);
  }

  rest(length: number): string {
    return this.text.slice(this.at, this.at + length);
  }

  skipBlanks(): void {
    for (;;) {
      if (this.char === ' ' || this.char === '\t') this.at += 1;
      else if (this.startsWith('\\\n')) this.at += 2;
      else return;
    }
  }

  skipComment(): void {
    while (!this.done && this.char !== '\n') this.at += 1;
  }

  /** Steps over a line's end, and over the here-documents that begin behind it. */
  endLine(): void {
    this.at += 1;
    for (const { delimiter, dash, start } of this.#heredocs.splice(0)) {
      for (;;) {
        if (this.done) throw new StopReading({ start, end: start + 2, message: `This here-document never ends: a line that holds nothing but ${delimiter} is missing.`, isOverlooked: true });
        const newline = this.text.indexOf('\n', this.at);
        const stop = newline < 0 ? this.text.length : newline;
        const line = this.text.slice(this.at, stop);
        this.at = Math.min(stop + 1, this.text.length);
        if ((dash ? line.replace(/^\t+/, '') : line) === delimiter) break;
      }
    }
  }

  endText(): void {
    if (this.#heredocs.length > 0) this.endLine();
  }

  beginNested(): Heredoc[] {
    // Shells differ on where a here-document begins whose line goes on inside brackets.
    if (this.#heredocs.length > 0) throw new StopReading(null);
    return this.#heredocs;
  }

  endNested(outer: Heredoc[]): void {
    if (this.#heredocs.length > 0) throw new StopReading(null);
    this.#heredocs = outer;
  }

  /** Reads a word as it is written; empty when none begins here. */
  word(nested: Nested): string {
    const start = this.at;
    while (!this.done) {
      const { char } = this;
      if (char === '(' && this.at > start && /[?*+@!]/.test(this.text.charAt(this.at - 1))) this.#skipBrackets(nested);
      else if (WORD_ENDS.test(char)) break;
      else if (!this.#quotedOrExpanded(nested, false)) this.at += 1;
    }
    return this.text.slice(start, this.at);
  }

  /** Steps over `>`, `2>&1`, `<<EOF` and what they name. */
  redirection(nested: Nested): void {
    const start = this.at;
    const mark = /^(?:<<<|<<-|<<|<>|<&|>&|>>|>\||&>>|&>|[<>])/.exec(this.rest(3))?.[0] ?? '';
    this.at += mark.length;
    this.skipBlanks();
    const target = /^[<>]\(/.test(this.rest(2)) ? this.#processFile(nested) : this.word(nested);
    // `<user@host>`, which is meant to be filled in though nobody can tell.
    if (target === '' && mark === '>' && /<[^<>\n]+$/.test(this.text.slice(0, start))) this.#lose();
    if (target === '') throw new StopReading({ start, end: start + mark.length, message: `Behind “${mark}” the name of a file is missing.` });
    if (mark === '<<' || mark === '<<-') this.#heredocs.push({ delimiter: target.replace(/\\(.)|["']/g, '$1'), dash: mark === '<<-', start });
  }

  /** Steps over `[[ … ]]`. */
  skipTest(nested: Nested): void {
    const start = this.at;
    this.at += 2;
    for (;;) {
      while (/\s/.test(this.char)) this.at += 1;
      if (/^\]\](?:[\s;&|)]|$)/.test(this.rest(3))) break;
      if (this.done || this.char === ';') throw new StopReading({ start, end: start + 2, message: 'This “[[” has no “]]”: write it at the end of the test, with a blank in front of it.' });
      if (this.word(nested) === '') this.at += 1;
    }
    this.at += 2;
  }

  skipArray(nested: Nested): void {
    this.#skipBrackets(nested);
  }

  /** Steps over what is calculated, from behind its `((` to behind its `))`. */
  skipArithmetic(start: number): void {
    for (let open = 2; open > 0; ) {
      if (this.done) throw new StopReading({ start, end: start + 2, message: 'These brackets are never closed: “))” is missing.' });
      const { char } = this;
      if (this.#quotedOrExpanded(() => this.#lose(), false)) continue;
      if (char === '(') open += 1;
      else if (char === ')') open -= 1;
      this.at += 1;
    }
  }

  /** Words in brackets that are no commands: of an array, of a pattern. */
  #skipBrackets(nested: Nested): void {
    const start = this.at;
    for (let open = 0; ; ) {
      if (this.done) throw new StopReading({ start, end: start + 1, message: `The bracket${onLine(this.text, start)} is never closed: “)” is missing.` });
      const { char } = this;
      if (this.#quotedOrExpanded(nested, false)) continue;
      if (char === '#' && /\s/.test(this.text.charAt(this.at - 1))) {
        this.skipComment();
        continue;
      }
      this.at += 1;
      if (char === '(') open += 1;
      else if (char === ')') open -= 1;
      if (open === 0) return;
    }
  }

  #processFile(nested: Nested): string {
    const start = this.at;
    this.at += 2;
    this.inside(() => nested(start));
    return this.text.slice(start, this.at);
  }

  /** Steps over a quote, an escaped character or an expansion if one begins here. Says whether it did. */
  #quotedOrExpanded(nested: Nested, inDouble: boolean): boolean {
    if (!/[\\'"`$]/.test(this.char)) return false;
    return this.inside(() => this.#skipQuoted(nested, inDouble));
  }

  /** Reads something that may hold more of its kind. */
  inside<T>(read: () => T): T {
    if (this.#depth >= DEEPEST) this.#lose();
    this.#depth += 1;
    const result = read();
    this.#depth -= 1;
    return result;
  }

  #skipQuoted(nested: Nested, inDouble: boolean): boolean {
    const { char, at } = this;
    if (char === '\\') this.at += 2;
    else if (char === "'" && !inDouble) this.#until("'", at, at + 1, false);
    else if (char === '"' && !inDouble) this.#double(nested, at);
    else if (char === '`') this.#until('`', at, at + 1, true);
    else if (char !== '$') return false;
    else if (!inDouble && this.startsWith("$'")) this.#until("'", at, at + 2, true);
    else if (this.startsWith('$((')) {
      this.at += 3;
      this.skipArithmetic(at);
    } else if (this.startsWith('$(')) {
      this.at += 2;
      nested(at);
    } else if (this.startsWith('${')) this.#parameter(nested, inDouble);
    else return false;
    return true;
  }

  #until(mark: string, start: number, from: number, escapes: boolean): void {
    this.at = from;
    while (!this.done && this.char !== mark) this.at += escapes && this.char === '\\' ? 2 : 1;
    this.#close(mark, start);
  }

  #double(nested: Nested, start: number): void {
    this.at += 1;
    while (!this.done && this.char !== '"') if (!this.#quotedOrExpanded(nested, true)) this.at += 1;
    this.#close('"', start);
  }

  /** Steps over the mark that ends a quote. */
  #close(mark: string, start: number): void {
    if (this.done) {
      const suspect = mark === '`' ? null : this.#longQuote;
      const from = suspect ?? start;
      const message = suspect === null ? `The quote that begins here${onLine(this.text, start)} is never closed: a ${mark} is missing.` : `A closing quote is missing, probably of this one${onLine(this.text, from)}: it goes on over the end of its line, and a later one is never closed.`;
      throw new StopReading({ start: from, end: from + 1, message });
    }
    if (mark !== '`' && this.text.slice(start, this.at).includes('\n')) this.#longQuote ??= start;
    this.at += 1;
  }

  #parameter(nested: Nested, inDouble: boolean): void {
    const start = this.at;
    this.at += 2;
    while (this.char !== '}') {
      if (this.done) throw new StopReading({ start, end: start + 2, message: 'This “${” is never closed: “}” is missing.' });
      // What a quote means in here depends on what is around.
      if (this.char === "'" && inDouble) this.#lose();
      if (!this.#quotedOrExpanded(nested, false)) this.at += 1;
    }
    this.at += 1;
  }

  #lose(): never {
    throw new StopReading(null);
  }
}
