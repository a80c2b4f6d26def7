import { expect, test } from 'vitest';
import { fold } from '../../../src/core/run/evolve.ts';
import type { CommandOwner, RunEvent, RunEventBody } from '../../../src/core/run/events.ts';
import { latestTails } from '../../../src/core/run/latestTails.ts';

const of = (body: RunEventBody, at: number): RunEvent => ({ v: 1, id: `e${String(at)}`, run: 'r', writer: 'w', seq: at + 1, heads: {}, prev: null, time: '2026-01-05T14:00:00.000Z', actor: { name: 'Ada', email: null }, body });
const ran = (executionId: string, index: number, owner: CommandOwner = { kind: 'step', stepId: 'a' }): readonly RunEventBody[] => [
  { type: 'command.started', executionId, owner, index, count: 2, sha256: '', text: '', source: null, shell: 'sh', acknowledged: [] },
  { type: 'command.ended', executionId, outcome: { kind: 'exited', code: 1 }, durationMs: 1, environmentCarried: true, outputTail: `tail of ${executionId}` },
];

test('what was run again lets go of its last lines; the latest of each command, and of a rollback, keeps them', () => {
  const rollback: RunEventBody = { type: 'rollback.started', rollbackId: 'a', level: 1, title: '', budgetSeconds: null, planSha256: '', commands: [] };
  const state = fold([rollback, ...ran('x1', 0), ...ran('x2', 0), ...ran('x3', 1), ...ran('x4', 0, { kind: 'rollback', rollbackId: 'a' })].map(of));
  const lean = latestTails(state);
  expect([...lean.executions.values()].map(({ outputTail }) => outputTail)).toEqual([null, 'tail of x2', 'tail of x3', 'tail of x4']);
  expect(lean).toEqual({ ...state, executions: new Map([...state.executions].map(([id, execution]) => [id, id === 'x1' ? { ...execution, outputTail: null } : execution])) });
  expect(state.executions.get('x1')?.outputTail).toBe('tail of x1');
  expect(latestTails(lean)).toBe(lean);
});
