import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../src/core/run/events.ts';
import { timelineOf } from '../../../src/core/report/buildTimeline.ts';
import type { Timeline } from '../../../src/core/report/timeline.ts';
import { histories } from '../../fakes/arbitraryEvents.ts';
import { levelOf, runbookOf, sectionOf, stepOf } from '../../fakes/runbooks.ts';
import { TimedRun } from '../../fakes/timedRun.ts';

const runbook = runbookOf(
  [
    stepOf('a', { title: 'Build', sectionId: 'one', commands: ['make'], estimate: { seconds: 60, words: '1 min' } }),
    stepOf('b', { title: 'Look', sectionId: 'two' }),
    stepOf('go', { kind: 'gate', decision: 'go', sectionId: 'g' }),
    stepOf('no', { kind: 'gate', decision: 'no-go', sectionId: 'g' }),
  ],
  {
    sections: [
      sectionOf('top', { depth: 1 }),
      sectionOf('one', { role: 'phase', parentId: 'top', title: 'Canary', budgetSeconds: 120 }),
      sectionOf('two', { depth: 3, parentId: 'one' }),
      sectionOf('g', { role: 'gate', parentId: 'top' }),
      sectionOf('back', { role: 'rollback', parentId: 'top' }),
    ],
    rollbackLevels: [levelOf(1, ['undo'], [], { sectionId: 'back', budgetSeconds: 60 })],
  },
);
const rollback = { type: 'rollback.started', rollbackId: 'r1', level: 1, title: 'Toggle', budgetSeconds: 60, planSha256: 'x', commands: [] } as const;
const bars = (timeline: Timeline): readonly string[] => timeline.bars.map(({ kind, label, fromMs, toMs, outcome, words }) => `${kind} ${label} ${String(fromMs)}-${String(toMs)} ${outcome}: ${words}`);

describe('a run drawn to scale', () => {
  it('has commands, what persons said, phases and the waits between', () => {
    const run = new TimedRun().started().begins(10, 'x1', 'a').ends(40, 'x1', 1).begins(50, 'x2', 'a').ends(131, 'x2', 0, { durationMs: 80_500 });
    run.at(140, { type: 'step.ticked', stepId: 'b', note: null }).at(150, { type: 'gate.decided', stepId: 'no', sectionId: 'g', decision: 'no-go' }).at(200, { type: 'run.ended', outcome: 'stopped', reason: null });
    const timeline = timelineOf(runbook, run.events);
    expect(bars(timeline)).toEqual([
      'command Build 10000-40000 failed: exit 1 after 30 s',
      'command Build 50000-130500 succeeded: exit 0 after 1 m 21 s, attempt 2',
      'mark Look 140000-140000 succeeded: ticked by Ada',
      'mark Step no 150000-150000 neutral: No-Go by Ada',
    ]);
    expect(timeline.bars.map(({ isOverBudget }) => isOverBudget)).toEqual([false, true, false, false]);
    expect(timeline).toMatchObject({ startedAt: '2026-01-05T14:00:00.000Z', totalMs: 200_000, isOpen: false, isClockUncertain: false });
    expect(timeline.phases).toEqual([
      { sectionId: 'one', title: 'Canary', fromMs: 10_000, toMs: 140_000, budgetSeconds: 120, isOverBudget: true },
      { sectionId: 'g', title: 'Section g', fromMs: 150_000, toMs: 150_000, budgetSeconds: null, isOverBudget: false },
    ]);
    expect(timeline.waits).toEqual([{ fromMs: 0, toMs: 10_000 }, { fromMs: 40_000, toMs: 50_000 }, { fromMs: 130_500, toMs: 200_000 }]);
  });

  it('draws a rollback over its budget, with its commands', () => {
    const run = new TimedRun().started().at(10, rollback).undoes(11, 'x1', 'r1').ends(80, 'x1').at(81, { type: 'rollback.ended', rollbackId: 'r1', outcome: 'succeeded', reason: null }).at(90, { type: 'run.ended', outcome: 'rolled-back', reason: null });
    const timeline = timelineOf(runbook, run.events);
    expect(bars(timeline)).toEqual([
      'rollback Rollback to level 1: Toggle 10000-81000 succeeded: succeeded after 1 m 11 s, over its budget of 1 min',
      'command undo 11000-80000 succeeded: exit 0 after 1 m 9 s',
    ]);
    expect(timeline.bars[0]).toMatchObject({ stepId: null, sectionId: 'back', budgetSeconds: 60, isOverBudget: true });
    expect(timeline.phases.map(({ sectionId }) => sectionId)).toEqual(['back']);
  });

  it('lets what runs reach to the last event, and does not know the end of what is lost', () => {
    const open = timelineOf(runbook, new TimedRun().started().begins(10, 'x1', 'a').at(100, { type: 'step.ticked', stepId: 'b', note: null }).events);
    expect(open).toMatchObject({ isOpen: true, totalMs: 100_000, waits: [{ fromMs: 0, toMs: 10_000 }], phases: [{ fromMs: 10_000, toMs: 100_000 }] });
    expect(open.bars[0]).toMatchObject({ toMs: null, outcome: 'running', words: 'running', isOverBudget: true });
    const lost = timelineOf(runbook, new TimedRun().started().begins(10, 'x1', 'a').ends(50, 'x1', { kind: 'lost', reason: 'r' }).at(100, { type: 'run.ended', outcome: 'abandoned', reason: 'r' }).events);
    expect(lost.bars[0]).toMatchObject({ toMs: null, outcome: 'unknown', words: 'end unknown', isOverBudget: false });
    // Nobody may say that nothing ran until it was given up.
    expect(lost.waits).toEqual([{ fromMs: 0, toMs: 10_000 }, { fromMs: 50_000, toMs: 100_000 }]);
    const without = timelineOf(runbook, new TimedRun().started().begins(10, 'x1', 'a').at(100, { type: 'run.ended', outcome: 'abandoned', reason: 'r' }).events);
    expect(without.bars[0]).toMatchObject({ toMs: null, outcome: 'unknown' });
  });

  it('takes the measured time where the end was found later, and is not made longer by what is said after the end', () => {
    const run = new TimedRun().started().begins(10, 'x1', 'a').ends(3600, 'x1', 0, { durationMs: 20_000 }).at(3700, { type: 'run.ended', outcome: 'completed', reason: null }).at(99_999, { type: 'field.filled', name: 'n', value: 'v' });
    const timeline = timelineOf(runbook, run.events);
    expect(timeline).toMatchObject({ totalMs: 3_700_000, isClockUncertain: false, bars: [{ toMs: 30_000 }] });
  });

  it('says that clocks contradict the order, and keeps the order', () => {
    const back = new TimedRun().started().begins(100, 'x1', 'a').ends(-3600, 'x1', 0, { durationMs: 5000 }).at(-3500, { type: 'step.ticked', stepId: 'b', note: null });
    const timeline = timelineOf(runbook, back.events);
    expect(timeline.isClockUncertain).toBe(true);
    expect(bars(timeline)).toEqual(['command Build 100000-105000 succeeded: exit 0 after 5.0 s', 'mark Look 0-0 succeeded: ticked by Ada']);
    const slow = new TimedRun().started().begins(10, 'x1', 'a').ends(12, 'x1', 0, { durationMs: 9000 });
    expect(timelineOf(runbook, slow.events)).toMatchObject({ isClockUncertain: true, totalMs: 19_000 });
    const [first, ...others] = new TimedRun().started().begins(10, 'x1', 'a').events as [RunEvent, ...RunEvent[]];
    const other: RunEvent = { ...first, id: 'o', writer: 'v', heads: { w: 2 }, body: { type: 'step.ticked', stepId: 'b', note: null } };
    expect(timelineOf(runbook, [first, ...others, other]).isClockUncertain).toBe(true);
    expect(timelineOf(runbook, [first, ...others, { ...other, heads: {} }]).isClockUncertain).toBe(false);
  });

  it('is empty without events', () => {
    expect(timelineOf(runbook, [])).toEqual({ startedAt: '', totalMs: 0, isOpen: true, isClockUncertain: false, phases: [], bars: [], waits: [] });
  });
});

const times = fc.oneof(fc.integer({ min: -1e6, max: 1e6 }), fc.integer({ min: -8e15, max: 8e15 })).map((ms) => new Date(Math.max(-8.64e15, Math.min(8.64e15, Date.UTC(2026, 0, 5) + ms))).toISOString());
const durations = fc.constantFrom(null, 0, 1, 90_000, -5, 1e300, Number.MAX_SAFE_INTEGER);
const timed = histories.chain((events) =>
  fc.array(fc.record({ time: fc.oneof(times, fc.constant('not a time')), durationMs: durations }), { minLength: events.length, maxLength: events.length }).map((facts) =>
    events.map((event, place): RunEvent => {
      const { time, durationMs } = facts[place] ?? { time: '', durationMs: null };
      return { ...event, time, body: event.body.type === 'command.ended' ? { ...event.body, durationMs } : event.body };
    }),
  ),
);

describe('whatever the events are', () => {
  it('everything is in range, nothing is negative, and no wait overlaps another', () => {
    fc.assert(
      fc.property(timed, (events) => {
        const { totalMs, bars, phases, waits } = timelineOf(runbook, events);
        expect(Number.isFinite(totalMs) && totalMs >= 0).toBe(true);
        for (const { fromMs, toMs } of [...bars, ...phases, ...waits]) {
          expect(fromMs).toBeGreaterThanOrEqual(0);
          expect(toMs ?? fromMs).toBeGreaterThanOrEqual(fromMs);
          expect(toMs ?? fromMs).toBeLessThanOrEqual(totalMs);
        }
        for (const { kind, fromMs, toMs } of bars) if (kind === 'mark') expect(toMs).toBe(fromMs);
        waits.forEach(({ fromMs }, place) => expect(fromMs).toBeGreaterThanOrEqual(waits[place - 1]?.toMs ?? 0));
        expect(waits.length).toBeLessThan(100);
      }),
    );
  });

  it('is the same for any permutation and repetition of them', () => {
    fc.assert(
      fc.property(
        timed.chain((events) => fc.tuple(fc.constant(events), fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2, maxLength: events.length * 2 }))),
        ([events, mixed]) => {
          expect(timelineOf(runbook, mixed)).toEqual(timelineOf(runbook, events));
        },
      ),
    );
  });

  it('takes 100,000 events (one that looks at all of them for each would not come to an end here)', () => {
    const run = new TimedRun().started();
    for (let at = 0; at < 50_000; at += 1) run.begins(at, `x${String(at)}`, 'a').ends(at + 0.5, `x${String(at)}`);
    const timeline = timelineOf(runbook, run.events);
    expect(timeline.bars).toHaveLength(50_000);
    expect(timeline.bars.at(-1)?.words).toBe('exit 0 after 0.5 s, attempt 50000');
  }, 10_000);
});
