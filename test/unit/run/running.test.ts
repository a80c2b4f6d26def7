import { expect, test } from 'vitest';
import { fold } from '../../../src/core/run/evolve.ts';
import type { RunEvent, RunEventBody } from '../../../src/core/run/events.ts';
import { runningIn, runningOf } from '../../../src/core/run/running.ts';

const start = (executionId: string, stepId: string): RunEventBody => ({ type: 'command.started', executionId, owner: { kind: 'step', stepId }, index: 0, count: 1, sha256: 'x', text: 't', source: null, shell: 'bash', acknowledged: [] });
const end = (executionId: string): RunEventBody => ({ type: 'command.ended', executionId, outcome: { kind: 'exited', code: 0 }, durationMs: 1, environmentCarried: true, outputTail: null });

const folded = (...bodies: readonly RunEventBody[]): ReturnType<typeof fold> =>
  fold(bodies.map((body, at): RunEvent => ({ v: 1, id: `e${String(at)}`, run: 'r', writer: 'w', seq: at + 1, heads: {}, prev: null, time: '2026-01-05T14:00:00.000Z', actor: { name: 'Ada', email: null }, body })));

test('everything without an end runs, in the order in which it began, and each ends by itself', () => {
  const state = folded(start('x1', 'a'), start('x2', 'b'), start('x3', 'c'), end('x2'));
  expect(runningIn(state).map(({ executionId }) => executionId)).toEqual(['x1', 'x3']);
  expect(state.activeExecutionId).toBe('x3');
  const after = folded(start('x1', 'a'), start('x2', 'b'), start('x3', 'c'), end('x2'), end('x3'));
  expect([[...after.running], after.activeExecutionId]).toEqual([['x1'], 'x1']);
});

test('what runs is found by whom it belongs to', () => {
  const state = folded(start('x1', 'a'), start('x2', 'b'));
  expect(runningOf(state, (owner) => owner.kind === 'step' && owner.stepId === 'a')?.executionId).toBe('x1');
  expect(runningOf(state, (owner) => owner.kind === 'rollback')).toBeNull();
  expect(runningOf(null, () => true)).toBeNull();
});
