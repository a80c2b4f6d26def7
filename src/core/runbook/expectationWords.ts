import { EXIT_ZERO, sameExpectation, type Expectation, type OutputExpectation } from './expectation.ts';

/** What success is, in words of a few each: `exit 0 or 3`, `output contains “ready”`; empty when it is exit 0 and nothing more. */
export function expectationWords(expects: Expectation): readonly string[] {
  const exit = expects.exit.length === 0 || sameExpectation({ ...expects, output: [] }, EXIT_ZERO) ? [] : [`exit ${listed(expects.exit)}`];
  return [...exit, ...expects.output.map(outputWords)];
}

function listed(codes: readonly number[]): string {
  return codes.length < 2 ? codes.join('') : `${codes.slice(0, -1).join(', ')} or ${String(codes.at(-1))}`;
}

function outputWords(expected: OutputExpectation): string {
  switch (expected.kind) {
    case 'status':
      return `status ${listed(expected.codes)}`;
    case 'header':
      return expected.text === '' ? `a header ${expected.name}` : `header ${expected.name} contains “${expected.text}”`;
    case 'contains':
      return `output contains “${expected.text}”`;
    case 'exact':
      return 'output is exactly the expected one';
    case 'regex':
      return `output matches /${expected.source}/`;
    case 'similar':
      return `output is at least ${percent(expected.atLeast)} like the expected one`;
  }
}

/** A part of one as a percentage, cut and not rounded: what falls short never reads as enough. */
export function percent(part: number): string {
  return `${String(Math.floor(part * 100 + 1e-9))} %`;
}
