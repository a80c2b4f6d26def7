import { findLookalikeMarks } from './lookalikeMarks.ts';
import type { HiddenCharacter } from './model.ts';

/**
 * Characters with which a text can lie about itself: invisible ones, ones that
 * turn the direction of what follows, and look-alikes of Latin letters
 * ("Trojan Source", CVE-2021-42574 and CVE-2021-42694).
 */
const NAMES: ReadonlyMap<number, string> = new Map([
  [0x00a0, 'no-break space'], [0x00ad, 'soft hyphen'], [0x034f, 'combining grapheme joiner'], [0x061c, 'Arabic letter mark'],
  [0x115f, 'Hangul filler'], [0x1160, 'Hangul filler'], [0x180e, 'Mongolian vowel separator'],
  [0x200b, 'zero width space'], [0x200c, 'zero width non-joiner'], [0x200d, 'zero width joiner'],
  [0x200e, 'left-to-right mark'], [0x200f, 'right-to-left mark'], [0x2028, 'line separator'], [0x2029, 'paragraph separator'],
  [0x202a, 'left-to-right embedding'], [0x202b, 'right-to-left embedding'], [0x202c, 'pop directional formatting'],
  [0x202d, 'left-to-right override'], [0x202e, 'right-to-left override'], [0x202f, 'narrow no-break space'],
  [0x2060, 'word joiner'], [0x2061, 'function application'], [0x2062, 'invisible times'], [0x2063, 'invisible separator'],
  [0x2064, 'invisible plus'], [0x2066, 'left-to-right isolate'], [0x2067, 'right-to-left isolate'],
  [0x2068, 'first strong isolate'], [0x2069, 'pop directional isolate'], [0x3000, 'ideographic space'],
  [0x3164, 'Hangul filler'], [0xfeff, 'zero width no-break space'], [0xffa0, 'Hangul filler'], [0xfffd, 'replacement character'],
]);

/* Anything outside printable ASCII, TAB and LF is looked at more closely. */
const SUSPECT = /[^\t\n\x20-\x7e]/u;
/** Spaces of other widths, format and tag characters, variation selectors (not the one of emoji), blanks of Braille and of fonts. */
const OTHER_INVISIBLE = /(?![ \ufe0f])[\p{Zs}\p{Cf}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}\u2800]/u;
/** A letter of another script (Greek, Cyrillic, Armenian, Cherokee), of phonetics, of mathematics or full-width, that touches a Latin one. */
const LOOKALIKE = /[\u0131\u0237\u0250-\u02af\u0370-\u03ff\u0400-\u058f\u13a0-\u13ff\u1c80-\u1c8f\u2100-\u214f\uab70-\uabbf\uff01-\uff5e\u{1d400}-\u{1d7ff}]/u;
const LATIN = /[A-Za-z]/;

/** Control characters, separators, direction marks, invisible characters: what could not be seen where it is shown. */
export const UNSEEN = /[\p{C}\u2028\u2029]/u;

/**
 * Finds the characters that could make a command look like another one.
 * @param text a command, LF line ends
 * @returns them in order; offsets are UTF-16 units
 */
export function findHiddenCharacters(text: string): readonly HiddenCharacter[] {
  if (!SUSPECT.test(text)) return NONE;
  const found: HiddenCharacter[] = [];
  const marks = findLookalikeMarks(text);
  let offset = 0;
  for (const character of text) {
    const name = nameOf(character, text, offset) ?? marks.get(offset) ?? null;
    if (name !== null) found.push({ codePoint: codePointName(character), name, offset });
    offset += character.length;
  }
  return found;
}

const NONE: readonly HiddenCharacter[] = [];

function nameOf(character: string, text: string, offset: number): string | null {
  const code = character.codePointAt(0) ?? 0;
  if (code === 0x09 || code === 0x0a) return null;
  if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return 'control character';
  const known = NAMES.get(code);
  if (known !== undefined) return known;
  if (OTHER_INVISIBLE.test(character)) return 'invisible character';
  if (code >= 0xd800 && code <= 0xdfff) return 'half of a character';
  if (LOOKALIKE.test(character) && touchesLatin(text, offset, character.length)) return 'look-alike of a Latin letter';
  return null;
}

/** Looks along the word on both sides, as far as it has no spaces, for a Latin letter. */
function touchesLatin(text: string, offset: number, length: number): boolean {
  let start = offset;
  let end = offset + length;
  const limit = 64;
  while (start > 0 && offset - start < limit && !/[\s'"]/.test(text.charAt(start - 1))) start--;
  while (end < text.length && end - offset < limit && !/[\s'"]/.test(text.charAt(end))) end++;
  return LATIN.test(text.slice(start, end));
}

/** @returns for example `U+202E` */
function codePointName(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** A text of one line in which characters that are not seen, or that turn the others around, are marked. */
export function withMarks(text: string): string {
  return text.replaceAll(/[\p{C}\u2028\u2029]/gu, '\ufffd');
}
