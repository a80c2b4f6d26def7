import { onLine, StopReading } from './structure.ts';

type State = 'condition' | 'body' | 'name' | 'named' | 'words' | 'subject' | 'in' | 'pattern';

interface Opening {
  /** The word or bracket that began it. */
  readonly mark: string;
  readonly start: number;
  state: State;
}

const CLOSED_BY: Readonly<Record<string, string>> = { if: 'fi', while: 'done', until: 'done', for: 'done', select: 'done', case: 'esac', '{': '}', '(': ')' };
const FIRST_STATE: Readonly<Record<string, State>> = { if: 'condition', while: 'condition', until: 'condition', for: 'name', select: 'name', case: 'subject' };
const CLOSING: ReadonlySet<string> = new Set(['fi', 'done', 'esac', '}']);
const PARTS: ReadonlySet<string> = new Set(['then', 'elif', 'else', 'do']);

/** What has been opened in a text for sh or bash and is not closed yet, and whether a command may begin. */
export class Openings {
  readonly #text: string;
  readonly #stack: Opening[] = [];
  /** A keyword would be one here. */
  #atCommand = true;
  /** Something stands since the last separator. */
  #hasCommand = false;
  /** A keyword or bracket since which nothing stands. */
  #fresh: { readonly mark: string; readonly start: number } | null = null;
  /** An operator that waits for a command. */
  #dangling: { readonly mark: string; readonly start: number } | null = null;
  /** Where a `[` stands that has no `]` yet. */
  #test: number | null = null;

  constructor(text: string) {
    this.#text = text;
  }

  get empty(): boolean {
    return this.#stack.length === 0;
  }

  get atCommand(): boolean {
    return this.#atCommand && !this.inForHeader;
  }

  get inPattern(): boolean {
    return this.#stack.at(-1)?.state === 'pattern';
  }

  get inForHeader(): boolean {
    return this.#stack.at(-1)?.state === 'name';
  }

  /** A word as it is written; it may be a keyword. */
  take(word: string, start: number): void {
    const top = this.#stack.at(-1);
    const separated = !this.#hasCommand;
    // A head of several words is no command, and a separator may stand behind it all the same.
    this.#hasCommand = true;
    if (top?.state === 'name') top.state = 'named';
    else if (top?.state === 'subject') top.state = 'in';
    else if (top?.state === 'in') this.#expect(word === 'in', top, 'pattern');
    else if (top?.state === 'named' && word === 'in') top.state = 'words';
    else if (top?.state === 'words' && !separated) return;
    else if (top?.state === 'named' || top?.state === 'words') this.#loopBody(top, word, start);
    else if (!this.#atCommand) this.#ordinary(word);
    else if (Object.hasOwn(CLOSED_BY, word)) this.open(word, start);
    else if (CLOSING.has(word)) this.close(word, start);
    else if (PARTS.has(word)) this.#part(word, start);
    else if (word === '!' || word === 'time') this.#begin();
    else if (word === 'function') throw new StopReading(null);
    else {
      this.word();
      if (word === '[') this.#test = start;
    }
  }

  /** Something that is no keyword. */
  word(): void {
    this.#atCommand = false;
    this.#hasCommand = true;
    this.#fresh = null;
    this.#dangling = null;
  }

  /** `((…))`, as a command or in the head of a loop. */
  arithmetic(): void {
    const top = this.#stack.at(-1);
    this.compound();
    if (top?.state === 'name') top.state = 'words';
  }

  /** A command behind which a keyword may follow at once: `[[ … ]] then`, `fi done`. */
  compound(): void {
    this.word();
    this.#atCommand = true;
  }

  open(mark: string, start: number): void {
    this.#stack.push({ mark, start, state: FIRST_STATE[mark] ?? 'body' });
    this.#begin();
    this.#atCommand = !['for', 'select', 'case'].includes(mark);
    this.#dangling = null;
    this.#fresh = { mark, start };
  }

  close(mark: string, start: number): void {
    this.#endTest();
    const top = this.#stack.at(-1);
    if (top === undefined || !Object.values(CLOSED_BY).includes(mark)) throw this.#stray(mark, start);
    if (CLOSED_BY[top.mark] !== mark) throw this.#stack.some((opening) => CLOSED_BY[opening.mark] === mark) ? this.#unclosed(top, ` before this “${mark}”`) : this.#stray(mark, start);
    if (top.state === 'condition' || top.state === 'named' || top.state === 'words') throw this.#lacks(top, start);
    this.#checkGap(mark, start, top.mark === 'case');
    this.#stack.pop();
    this.compound();
  }

  /** A separator or an operator. */
  operator(mark: string, start: number): void {
    this.#endTest();
    const top = this.#stack.at(-1);
    if (mark.startsWith(';;') || mark === ';&') {
      if (top?.mark !== 'case') throw top === undefined || !this.#stack.some((opening) => opening.mark === 'case') ? this.#stray(mark, start) : this.#unclosed(top, ` before this “${mark}”`);
      this.#checkGap(mark, start, true);
      top.state = 'pattern';
    } else if (!this.#hasCommand) throw problem(start, mark, `There is no command in front of “${mark}”: write one, or remove it.`);
    this.#begin();
    this.#fresh = null;
    if (mark === '&&' || mark === '||' || mark.startsWith('|')) this.#dangling = { mark, start };
  }

  endLine(): void {
    this.#endTest();
    const state = this.#stack.at(-1)?.state;
    if (state === 'subject' || state === 'in' || state === 'name') return;
    this.#atCommand = true;
    this.#hasCommand = false;
  }

  /** Behind the bracket of a pattern of `case`. */
  endPattern(): void {
    const top = this.#stack.at(-1);
    if (top !== undefined) top.state = 'body';
    this.#begin();
    this.#fresh = null;
  }

  /** Behind the brackets of a function. */
  beginBody(): void {
    this.#begin();
  }

  keywordInPattern(start: number): void {
    const top = this.#stack.at(-1);
    if (top !== undefined) top.state = 'body';
    this.close('esac', start);
  }

  endText(): void {
    this.#endTest();
    if (this.#dangling !== null) throw dangling(this.#dangling);
    const top = this.#stack.at(-1);
    if (top !== undefined) throw this.#unclosed(top, '');
  }

  #ordinary(word: string): void {
    if (word === ']') this.#test = null;
    this.word();
  }

  #begin(): void {
    this.#atCommand = true;
    this.#hasCommand = false;
  }

  #expect(holds: boolean, top: Opening, next: State): void {
    if (!holds) throw new StopReading(null);
    top.state = next;
    this.#begin();
  }

  #loopBody(top: Opening, word: string, start: number): void {
    // `for x in …; { … }` is old, and some shells know it.
    if (word === '{') throw new StopReading(null);
    if (word !== 'do') throw this.#lacks(top, start);
    this.#part(word, start);
  }

  #part(word: string, start: number): void {
    this.#endTest();
    const top = this.#stack.at(-1);
    const fits = top !== undefined && (word === 'do' ? CLOSED_BY[top.mark] === 'done' && top.state !== 'body' : top.mark === 'if' && (word === 'then') === (top.state === 'condition'));
    if (!fits) throw this.#stray(word, start);
    if (word !== 'do' || top.state === 'condition') this.#checkGap(word, start, false);
    top.state = word === 'elif' ? 'condition' : 'body';
    this.#begin();
    this.#fresh = { mark: word, start };
  }

  /** Something has to stand between a keyword and the next. */
  #checkGap(mark: string, start: number, mayBeEmpty: boolean): void {
    if (this.#dangling !== null) throw dangling(this.#dangling);
    if (this.#fresh !== null && !mayBeEmpty) throw problem(start, mark, `Nothing stands between “${this.#fresh.mark}” and “${mark}”: a shell wants a command there (“:” does nothing).`, true);
  }

  #endTest(): void {
    const start = this.#test;
    if (start !== null) throw problem(start, '[', 'This “[” has no “]” of its own: write it at the end of the test, with a blank in front of it.');
  }

  #stray(mark: string, start: number): StopReading {
    return problem(start, mark, `“${mark}” closes or continues nothing that is open here: remove it, or write what it belongs to.`, PARTS.has(mark) || CLOSING.has(mark));
  }

  #unclosed({ mark, start, state }: Opening, where: string): StopReading {
    const missing = state === 'condition' && mark === 'if' ? '“then” and “fi” are' : state === 'condition' || state === 'named' || state === 'words' || state === 'name' ? '“do” and “done” are' : `“${CLOSED_BY[mark] ?? ''}” is`;
    return problem(start, mark, `The “${mark}”${onLine(this.#text, start)} is never closed: ${missing} missing${where}.`);
  }

  #lacks({ mark, start }: Opening, at: number): StopReading {
    return problem(start, mark, `The “${mark}”${onLine(this.#text, start)} lacks its “${mark === 'if' ? 'then' : 'do'}”${at > start ? onLine(this.#text, at).replace(' on', ', before') : ''}: a line or a semicolon has to stand in front of it.`);
  }
}

function problem(start: number, mark: string, message: string, isOverlooked = false): StopReading {
  return new StopReading({ start, end: start + mark.length, message, ...(isOverlooked ? { isOverlooked: true } : {}) });
}

function dangling({ mark, start }: { readonly mark: string; readonly start: number }): StopReading {
  return problem(start, mark, `Nothing stands behind “${mark}”: write the command that follows, or remove it.`);
}
