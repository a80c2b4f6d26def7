import { describe, expect, it } from 'vitest';
import { countSuite } from '../../harness/suites.ts';

interface File {
  readonly status: string;
  readonly assertionResults: readonly { readonly status: string }[];
}

const report = (passed: number, failed: number, pending: number, testResults: readonly File[] = []): string =>
  JSON.stringify({ numPassedTests: passed, numFailedTests: failed, numPendingTests: pending, numTodoTests: 0, testResults });

describe('counting a suite', () => {
  it.each([
    { name: 'what passed', text: report(3, 0, 1), code: 0, count: { passed: 3, failed: 0, skipped: 1 } },
    { name: 'what failed', text: report(3, 2, 0), code: 1, count: { passed: 3, failed: 2, skipped: 0 } },
    { name: 'no report', text: undefined, code: 1, count: { passed: 0, failed: 1, skipped: 0 } },
    { name: 'half a report', text: '{"numPassedTests": 3', code: 0, count: { passed: 0, failed: 1, skipped: 0 } },
    { name: 'no test', text: report(0, 0, 0), code: 0, count: { passed: 0, failed: 1, skipped: 0 } },
    { name: 'a failure outside of any test', text: report(3, 0, 0), code: 1, count: { passed: 3, failed: 1, skipped: 0 } },
  ])('takes $name for what it is', ({ text, code, count }) => {
    expect(countSuite(text, code)).toEqual(count);
  });

  it('counts a file that could not be loaded, beside the tests that failed', () => {
    const files = [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'passed' }] },
    ];
    expect(countSuite(report(1, 1, 0, files), 1)).toEqual({ passed: 1, failed: 2, skipped: 0 });
  });
});
