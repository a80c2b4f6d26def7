/** Hyphens, dashes and minus signs that are drawn like `-`. */
const DASH = /[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/;
/** Quotation marks, primes and accents that are drawn like `'` or `"`. */
const QUOTE = /[\u00b4\u02b9-\u02bd\u02ee\u2018-\u201f\u2032\u2033\u2035\u2036\uff02\uff07]/;
const ANY = new RegExp(`${DASH.source}|${QUOTE.source}`);
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;
/** What ends a word of a command, apart from white space. */
const OPERATOR = /[;|&()<>]/;
const HERE_DOCUMENT = /^<<-?[ \t]*(?:'([^'\n]+)'|"([^"\n]+)"|\\?([\w.-]+))/;
/** Comments of cmd, which begin a line. */
const CMD_COMMENT = /^[ \t]*(?:::|rem\b)/i;

/**
 * Finds dashes that stand where an option would begin (`rm –rf`) and quotes
 * that stand where a quote would be (`echo “a b”`): a shell takes them for
 * ordinary letters. Comments, quoted text and here-documents are prose, in
 * which they belong.
 *
 * @param text a command, LF line ends
 * @returns names by offset, in UTF-16 units
 */
export function findLookalikeMarks(text: string): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  if (!ANY.test(text)) return found;
  const endings: string[] = [];
  let quote: string | null = null;
  let word = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (quote !== null) {
      if (character === '\\' && quote === '"') at += 1;
      else if (character === quote) quote = null;
    } else if (character === '\\') at += 1;
    else if (character === "'" || character === '"') quote = character;
    else if (isCommentAt(text, at, word)) word = at = lineEnd(text, at) - 1;
    else if (character === '\n') {
      at = endOfHereDocuments(text, at, endings);
      word = at + 1;
    } else if (character === '<') {
      const ending = HERE_DOCUMENT.exec(text.slice(at, at + 128));
      if (ending !== null && text.charAt(at - 1) !== '<') endings.push(ending[1] ?? ending[2] ?? ending[3] ?? '');
      word = at + 1;
    } else if (/\s/.test(character) || OPERATOR.test(character)) word = at + 1;
    else if (DASH.test(character) && isOption(text, word, at)) found.set(at, 'look-alike of a hyphen');
    else if (QUOTE.test(character) && !isInWord(text, at)) found.set(at, 'look-alike of a quote');
  }
  return found;
}

/** Whether a dash begins an option, or stands in the name of one. */
function isOption(text: string, word: number, at: number): boolean {
  const before = text.slice(word, at);
  const next = text.charAt(at + 1);
  if ([...before].every(isDash)) return LETTER_OR_DIGIT.test(next) || isDash(next);
  return isDash(before.charAt(0)) && !before.includes('=') && LETTER_OR_DIGIT.test(next);
}

function isDash(character: string): boolean {
  return character === '-' || DASH.test(character);
}

/** Whether it is an apostrophe between letters. */
function isInWord(text: string, at: number): boolean {
  return LETTER_OR_DIGIT.test(text.charAt(at - 1)) && LETTER_OR_DIGIT.test(text.charAt(at + 1));
}

function isCommentAt(text: string, at: number, word: number): boolean {
  if (at !== word) return false;
  if (text.charAt(at) === '#') return true;
  const line = text.lastIndexOf('\n', at - 1) + 1;
  return text.slice(line, at).trim() === '' && CMD_COMMENT.test(text.slice(at, at + 4));
}

/** Where the line ends in which a place is: at its line feed, or at the end of the text. */
function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}

/** Goes over the here-documents that were announced in the line that ends here. Returns the last place that belongs to them. */
function endOfHereDocuments(text: string, at: number, endings: string[]): number {
  let last = at;
  for (const ending of endings.splice(0)) {
    while (last < text.length - 1) {
      const start = last + 1;
      last = lineEnd(text, start);
      if (text.slice(start, last).trim() === ending) break;
    }
  }
  return last;
}
