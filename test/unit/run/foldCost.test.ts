import { describe, expect, test } from 'vitest';
import { fold } from '../../../src/core/run/evolve.ts';
import type { CommandOwner, RunEvent, RunEventBody } from '../../../src/core/run/events.ts';
import { countOperations } from '../../harness/countOperations.ts';

const TIME = '2026-01-05T14:00:00.000Z';
const HASH = 'a'.repeat(64);
const STEP: CommandOwner = { kind: 'step', stepId: 'a' };

const started = (at: number, owner: CommandOwner, count = 1): RunEventBody => ({ type: 'command.started', executionId: `x${String(at)}`, owner, index: 0, count, sha256: HASH, text: '', source: null, shell: 'sh', acknowledged: [] });
const ended = (at: number, code: number): RunEventBody => ({ type: 'command.ended', executionId: `x${String(at)}`, outcome: { kind: 'exited', code }, durationMs: 1, environmentCarried: true, outputTail: null });
const rollback = { type: 'rollback.started', rollbackId: 'r', level: 1, title: '', budgetSeconds: null, planSha256: HASH, commands: [] } satisfies RunEventBody;

/** Runs of which one part grows without end. */
const SHAPES: readonly { readonly shape: string; readonly at: (place: number) => readonly RunEventBody[]; readonly first?: RunEventBody }[] = [
  { shape: 'attempts of one step that fail', at: (at) => [started(at, STEP), ended(at, 1)] },
  { shape: 'attempts of one step that succeed', at: (at) => [started(at, STEP), ended(at, 0)] },
  { shape: 'successes of the first of two commands', at: (at) => [started(at, STEP, 2), ended(at, 0)] },
  { shape: 'starts without an end', at: (at) => [started(at, STEP)] },
  { shape: 'attempts of a step that is taken back', at: (at) => [started(at, STEP), ended(at, 0), { type: 'step.reopened', stepId: 'a' }] },
  { shape: 'commands of one rollback', at: (at) => [started(at, { kind: 'rollback', rollbackId: 'r' }), ended(at, 1)], first: rollback },
  { shape: 'steps', at: (at) => [{ type: 'step.ticked', stepId: `s${String(at)}`, note: null }] },
  { shape: 'edits that were read', at: (at) => [{ type: 'drift.acknowledged', subject: { kind: 'step', stepId: 'a' }, sha256: String(at) }] },
  { shape: 'rollbacks, of which only so many are kept', at: (at) => [{ ...rollback, rollbackId: `r${String(at)}` }, { type: 'rollback.ended', rollbackId: `r${String(at)}`, outcome: 'failed', reason: null }] },
  { shape: 'texts that were taken', at: () => [{ type: 'run.rebased', fromSha256: HASH, textSha256: HASH, renamed: [], reopened: [], kept: [] }] },
];

describe('ten times the events cost about ten times the operations', () => {
  test.each(SHAPES)('$shape', ({ at, first }) => {
    const cost = (times: number): number => {
      const events = [...(first === undefined ? [] : [first]), ...Array.from({ length: times }, (_, place) => at(place)).flat()].map(event);
      return countOperations(() => void fold(events));
    };
    const few = cost(300);
    expect(few).toBeGreaterThan(300);
    expect(cost(3_000) / few).toBeLessThan(20);
  });

  test('and the count would notice a list that is copied for every event', () => {
    const copying = (times: number): number =>
      countOperations(() => {
        let list: readonly number[] = [];
        for (let at = 0; at < times; at += 1) list = [...list, at];
      });
    expect(copying(3_000) / copying(300)).toBeGreaterThan(90);
  });
});

function event(body: RunEventBody, at: number): RunEvent {
  return { v: 1, id: `e${String(at)}`, run: 'r', writer: 'w', seq: at + 1, heads: {}, prev: null, time: TIME, actor: { name: 'Ada', email: null }, body };
}
