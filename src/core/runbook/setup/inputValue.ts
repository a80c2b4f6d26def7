import type { InputDefinition } from './model.ts';
import { compilePattern } from './pattern.ts';

/** Longest value of an input, in UTF-16 units; with the bound of pattern.ts this bounds the time of a check. */
export const LONGEST_INPUT = 1_024;
/** A shorter secret could not be masked: its characters stand everywhere. */
export const SHORTEST_SECRET = 4;
/** Control characters, line and paragraph separators, direction marks, invisible characters, halves of surrogate pairs. */
const UNSEEN = /[\p{C}\u2028\u2029]/u;

/**
 * What is wrong with a value, as the end of a sentence that begins with the
 * input's name, or null. An empty value is judged by who asks: see `required`.
 */
export function problemWithValue(value: string, input: InputDefinition): string | null {
  if (value === '') return input.required ? 'is empty.' : null;
  if (value.length > LONGEST_INPUT) return `is longer than ${String(LONGEST_INPUT)} characters.`;
  if (UNSEEN.test(value)) return 'holds a line break, a control character or one that cannot be seen. Type it instead of pasting it.';
  if (input.secret && value.length < SHORTEST_SECRET) return `is shorter than ${String(SHORTEST_SECRET)} characters, too short to be masked in output.`;
  if (input.choices !== null && !input.choices.includes(value)) return `has to be one of ${input.choices.join(', ')}.`;
  if (input.pattern !== null) {
    const pattern = compilePattern(input.pattern);
    if (typeof pattern === 'string') return `cannot be checked: its pattern ${pattern}`;
    if (!pattern.matches(value)) return `does not match ${input.pattern}`;
  } else if (input.choices === null && !input.secret && value.startsWith('-')) {
    return 'begins with “-”, which a command could take for an option. If it is meant, the runbook has to allow it by a pattern.';
  }
  return !input.secret && value.trim() === '' ? 'is only blank.' : null;
}
