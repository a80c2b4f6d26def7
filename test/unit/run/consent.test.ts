import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { consentOf, isGiven, lackWords } from '../../../src/core/run/consent.ts';
import type { RunCommand } from '../../../src/core/run/commands.ts';
import { decide } from '../../../src/core/run/decide.ts';
import { decideReview } from '../../../src/core/run/decideReview.ts';
import { fold } from '../../../src/core/run/evolve.ts';
import type { Actor, RunEventBody } from '../../../src/core/run/events.ts';
import { nextStep, runsByItself } from '../../../src/core/run/order.ts';
import { UserError } from '../../../src/core/userError.ts';
import { runbookOf, stepOf } from '../../fakes/runbooks.ts';
import { TimedRun } from '../../fakes/timedRun.ts';

const ada: Actor = { name: 'Ada', email: 'ada@example.org' };
const grace: Actor = { name: 'Grace', email: 'grace@example.org' };
const mary: Actor = { name: 'Mary', email: 'mary@example.org' };

const deploy = stepOf('deploy', { commands: ['true'], reservation: { by: '@qa', approvers: 2 } });
const BOOK = runbookOf([
  stepOf('first'),
  deploy,
  stepOf('after', { commands: ['true'] }),
  stepOf('go', { kind: 'gate', decision: null, sectionId: 'g', reservation: { by: null, approvers: 1 }, needsEvidence: true }),
]);
const consent = (stepId: string, decision: 'approved' | 'rejected' = 'approved'): RunEventBody => ({ type: 'approval.given', stepId, decision, note: null, consent: true });
const tick: RunEventBody = { type: 'step.ticked', stepId: 'first', note: null };

/** Ada's run; what the others say of it. */
function run(...said: readonly (readonly [Actor, RunEventBody])[]): ReturnType<typeof fold> {
  const timed = new TimedRun().started();
  timed.actor = ada;
  timed.at(1, tick);
  said.forEach(([actor, body], at) => {
    timed.actor = actor;
    timed.at(2 + at, body);
  });
  return fold(timed.events);
}

const words = (state: ReturnType<typeof fold>): string => lackWords(consentOf(state, deploy) ?? expect.fail('not reserved'));

function codeOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error instanceof UserError ? error.code : error;
  }
}

describe('a step that is reserved for others', () => {
  test('waits until as many different people have agreed', () => {
    expect(words(run())).toBe('waits for 2 approvals by @qa');
    expect(words(run([grace, consent('deploy')]))).toBe('waits for 1 more approval by @qa');
    expect(words(run([grace, consent('deploy')], [grace, consent('deploy')]))).toBe('waits for 1 more approval by @qa');
    expect(words(run([grace, consent('deploy')], [{ name: 'grace', email: null }, consent('deploy')]))).toBe('waits for 1 more approval by @qa');
    const both = run([grace, consent('deploy')], [mary, consent('deploy')]);
    expect(isGiven(consentOf(both, deploy) ?? expect.fail('not reserved'))).toBe(true);
  });

  test('takes nothing from who takes part in the run, whenever they began to', () => {
    const later: RunEventBody = { type: 'field.filled', name: 'n', value: 'v' };
    expect(words(run([ada, consent('deploy')]))).toBe('waits for 2 approvals by @qa');
    expect(words(run([grace, consent('deploy')], [mary, consent('deploy')], [mary, later]))).toBe('waits for 1 more approval by @qa');
  });

  test('a rejection stands until that person decides again', () => {
    const rejected = run([grace, consent('deploy')], [mary, consent('deploy')], [grace, consent('deploy', 'rejected')]);
    expect(words(rejected)).toBe('was rejected by Grace');
    expect(words(run([grace, consent('deploy', 'rejected')], [grace, consent('deploy')]))).toBe('waits for 1 more approval by @qa');
  });

  test('an approval of what was done lets nothing go ahead', () => {
    expect(words(run([grace, { type: 'approval.given', stepId: 'deploy', decision: 'approved', note: null }]))).toBe('waits for 2 approvals by @qa');
  });

  test('holds through its own attempts, and not beyond an edit or a rebase that opens it again', () => {
    const agreed: readonly (readonly [Actor, RunEventBody])[] = [[grace, consent('deploy')], [mary, consent('deploy')]];
    const start: RunEventBody = { type: 'command.started', executionId: 'e', owner: { kind: 'step', stepId: 'deploy' }, index: 0, count: 1, sha256: 'x', text: 'true', source: null, shell: 'bash', acknowledged: [] };
    const end: RunEventBody = { type: 'command.ended', executionId: 'e', outcome: { kind: 'exited', code: 1 }, durationMs: 1, environmentCarried: true, outputTail: null };
    expect(words(run(...agreed, [ada, start], [ada, end]))).toBe('waits for 0 more approvals by @qa');
    expect(words(run(...agreed, [ada, { type: 'drift.acknowledged', subject: { kind: 'step', stepId: 'deploy' }, sha256: 'x' }]))).toBe('waits for 2 approvals by @qa');
    expect(words(run(...agreed, [ada, { type: 'run.rebased', fromSha256: null, textSha256: 'y', renamed: [], reopened: ['deploy'], kept: [] }]))).toBe('waits for 2 approvals by @qa');
  });

  test('is not run, marked done or passed over as the next one; it can be skipped with a reason', () => {
    const state = run();
    const start: RunCommand = { type: 'startCommand', executionId: 'e', owner: { kind: 'step', stepId: 'deploy' }, index: 0, count: 1, text: 'true', source: null, sha256: 'x', shell: 'bash', acknowledged: [] };
    expect(codeOf(() => decide(BOOK, state, start))).toBe('step-reserved');
    expect(codeOf(() => decide(BOOK, state, { type: 'markDone', stepId: 'deploy', reason: 'r' }))).toBe('step-reserved');
    expect(nextStep(BOOK, state)?.id).toBe('deploy');
    expect(runsByItself(run([grace, consent('deploy')], [mary, consent('deploy')]), deploy)).toBe(false);
    expect(decide(BOOK, state, { type: 'skip', stepId: 'deploy', reason: 'nobody is awake' })).toHaveLength(1);
  });

  test('is agreed to in the record, before anything is recorded of it', () => {
    expect(decideReview(BOOK, run(), grace, { type: 'approve', stepId: 'deploy', note: null })).toEqual([consent('deploy')]);
    expect(codeOf(() => decideReview(BOOK, run(), ada, { type: 'approve', stepId: 'deploy', note: null }))).toBe('own-run');
    expect(codeOf(() => decideReview(BOOK, run(), grace, { type: 'approve', stepId: 'after', note: null }))).toBe('nothing-to-review');
  });
});

describe('a gate that is reserved for others', () => {
  test('holds up Go and never No-Go', () => {
    const go: RunCommand = { type: 'decideGate', stepId: 'go', decision: 'go', note: 'ticket 7' };
    const noGo: RunCommand = { type: 'decideGate', stepId: 'go', decision: 'no-go' };
    const agreed = run([grace, consent('go')]);
    expect(codeOf(() => decide(BOOK, run(), go))).toBe('step-reserved');
    expect(decide(BOOK, run(), noGo)).toMatchObject([{ decision: 'no-go' }]);
    expect(decide(BOOK, agreed, go)).toEqual([{ type: 'gate.decided', stepId: 'go', sectionId: 'g', decision: 'go', note: 'ticket 7' }]);
    expect(codeOf(() => decide(BOOK, agreed, { ...go, note: ' ' }))).toBe('evidence-missing');
  });
});

test('evidence is needed for a tick, and kept', () => {
  const book = runbookOf([stepOf('look', { needsEvidence: true })]);
  const state = run();
  expect(codeOf(() => decide(book, state, { type: 'tick', stepId: 'look', note: null }))).toBe('evidence-missing');
  expect(decide(book, state, { type: 'tick', stepId: 'look', note: 'https://example.org/1' })).toEqual([{ type: 'step.ticked', stepId: 'look', note: 'https://example.org/1' }]);
});

test('whatever is said in whatever order, only people outside of the run count', () => {
  const person = fc.constantFrom(ada, grace, mary, { name: 'GRACE ', email: null });
  const body = fc.constantFrom(consent('deploy'), consent('deploy', 'rejected'), consent('go'), tick);
  fc.assert(
    fc.property(fc.array(fc.tuple(person, body), { maxLength: 12 }), (said) => {
      const state = run(...said);
      const { given } = consentOf(state, deploy) ?? expect.fail('not reserved');
      const drivers = new Set([...state.drivers.values()].map(({ name }) => name));
      expect(given.every(({ name }) => !drivers.has(name))).toBe(true);
      expect(given.length).toBeLessThanOrEqual(2);
    }),
  );
});
