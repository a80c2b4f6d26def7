import type { HeardText } from '../record/recordedOutput.ts';
import type { OutputExpectation } from '../runbook/expectation.ts';
import { percent } from '../runbook/expectationWords.ts';
import { LONGEST_SIMILAR, jaro, jaroWinkler, orderedJson } from './similarity.ts';

/** How an expectation turned out. `inconclusive`: it could not be looked at, so nobody knows. */
export type CheckResult = 'passed' | 'failed' | 'inconclusive';

/** How what was expected of a command turned out, as the record keeps it. */
export interface ExpectationFact {
  readonly result: CheckResult;
  /** Why it did not pass, as a sentence; null when it did. */
  readonly detail: string | null;
}

/**
 * Whether a pattern matches a text. Resolves with null when that could not be
 * found out in time; never rejects.
 */
export type PatternMatch = (pattern: { readonly source: string; readonly flags: string }, text: string) => Promise<boolean | null>;

const PASSED: ExpectationFact = { result: 'passed', detail: null };

/**
 * Holds what was heard of a command against what is expected of its output.
 * What was not heard, or not heard to its end, is never taken for a match, and
 * not for the lack of one either.
 * @param heard plain text; null when the output was not observed
 */
export async function compareOutput(expected: readonly OutputExpectation[], heard: HeardText | null, matches: PatternMatch): Promise<ExpectationFact> {
  let inconclusive: ExpectationFact | null = null;
  for (const each of expected) {
    const fact = heard === null ? unknown('Its output was not observed here.') : await compare(each, heard, matches);
    if (fact.result === 'failed') return fact;
    if (fact.result === 'inconclusive') inconclusive ??= fact;
  }
  return inconclusive ?? PASSED;
}

async function compare(expected: OutputExpectation, heard: HeardText, matches: PatternMatch): Promise<ExpectationFact> {
  if (!heard.isSeparate) return unknown('Its output could not be told apart from the command itself.');
  const isWhole = heard.isComplete && heard.tail === null;
  const gap = heard.isComplete ? 'It printed so much that the middle was not kept.' : 'Its output was not heard to the end.';
  if (expected.kind === 'contains') {
    if (heard.head.includes(expected.text) || heard.tail?.includes(expected.text) === true) return PASSED;
    return isWhole ? failed(`Its output does not contain ${shown(expected.text)}.`) : unknown(gap);
  }
  if (expected.kind === 'status' || expected.kind === 'header') return failed('It is no answer to a request.');
  if (!isWhole) return unknown(gap);
  if (expected.kind === 'exact') return trimmed(heard.head) === trimmed(expected.text) ? PASSED : failed('Its output is not the expected output.');
  if (expected.kind === 'similar') return compareSimilar(expected, heard.head);
  const found = await matches(expected, heard.head);
  if (found === null) return unknown(`The pattern /${expected.source}/ took too long to match.`);
  return found ? PASSED : failed(`Its output does not match /${expected.source}/.`);
}

/** As alike as it has to be; what is too long to be compared in time is not known. */
function compareSimilar({ text, atLeast, json }: Extract<OutputExpectation, { kind: 'similar' }>, heard: string): ExpectationFact {
  if (heard.length > LONGEST_SIMILAR) return unknown(`Its output has more than ${String(LONGEST_SIMILAR)} characters, which is too much to compare.`);
  const [said, wanted] = json === true ? [orderedJson(heard), orderedJson(text)] : [trimmed(heard), trimmed(text)];
  if (wanted === null) return unknown('The expected output is no JSON, so it cannot be compared as such.');
  if (said === null) return failed('Its output is no JSON.');
  const alike = json === true ? jaro(said, wanted) : jaroWinkler(wanted, said);
  return alike >= atLeast ? PASSED : failed(`Its output is ${percent(alike)} like the expected output; at least ${percent(atLeast)} was asked for.`);
}

/** Without white space at the ends of lines and at the end. */
function trimmed(text: string): string {
  return text.replace(/\r\n?/g, '\n').split('\n').map((line) => line.trimEnd()).join('\n').trimEnd();
}

function shown(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return `“${line.length > 80 ? `${line.slice(0, 79)}…` : line}”`;
}

function failed(detail: string): ExpectationFact {
  return { result: 'failed', detail };
}

function unknown(detail: string): ExpectationFact {
  return { result: 'inconclusive', detail };
}
