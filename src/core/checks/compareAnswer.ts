import type { OutputExpectation } from '../runbook/expectation.ts';
import { compareOutput, type ExpectationFact, type PatternMatch } from './compareOutput.ts';

/** What came back for a request. */
export interface HttpAnswer {
  readonly status: number;
  readonly statusText: string;
  /** Names in lower case. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
  /** All of the body was read. */
  readonly isWhole: boolean;
}

/** Holds an answer against what is expected of it: status and headers, then the body like any other output. */
export async function compareAnswer(expected: readonly OutputExpectation[], answer: HttpAnswer, matches: PatternMatch): Promise<ExpectationFact> {
  for (const each of expected) {
    if (each.kind === 'status' && !each.codes.includes(answer.status)) return failed(`The status is ${String(answer.status)} and not ${each.codes.join(' or ')}.`);
    if (each.kind !== 'header') continue;
    const found = answer.headers.filter(([name]) => name === each.name.toLowerCase()).map(([, value]) => value);
    if (found.length === 0) return failed(`The answer has no header ${each.name}.`);
    if (!found.some((value) => value.includes(each.text))) return failed(`The header ${each.name} does not contain “${each.text}”.`);
  }
  const body = { head: answer.body, tail: null, leftOut: 0, isSeparate: true, isComplete: answer.isWhole };
  return compareOutput(expected.filter(({ kind }) => kind !== 'status' && kind !== 'header'), body, matches);
}

/** An answer as text: its status, its headers, its body. */
export function answerText({ status, statusText, headers, body, isWhole }: HttpAnswer): string {
  const head = [`HTTP ${String(status)} ${statusText}`.trimEnd(), ...headers.map(([name, value]) => `${name}: ${value}`)].join('\n');
  return `${head}\n\n${body}${isWhole ? '' : '\n[… the rest of the body was not read …]'}`;
}

function failed(detail: string): ExpectationFact {
  return { result: 'failed', detail };
}
