/** Where a placeholder stands, as far as the shell's quoting goes. */
export type Quoting =
  | {
      readonly kind: 'bare' | 'double' | 'single' | 'heredoc';
      /** It stands inside an unquoted $(…), whose result is split into words and expanded once more. */
      readonly split: boolean;
    }
  | { readonly kind: 'comment' }
  /** No value can be put here without changing what the text means. */
  | { readonly kind: 'refused'; readonly why: string };

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What a scan of a block found. */
export interface ScanResult {
  /** One for each span, in the same order. */
  readonly quoting: readonly Quoting[];
}

export function refused(why: string): Quoting {
  return { kind: 'refused', why };
}

/**
 * A cursor over a block in which placeholders count as ordinary word
 * characters. The lexers walk it and say at every placeholder how it is quoted.
 * Whatever a lexer cannot follow for certain makes the placeholders after it
 * refused: a wrong guess about quoting would let a value out of its quotes.
 */
export class Scanner {
  at = 0;
  readonly text: string;
  readonly #spans: readonly Span[];
  readonly #quoting: (Quoting | undefined)[];
  #next = 0;
  #lastEnd = -1;
  #lost: string | null = null;

  constructor(text: string, spans: readonly Span[]) {
    this.text = text;
    this.#spans = spans;
    this.#quoting = spans.map(() => undefined);
  }

  get done(): boolean {
    return this.at >= this.text.length;
  }

  get char(): string {
    return this.text.charAt(this.at);
  }

  startsWith(words: string): boolean {
    return this.text.startsWith(words, this.at) && !this.#crossesSpan(words.length);
  }

  /** Whether the character before is one after which a word begins. After a `)` that depends on what it closes. */
  get atWordStart(): boolean {
    return this.at !== this.#lastEnd && (this.at === 0 || /[\s;|&(<>]/.test(this.text.charAt(this.at - 1)));
  }

  /** If a placeholder begins here, notes its quoting and steps over it. */
  takeSpan(quoting: Quoting): boolean {
    const span = this.#spans[this.#next];
    if (span?.start !== this.at) return false;
    const before = this.text.charAt(span.start - 1);
    const escaped = before === '\\' || before === '$' ? `“${before}” stands right before it` : null;
    const why = this.#lost ?? escaped;
    this.#quoting[this.#next] = quoting.kind === 'comment' || quoting.kind === 'refused' || why === null ? quoting : refused(why);
    this.#next += 1;
    this.at = span.end;
    this.#lastEnd = span.end;
    return true;
  }

  /** Steps over an escaped character; a placeholder in its place is refused. */
  skipEscaped(): void {
    this.at += 1;
    if (!this.takeSpan(refused('a backslash stands right before it'))) this.at += 1;
  }

  /** From here on nothing is certain. */
  lose(why: string): void {
    this.#lost ??= why;
  }

  /** The result; when the text did not end where it began, nothing in it is certain. */
  finish(balanced: boolean): ScanResult {
    const why = this.#lost ?? 'the quotes or brackets of the commands do not match up';
    return { quoting: this.#quoting.map((quoting) => (quoting === undefined || (!balanced && quoting.kind !== 'comment') ? refused(why) : quoting)) };
  }

  #crossesSpan(length: number): boolean {
    const span = this.#spans[this.#next];
    return span !== undefined && span.start < this.at + length;
  }
}
