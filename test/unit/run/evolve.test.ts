import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evolve, EMPTY_RUN, fold } from '../../../src/core/run/evolve.ts';
import { inOrder } from '../../../src/core/run/history.ts';
import type { RunEvent, RunEventBody } from '../../../src/core/run/events.ts';
import { histories } from '../../fakes/arbitraryEvents.ts';
import { illegalities } from '../../fakes/legalState.ts';

let count = 0;
const of = (body: RunEventBody): RunEvent => ({ v: 1, id: `e${String((count += 1))}`, run: 'r', writer: 'w', seq: count, heads: {}, prev: null, time: '2026-01-05T14:00:00.000Z', actor: { name: 'Ada', email: null }, body });
const start = (executionId: string, index = 0, total = 1): RunEvent =>
  of({ type: 'command.started', executionId, owner: { kind: 'step', stepId: 'a' }, index, count: total, sha256: '', text: '', source: null, shell: 'bash', acknowledged: [] });
const end = (executionId: string, code: number): RunEvent => of({ type: 'command.ended', executionId, outcome: { kind: 'exited', code }, durationMs: 1, environmentCarried: true, outputTail: null });
const lost = (executionId: string): RunEvent => of({ type: 'command.ended', executionId, outcome: { kind: 'lost', reason: '' }, durationMs: null, environmentCarried: null, outputTail: null });
const statusAfter = (...events: readonly RunEvent[]): string | undefined => fold(events).steps.get('a')?.status;

describe('any history', () => {
  test('folds to a legal state, step by step, and never throws', () => {
    fc.assert(
      fc.property(histories, (events) => {
        let state = EMPTY_RUN;
        for (const event of inOrder(events)) {
          state = evolve(state, event);
          expect(illegalities(state)).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('folds at once to what it comes to step by step, and what was folded never changes again', () => {
    fc.assert(
      fc.property(histories, histories, (events, more) => {
        let state = EMPTY_RUN;
        for (const event of inOrder(events)) state = evolve(state, event);
        const folded = fold(events);
        expect(folded).toEqual(state);
        const before = structuredClone(folded);
        for (const event of more) evolve(folded, event);
        expect(folded).toEqual(before);
      }),
      { numRuns: 150 },
    );
    expect(EMPTY_RUN.steps.size + EMPTY_RUN.executions.size + EMPTY_RUN.fields.size).toBe(0);
  });

  test('gives the same state in any order and with repetitions', () => {
    fc.assert(
      fc.property(
        histories.chain((events) => fc.tuple(fc.constant(events), fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 }))),
        ([events, shuffled]) => {
          expect(fold(shuffled)).toEqual(fold(events));
        },
      ),
      { numRuns: 150 },
    );
  });

  test('keeps each writer’s order, and puts what was seen before what saw it', () => {
    fc.assert(
      fc.property(histories, (events) => {
        const places = new Map(inOrder(events).map((event, at) => [`${event.writer} ${String(event.seq)}`, at]));
        expect(places.size).toBe(events.length);
        for (const { writer, seq, heads } of events) {
          const at = places.get(`${writer} ${String(seq)}`) ?? -1;
          if (seq > 1) expect(places.get(`${writer} ${String(seq - 1)}`)).toBeLessThan(at);
          for (const [other, head] of Object.entries(heads)) expect(places.get(`${other} ${String(head)}`)).toBeLessThan(at);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('with heads that run in a circle or point at nothing still comes out whole', () => {
    const one: RunEvent = { ...of({ type: 'step.unticked', stepId: 'a' }), writer: 'x', seq: 1, heads: { y: 1 } };
    const two: RunEvent = { ...of({ type: 'step.unticked', stepId: 'a' }), writer: 'y', seq: 1, heads: { x: 1, z: 99 } };
    expect(inOrder([two, one])).toEqual([one, two]);
  });

  test('long ones are ordered in a moment', () => {
    const many = Array.from({ length: 20_000 }, (_, at): RunEvent => ({ ...of({ type: 'field.filled', name: 'n', value: 'v' }), writer: at % 2 === 0 ? 'x' : 'y', seq: (at >> 1) + 1, heads: at % 2 === 0 ? { y: at >> 1 } : { x: (at >> 1) + 1 } }));
    const began = performance.now();
    expect(inOrder(many)).toHaveLength(20_000);
    expect(performance.now() - began).toBeLessThan(1000);
  });
});

describe('a step', () => {
  test('with a start and no end is running, never done', () => {
    expect(statusAfter(start('x'))).toBe('running');
  });

  test('is done when every one of its commands has succeeded in one attempt', () => {
    expect(statusAfter(start('x', 0, 2), end('x', 0))).toBe('open');
    expect(statusAfter(start('x', 0, 2), end('x', 0), start('y', 1, 2), end('y', 1))).toBe('failed');
    expect(statusAfter(start('x', 0, 2), end('x', 0), start('y', 1, 2), end('y', 1), start('z', 1, 2), end('z', 0))).toBe('done');
    expect(statusAfter(start('x', 0, 2), end('x', 0), of({ type: 'step.reopened', stepId: 'a' }), start('y', 1, 2), end('y', 0))).toBe('open');
  });

  test('that was told to stop is not done, even with code 0', () => {
    expect(statusAfter(start('x'), of({ type: 'command.stopRequested', executionId: 'x', force: false }), end('x', 0))).toBe('failed');
  });

  test('that was lost is unknown until a real end is found; a person’s word stands', () => {
    expect(statusAfter(start('x'), lost('x'))).toBe('unknown');
    expect(statusAfter(start('x'), lost('x'), end('x', 0))).toBe('done');
    expect(statusAfter(start('x'), end('x', 1), lost('x'), end('x', 0))).toBe('failed');
    const forced = fold([start('x'), lost('x'), of({ type: 'step.forced', stepId: 'a', reason: 'seen' }), end('x', 1)]);
    expect(forced.steps.get('a')).toMatchObject({ status: 'done', doneBy: 'forced' });
  });
});

test('of two decisions that did not see each other, No-Go stands until it is reopened', () => {
  const decided = (stepId: string, decision: 'go' | 'no-go'): RunEvent => of({ type: 'gate.decided', stepId, sectionId: 'g', decision });
  const events = [decided('no', 'no-go'), decided('go', 'go')];
  expect(fold(events)).toMatchObject({ noGo: { stepId: 'no', sectionId: 'g' } });
  const reopened = fold([...events, of({ type: 'step.reopened', stepId: 'no' }), decided('go', 'go')]);
  expect(reopened.noGo).toBeNull();
  expect(reopened.gates.get('g')).toEqual({ stepId: 'go', decision: 'go' });
});

test('unknown events are counted and change nothing else', () => {
  const state = fold([of({ type: 'step.blessed' } as unknown as RunEventBody)]);
  expect(state).toEqual({ ...EMPTY_RUN, runId: 'r', unknownEvents: 1 });
});
