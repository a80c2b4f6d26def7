/** What is asked of a value because of where it goes. */
export interface FieldNeed {
  readonly name: string;
  /** Something in a block where it is used that evaluates strings, in words; null when there is none. */
  readonly evaluatedBy: string | null;
  /** It begins a word somewhere, so that `-x` would be taken for an option. */
  readonly beginsWord: boolean;
}

const HARMLESS = /^[A-Za-z0-9_./:@%+=,-]+$/;
/** Control characters, line and paragraph separators, direction marks, invisible characters, halves of surrogate pairs. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Cn}\p{Co}\u2028\u2029]/u;
const LONGEST = 4096;

/**
 * What is wrong with a value, as the end of a sentence that begins with its
 * name, or null. A value that passes reaches the command byte for byte.
 */
export function problemWith(value: string, need: FieldNeed): string | null {
  if (value.trim() === '') return 'is empty.';
  if (value.length > LONGEST) return `is longer than ${String(LONGEST)} characters.`;
  if (UNSEEN.test(value)) return 'holds a line break, a control character or one that cannot be seen. Type it instead of pasting it.';
  if (need.beginsWord && value.startsWith('-')) return 'begins with “-”, which the command would take for an option. If it is meant as a value, the runbook has to write it as --option=<value>.';
  if (need.evaluatedBy !== null && !HARMLESS.test(value))
    return `may only hold letters, digits and _ . / : @ % + = , - here, because the block contains ${need.evaluatedBy}, which would evaluate anything else.`;
  return null;
}
