/** A regular expression as a tree. */
export type PatternNode =
  | { readonly kind: 'one'; readonly test: (character: string) => boolean }
  | { readonly kind: 'start' | 'end' }
  | { readonly kind: 'all'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'any'; readonly options: readonly PatternNode[] }
  | { readonly kind: 'repeat'; readonly part: PatternNode; readonly min: number; readonly max: number | null };

/** Highest count in `{n,m}`. */
const MOST_REPEATS = 1_000;
/** Deepest nesting of groups. */
const DEEPEST = 30;

class Refused extends Error {}

/** Reads a pattern, or says what is wrong with it, as the end of a sentence that begins with “pattern”. */
export function parsePattern(source: string): PatternNode | string {
  try {
    return new PatternReader(source).read();
  } catch (error) {
    if (error instanceof Refused) return error.message;
    throw error;
  }
}

class PatternReader {
  readonly #characters: readonly string[];
  #at = 0;
  #depth = 0;

  constructor(source: string) {
    this.#characters = [...source];
  }

  read(): PatternNode {
    const tree = this.#any();
    if (this.#here !== undefined) throw new Refused('has a “)” without its “(”.');
    return tree;
  }

  get #here(): string | undefined {
    return this.#characters[this.#at];
  }

  #any(): PatternNode {
    const options = [this.#all()];
    while (this.#here === '|') {
      this.#at += 1;
      options.push(this.#all());
    }
    const [only] = options;
    return options.length === 1 && only !== undefined ? only : { kind: 'any', options };
  }

  #all(): PatternNode {
    const parts: PatternNode[] = [];
    while (this.#here !== undefined && this.#here !== '|' && this.#here !== ')') parts.push(this.#repeated(this.#atom()));
    return { kind: 'all', parts };
  }

  #atom(): PatternNode {
    const character = this.#here ?? '';
    if (character === '(') return this.#group();
    if (character === '[') return one(this.#class());
    this.#at += 1;
    if (character === '^') return { kind: 'start' };
    if (character === '$') return { kind: 'end' };
    if (character === '.') return one('.');
    if ('*+?'.includes(character)) throw new Refused(`has a “${character}” with nothing before it to repeat.`);
    return character === '\\' ? this.#escape() : { kind: 'one', test: (each) => each === character };
  }

  #group(): PatternNode {
    this.#at += 1;
    if (this.#here === '?') {
      const opening = /^\?(?::|<[A-Za-z_]\w*>)/.exec(this.#rest(64))?.[0];
      if (opening === undefined) throw new Refused('looks around or sets options with “(?”, which is not offered here: it could take for ever.');
      this.#at += opening.length;
    }
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw new Refused('nests groups too deeply.');
    const tree = this.#any();
    if (this.#here !== ')') throw new Refused('has a “(” without its “)”.');
    this.#at += 1;
    this.#depth -= 1;
    return tree;
  }

  /** The text of `[…]`, which describes one character. */
  #class(): string {
    const from = this.#at;
    do this.#at += this.#here === '\\' ? 2 : 1;
    while (this.#here !== undefined && this.#here !== ']');
    if (this.#here === undefined) throw new Refused('has a “[” without its “]”.');
    this.#at += 1;
    return this.#characters.slice(from, this.#at).join('');
  }

  #escape(): PatternNode {
    const text = /^(?:[dDwWsStnrvf0]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|u\{[0-9A-Fa-f]{1,6}\}|[pP]\{[\w=]+\})/.exec(this.#rest(64))?.[0];
    if (text !== undefined) {
      this.#at += text.length;
      return one(`\\${text}`);
    }
    const character = this.#here;
    if (character === undefined) throw new Refused('ends with a “\\”.');
    if (/[1-9k]/.test(character)) throw new Refused('refers back with “\\”, which is not offered here: it could take for ever.');
    if (/[A-Za-z0-9]/.test(character)) throw new Refused(`has “\\${character}”, which is not known here.`);
    this.#at += 1;
    return { kind: 'one', test: (each) => each === character };
  }

  #repeated(part: PatternNode): PatternNode {
    const count = /^(?:[*+?]|\{(\d{1,6})(?:(,)(\d{1,6})?)?\})/.exec(this.#rest(32));
    if (count === null) return part;
    this.#at += count[0].length;
    // Lazy or not: the whole value has to match, so there is no difference.
    if (this.#here === '?') this.#at += 1;
    if (this.#here !== undefined && '*+'.includes(this.#here)) throw new Refused(`has a “${this.#here}” with nothing before it to repeat.`);
    if (part.kind === 'start' || part.kind === 'end') throw new Refused('repeats “^” or “$”.');
    const [words, least, comma, most] = count;
    if (words === '*') return { kind: 'repeat', part, min: 0, max: null };
    if (words === '+') return { kind: 'repeat', part, min: 1, max: null };
    if (words === '?') return { kind: 'repeat', part, min: 0, max: 1 };
    const min = Number(least);
    const max = comma === undefined ? min : most === undefined ? null : Number(most);
    if (min > MOST_REPEATS || (max ?? 0) > MOST_REPEATS) throw new Refused(`repeats more than ${String(MOST_REPEATS)} times.`);
    if (max !== null && max < min) throw new Refused(`has “${words}”, which is the wrong way round.`);
    return { kind: 'repeat', part, min, max };
  }

  #rest(length: number): string {
    return this.#characters.slice(this.#at, this.#at + length).join('');
  }
}

/** A class or an escape: what one character has to be, which takes no time to tell. */
function one(source: string): PatternNode {
  for (const flags of ['u', '']) {
    try {
      const pattern = new RegExp(`^(?:${source})$`, flags);
      return { kind: 'one', test: (character) => pattern.test(character) };
    } catch {
      continue;
    }
  }
  throw new Refused(`has “${source}”, which describes no character.`);
}
