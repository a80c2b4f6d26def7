import { describe, expect, it } from 'vitest';
import type { CheckResult } from '../../../src/core/checks/compareOutput.ts';
import type { OutputExpectation } from '../../../src/core/runbook/expectation.ts';
import { statusOf } from '../../../src/core/run/derived.ts';
import { runbookOf, stepOf } from '../../fakes/runbooks.ts';
import { PureRun } from '../../fakes/runs.ts';

const RUNBOOK = runbookOf([stepOf('a', { commands: ['one'] })]);

function ended(code: number, expects: { readonly exit?: readonly number[]; readonly expect?: readonly OutputExpectation[] }, result: CheckResult | null = null): string {
  const run = new PureRun(RUNBOOK);
  run.do({ type: 'startCommand', executionId: 'x', owner: { kind: 'step', stepId: 'a' }, index: 0, count: 1, text: 'one', source: null, sha256: '', shell: 'bash', acknowledged: [], ...expects });
  run.do({ type: 'endCommand', executionId: 'x', outcome: { kind: 'exited', code }, durationMs: 1, environmentCarried: true, outputTail: null, ...(result === null ? {} : { expectation: { result, detail: null } }) });
  return statusOf(RUNBOOK, run.state, 'a');
}

describe('what success is', () => {
  it('is exit 0 unless the start says something else', () => {
    expect(ended(0, {})).toBe('done');
    expect(ended(3, {})).toBe('failed');
    expect(ended(3, { exit: [0, 3] })).toBe('done');
    expect(ended(1, { exit: [0, 3] })).toBe('failed');
    // An author may ask for a failure: then exit 0 is none.
    expect(ended(0, { exit: [3] })).toBe('failed');
    expect(ended(0, { exit: [] })).toBe('failed');
  });

  it('needs the exit code and the output', () => {
    const expect_: readonly OutputExpectation[] = [{ kind: 'contains', text: 'up' }];
    expect(ended(0, { expect: expect_ }, 'passed')).toBe('done');
    expect(ended(0, { expect: expect_ }, 'failed')).toBe('failed');
    expect(ended(1, { expect: expect_ }, 'passed')).toBe('failed');
    expect(ended(0, { expect: expect_ }, 'inconclusive')).toBe('unknown');
    // The end of another window that did not look.
    expect(ended(0, { expect: expect_ })).toBe('unknown');
  });

  it('is taken from the record: a later edit of the runbook changes nothing of what was', () => {
    expect(ended(0, { expect: [] }, 'failed')).toBe('done');
  });
});
