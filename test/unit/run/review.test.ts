import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ReviewCommand } from '../../../src/core/run/decideReview.ts';
import { decideReview } from '../../../src/core/run/decideReview.ts';
import { fold } from '../../../src/core/run/evolve.ts';
import type { Actor, RunEvent } from '../../../src/core/run/events.ts';
import { maybeSamePerson } from '../../../src/core/run/person.ts';
import type { RunState } from '../../../src/core/run/state.ts';
import { UserError } from '../../../src/core/userError.ts';
import { histories } from '../../fakes/arbitraryEvents.ts';
import { runbookOf, stepOf } from '../../fakes/runbooks.ts';
import { TimedRun } from '../../fakes/timedRun.ts';

const BOOK = runbookOf([stepOf('a'), stepOf('b')]);
const grace: Actor = { name: 'Grace', email: 'grace@example.org' };
const ada: Actor = { name: 'Ada', email: 'ada@example.org' };

/** Ada's run, in which `a` was ticked and a step that the runbook lost. */
const ended = (): TimedRun => new TimedRun().started().at(1, { type: 'step.ticked', stepId: 'a', note: null }).at(2, { type: 'step.ticked', stepId: 'old', note: null }).at(3, { type: 'run.ended', outcome: 'abandoned', reason: 'r' });
const open = (): TimedRun => new TimedRun().started().at(1, { type: 'step.ticked', stepId: 'a', note: null });

function outcome(state: RunState | null, reviewer: Actor, command: ReviewCommand): unknown {
  try {
    return decideReview(BOOK, state, reviewer, command);
  } catch (error) {
    if (error instanceof UserError) return error.code;
    throw error;
  }
}
const approve = (stepId: string | null = null): ReviewCommand => ({ type: 'approve', stepId, note: null });

describe('the two-person rule', () => {
  test('refuses who took part, under the same name or the same address, however written', () => {
    const state = fold(ended().events);
    const refused: readonly Actor[] = [ada, { name: 'Someone', email: 'ADA@example.org ' }, { name: ' ada', email: 'other@example.org' }, { name: 'Ada', email: null }];
    expect(refused.map((who) => outcome(state, who, approve()))).toEqual(Array(4).fill('own-run'));
    expect(outcome(state, grace, approve())).toEqual([{ type: 'approval.given', stepId: null, decision: 'approved', note: null }]);
  });

  test('holds for rejecting, for steps and for those who only helped out', () => {
    const run = open();
    run.actor = grace;
    run.at(2, { type: 'field.filled', name: 'n', value: 'v' });
    const state = fold(run.events);
    expect([outcome(state, grace, approve('a')), outcome(state, ada, { type: 'reject', stepId: 'a', note: 'n' })]).toEqual(['own-run', 'own-run']);
    expect(outcome(state, { name: 'Mary', email: null }, approve('a'))).toMatchObject([{ stepId: 'a' }]);
  });

  test('a remark or a decision does not make a reviewer a part of the run', () => {
    const run = ended();
    run.actor = grace;
    run.at(9, { type: 'remark.added', stepId: 'a', text: 'fine' }).at(10, { type: 'approval.given', stepId: 'a', decision: 'approved', note: null });
    expect(outcome(fold(run.events), grace, approve())).toHaveLength(1);
  });

  test('nobody whom git does not know decides', () => {
    expect(outcome(fold(ended().events), { name: 'unknown', email: null }, approve())).toBe('reviewer-unknown');
  });

  test('is symmetric, and everybody may be themselves', () => {
    const people = fc.record({ name: fc.constantFrom('Ada', 'ada', 'Grace'), email: fc.constantFrom(null, 'a@x', 'A@x', 'b@x') });
    fc.assert(fc.property(people, people, (a, b) => maybeSamePerson(a, a) && maybeSamePerson(a, b) === maybeSamePerson(b, a)));
  });
});

describe('what can be reviewed', () => {
  test('a run that has ended, a step of which something is recorded', () => {
    const [running, over] = [fold(open().events), fold(ended().events)];
    expect([outcome(running, grace, approve()), outcome(over, grace, approve('b')), outcome(over, grace, approve('ghost')), outcome(null, grace, approve())]).toEqual(['run-not-ended', 'nothing-to-review', 'step-vanished', 'no-run']);
    expect(outcome(over, grace, approve('old'))).toHaveLength(1);
  });

  test('remarks are open to everybody at any time, but have words; so has a rejection', () => {
    const state = fold(open().events);
    expect(outcome(state, ada, { type: 'remark', stepId: null, text: ' well done ' })).toEqual([{ type: 'remark.added', stepId: null, text: 'well done' }]);
    expect([outcome(state, ada, { type: 'remark', stepId: null, text: ' ' }), outcome(fold(ended().events), grace, { type: 'reject', stepId: null, note: ' ' })]).toEqual(['remark-empty', 'rejection-unexplained']);
  });
});

describe('a decision', () => {
  const states = (events: readonly RunEvent[]): unknown => fold(events).approvals.map(({ stepId, decision, isOvertaken }) => [stepId, decision, isOvertaken]);

  test('is overtaken by a later one of the same person, not by one of somebody else', () => {
    const run = ended();
    run.actor = grace;
    run.at(9, { type: 'approval.given', stepId: null, decision: 'rejected', note: 'no' });
    run.actor = { name: 'Mary', email: null };
    run.at(10, { type: 'approval.given', stepId: null, decision: 'approved', note: null });
    run.actor = grace;
    run.at(11, { type: 'approval.given', stepId: null, decision: 'approved', note: null });
    expect(states(run.events)).toEqual([[null, 'rejected', true], [null, 'approved', false], [null, 'approved', false]]);
  });

  test('is overtaken when what it speaks of changes', () => {
    const run = open();
    run.begins(2, 'x', 'b');
    run.actor = grace;
    for (const stepId of ['a', 'b']) run.at(3, { type: 'approval.given', stepId, decision: 'approved', note: null });
    run.actor = ada;
    run.ends(4, 'x', 1);
    expect(states(run.events)).toEqual([['a', 'approved', false], ['b', 'approved', true]]);
  });
});

test('reviewing changes nothing of what was done', () => {
  fc.assert(
    fc.property(histories, (events) => {
      const isReview = ({ body }: RunEvent): boolean => body.type === 'remark.added' || body.type === 'approval.given';
      const state = fold(events);
      expect(state.remarks.length + state.approvals.length).toBe(events.filter(isReview).length);
      // What a writer had seen of remarks plays no part in the order of the rest, when there is one writer.
      const alone = events.filter(({ writer }) => writer === 'w1').map((event) => ({ ...event, heads: {} }));
      const { remarks: _, approvals: __, runId: ___, ...reviewed } = fold(alone);
      const { remarks: ____, approvals: _____, runId: ______, ...plain } = fold(alone.filter((event) => !isReview(event)));
      expect(reviewed).toEqual(plain);
    }),
    { numRuns: 100 },
  );
});

test('a flood of remarks and of people is read in a moment, and told', () => {
  const run = ended();
  for (let at = 0; at < 20_000; at += 1) {
    run.actor = { name: `P${String(at)}`, email: null };
    if (at % 2 === 0) run.at(9, { type: 'approval.given', stepId: null, decision: 'approved', note: null }).at(9, { type: 'remark.added', stepId: null, text: 't' });
    else run.at(9, { type: 'step.unticked', stepId: 'a' });
  }
  const began = performance.now();
  const state = fold(run.events);
  expect(performance.now() - began).toBeLessThan(5000);
  expect([state.remarks.length, state.approvals.length, state.unknownEvents, state.drivers.size]).toEqual([1000, 1000, 18_000, 10_001]);
});
