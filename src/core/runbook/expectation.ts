import { LONGEST_SIMILAR, orderedJson } from '../checks/similarity.ts';
import { about, valueOrName } from './about.ts';
import type { Attributes } from './attributes.ts';
import type { Diagnostic } from './model.ts';

/** What a command's observed output has to be like. */
export type OutputExpectation =
  /** Of a request: one of these statuses. */
  | { readonly kind: 'status'; readonly codes: readonly number[] }
  /** Of a request: a header of the answer holds this text. */
  | { readonly kind: 'header'; readonly name: string; readonly text: string }
  /** It holds this text. */
  | { readonly kind: 'contains'; readonly text: string }
  /** It is this text, white space at the ends of lines and of the whole left aside. */
  | { readonly kind: 'exact'; readonly text: string }
  /** A regular expression matches somewhere in it; `flags` of JavaScript. */
  | { readonly kind: 'regex'; readonly source: string; readonly flags: string }
  /** It is like this text by Jaro and Winkler's measure, `atLeast` from 0 to 1; `json`: both are JSON, compared with their keys in order, by Jaro's. */
  | { readonly kind: 'similar'; readonly text: string; readonly atLeast: number; readonly json?: true };

/** What success of a command is. Both have to hold. */
export interface Expectation {
  /** Exit codes that are allowed. */
  readonly exit: readonly number[];
  readonly output: readonly OutputExpectation[];
}

/** Success is exit 0, whatever it prints. */
export const EXIT_ZERO: Expectation = { exit: [0], output: [] };

/** Longest pattern and longest expected text that is read, in UTF-16 units. */
export const LONGEST_PATTERN = 500;
export const LONGEST_TEXT = 64 * 1024;

/** The kinds of comparison that `match=` and a bare word on an `output` fence may name. */
const MATCHES = ['contains', 'exact', 'regex'] as const;

type Report = (message: string, subject?: string) => void;

/**
 * Reads `exit=` and `expect=` of a fence. A bad value is reported and, so that
 * it never half works, left out: exit 0 alone is success then.
 */
export function readExpectation(attributes: Attributes, report: Report): Expectation {
  const exit = readExit(attributes.values.get('exit'), report);
  const expected = readExpect(attributes.values.get('expect'), report);
  return exit === null && expected === null ? EXIT_ZERO : { exit: exit ?? EXIT_ZERO.exit, output: expected === null ? [] : [expected] };
}

function readExit(value: string | true | undefined, report: Report): readonly number[] | null {
  if (value === undefined) return null;
  const codes = typeof value === 'string' && /^\d{1,3}(?:\s*,\s*\d{1,3})*$/.test(value.trim()) ? value.split(',').map(Number) : [];
  if (codes.length > 0 && codes.every((code) => code <= 255)) return [...new Set(codes)];
  report('"exit" has to list the allowed exit codes, 0 to 255, such as exit=0 or exit=0,3.', valueOrName('exit', value));
  return null;
}

function readExpect(value: string | true | undefined, report: Report): OutputExpectation | null {
  if (value === undefined) return null;
  if (typeof value !== 'string' || value === '' || value.length > LONGEST_TEXT) {
    report('"expect" has to be a text or a regular expression, such as expect="ready" or expect=/^ok/.', 'expect');
    return null;
  }
  const pattern = /^\/(.+)\/$/s.exec(value);
  return pattern === null ? { kind: 'contains', text: value } : readPattern(pattern[1] ?? '', (message) => report(message, value));
}

/** Patterns are matched line by line: `^` and `$` stand for the ends of a line. */
export function readPattern(source: string, report: Report, flags = 'mu'): OutputExpectation | null {
  if (source.length > LONGEST_PATTERN) {
    report(`A regular expression may have ${String(LONGEST_PATTERN)} characters at most.`);
    return null;
  }
  try {
    new RegExp(source, flags);
    return { kind: 'regex', source, flags };
  } catch (error) {
    report(`This regular expression is not valid and is not used: ${error instanceof Error ? error.message : String(error)}.`);
    return null;
  }
}

/** An output that is at least so much like a text, from above 0 to 1. */
export function readSimilar(text: string, wanted: string | true, isJson: boolean, report: Report): OutputExpectation | null {
  const atLeast = typeof wanted === 'string' && /^\d*\.?\d+$/.test(wanted.trim()) ? Number(wanted) : 0;
  if (isJson && orderedJson(text) === null) {
    report('The expected output is no JSON, so it cannot be compared as such. This output is not checked.');
  } else if (atLeast > 0 && atLeast <= 1) {
    if (text.length <= LONGEST_SIMILAR) return { kind: 'similar', text, atLeast, ...(isJson ? { json: true as const } : {}) };
    report(`A text that an output has to be like may have ${String(LONGEST_SIMILAR)} characters at most. This output is not checked.`);
  } else {
    report('How alike an output has to be is a number above 0, and 1 at most, such as similarity=0.8. This output is not checked.');
  }
  return null;
}

/** Reads an `output` fence: its text, and how it is compared. */
export function readOutputFence(text: string, attributes: Attributes, report: Report): OutputExpectation | null {
  const named = attributes.values.get('match') ?? MATCHES.find((kind) => attributes.values.get(kind) === true) ?? 'exact';
  const kind = MATCHES.find((each) => each === named);
  if (kind === undefined) {
    report('"match" has to be exact, contains or regex. This output is not checked.', valueOrName('match', attributes.values.get('match')));
    return null;
  }
  if (text.length > LONGEST_TEXT) {
    report(`Expected output may have ${String(LONGEST_TEXT / 1024)} KB at most. This output is not checked.`);
    return null;
  }
  const similarity = attributes.values.get('similarity');
  if (similarity !== undefined) return readSimilar(text, similarity, false, report);
  if (kind === 'regex') return readPattern(text.trim(), report);
  if (kind === 'contains' && text.trim() === '') {
    report('Every output contains an empty text: write what it has to contain. This output is not checked.');
    return null;
  }
  return { kind, text: kind === 'contains' ? text.replace(/\s+$/, '') : text };
}

/** Reports as diagnostics of a line. */
export function reportTo(diagnostics: Diagnostic[], line: number): Report {
  return (message, subject) => diagnostics.push({ severity: 'error', code: 'bad-value', message, line, ...about(subject) });
}

/** Whether two say the same of success. */
export function sameExpectation(a: Expectation, b: Expectation): boolean {
  return a === b || JSON.stringify([a.exit, a.output]) === JSON.stringify([b.exit, b.output]);
}
