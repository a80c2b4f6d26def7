import { describe, expect, it } from 'vitest';
import { countSecondTry, countSuite, failedFiles } from '../../harness/suites.ts';

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

describe('a second try', () => {
  const named = (name: string, status: string, tests: readonly (readonly [string, string])[]) => ({
    name,
    status,
    assertionResults: tests.map(([fullName, outcome]) => ({ fullName, status: outcome })),
  });
  const first = JSON.stringify({
    numPassedTests: 3, numFailedTests: 1, numPendingTests: 1, numTodoTests: 0,
    testResults: [
      named('/a.test.ts', 'failed', [['a one', 'failed'], ['a two', 'passed'], ['a three', 'skipped']]),
      named('/b.test.ts', 'passed', [['b one', 'passed'], ['b two', 'passed']]),
    ],
  });
  const count = countSuite(first, 1);

  it('takes the place of what its files gave first, and names what passed late', () => {
    expect(failedFiles(first)).toEqual(['/a.test.ts']);
    const again = { passed: 2, failed: 0, skipped: 1 };
    expect(countSecondTry(count, first, again, ['/a.test.ts'])).toEqual({ passed: 4, failed: 0, skipped: 1, late: ['a one'] });
  });

  it('that fails, too, is a failure', () => {
    const again = { passed: 1, failed: 1, skipped: 1 };
    expect(countSecondTry(count, first, again, ['/a.test.ts'])).toEqual({ passed: 3, failed: 1, skipped: 1, late: [] });
  });

  it('heals no error outside of the files that ran again', () => {
    const broken = JSON.stringify({ ...JSON.parse(first), testResults: [...JSON.parse(first).testResults, named('/c.test.ts', 'failed', [])] });
    expect(countSecondTry(countSuite(broken, 1), broken, { passed: 2, failed: 0, skipped: 1 }, ['/a.test.ts']).failed).toBe(1);
  });
});
