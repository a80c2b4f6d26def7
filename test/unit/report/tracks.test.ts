import fc from 'fast-check';
import { expect, test } from 'vitest';
import { timelineOf } from '../../../src/core/report/buildTimeline.ts';
import type { RunEvent, RunEventBody } from '../../../src/core/run/events.ts';
import { timelineView } from '../../../src/core/view/review/timelineView.ts';
import { tracksOf } from '../../../src/core/view/review/timelineTracks.ts';
import { runbookOf, sectionOf, stepOf } from '../../fakes/runbooks.ts';

const bar = (fromMs: number, toMs: number, stepId: string | null = 's'): Parameters<typeof tracksOf>[0][number] => ({ kind: 'command', stepId, fromMs, toMs });

test('what overlaps lies below each other, what follows goes back up', () => {
  expect(tracksOf([bar(0, 10), bar(2, 4), bar(3, 20), bar(5, 6), bar(10, 12)])).toEqual([0, 1, 2, 1, 0]);
});

test('a mark, a rollback and its commands stay on the first line', () => {
  expect(tracksOf([bar(0, 10), { kind: 'mark', stepId: 's', fromMs: 5, toMs: 5 }, { kind: 'rollback', stepId: null, fromMs: 5, toMs: 9 }, bar(5, 9, null)])).toEqual([0, 0, 0, 0]);
});

test('no two bars on one line overlap, and there are as many lines as ever run at once', () => {
  const stretches = fc.array(fc.tuple(fc.nat(50), fc.integer({ min: 1, max: 20 })), { maxLength: 12 });
  fc.assert(
    fc.property(stretches, (list) => {
      const bars = list.sort((a, b) => a[0] - b[0]).map(([from, length]) => bar(from, from + length));
      const tracks = tracksOf(bars);
      const overlap = (a: number, b: number): boolean => (bars[a]?.fromMs ?? 0) < (bars[b]?.toMs ?? 0) && (bars[b]?.fromMs ?? 0) < (bars[a]?.toMs ?? 0);
      for (const [a, track] of tracks.entries()) for (const [b, other] of tracks.entries()) expect(a !== b && track === other && overlap(a, b)).toBe(false);
      const most = Math.max(0, ...bars.map(({ fromMs }) => bars.filter((each) => each.fromMs <= fromMs && each.toMs > fromMs).length));
      expect(Math.max(-1, ...tracks) + 1).toBe(most);
    }),
  );
});

const RUNBOOK = runbookOf([stepOf('serve', { commands: ['serve'], background: true, sectionId: 'one' }), stepOf('a', { commands: ['a'], sectionId: 'one' }), stepOf('b', { commands: ['b'], sectionId: 'one' })], { sections: [sectionOf('one', { role: 'phase', budgetSeconds: 60 })] });

function at(seconds: number, seq: number, body: RunEventBody): RunEvent {
  return { v: 1, id: `e${String(seq)}`, run: 'r', writer: 'w', seq, heads: {}, prev: null, time: new Date(Date.UTC(2026, 0, 5, 14, 0, seconds)).toISOString(), actor: { name: 'Ada', email: null }, body };
}
const start = (stepId: string, place: { readonly background?: true; readonly lane?: number }): RunEventBody => ({ type: 'command.started', executionId: `x-${stepId}`, owner: { kind: 'step', stepId }, index: 0, count: 1, sha256: 'x', text: stepId, source: null, shell: 'bash', acknowledged: [], ...place });
const end = (stepId: string, durationMs: number, outcome: Extract<RunEventBody, { type: 'command.ended' }>['outcome'] = { kind: 'exited', code: 0 }): RunEventBody => ({ type: 'command.ended', executionId: `x-${stepId}`, outcome, durationMs, environmentCarried: false, outputTail: null });

const EVENTS: readonly RunEvent[] = [
  { type: 'run.started', title: 'Deploy', file: 'f', textSha256: 'x', git: null } as const,
  start('serve', { background: true }),
  { type: 'command.stayedUp', executionId: 'x-serve' } as const,
  start('a', { lane: 1 }),
  start('b', { lane: 2 }),
  end('a', 5_000),
  end('b', 10_000),
  { type: 'command.stopRequested', executionId: 'x-serve', force: false } as const,
  end('serve', 600_000, { kind: 'cancelled', code: 130 }),
].map((body, place) => at([0, 1, 3, 4, 4, 9, 14, 600, 601][place] ?? 0, place + 1, body));

test('what ran in the background makes neither its phase longer nor a wait shorter', () => {
  const timeline = timelineOf(RUNBOOK, EVENTS);
  expect(timeline.phases).toMatchObject([{ fromMs: 1_000, toMs: 14_000, isOverBudget: false }]);
  expect(timeline.waits).toEqual([{ fromMs: 14_000, toMs: 601_000 }]);
  expect(timeline.bars.map(({ words }) => words)).toEqual([expect.stringMatching(/^stopped, exit 130 after 10 m, in the background$/), 'exit 0 after 5.0 s, beside others, in terminal 1', 'exit 0 after 10 s, beside others, in terminal 2']);
});

test('what stayed up until it was stopped has not failed; what was stopped before is no success', () => {
  const outcomeOf = (events: readonly RunEvent[]): string | undefined => timelineOf(RUNBOOK, events).bars[0]?.outcome;
  expect([outcomeOf(EVENTS), outcomeOf(EVENTS.filter(({ body }) => body.type !== 'command.stayedUp'))]).toEqual(['neutral', 'cancelled']);
});

test('a row is as high as what overlaps in it', () => {
  const view = timelineView(timelineOf(RUNBOOK, EVENTS), RUNBOOK, (iso) => iso.slice(11, 16));
  expect(view?.rows.map(({ tracks, bars }) => [tracks, bars.map(({ track }) => track)])).toEqual([[3, [0, 1, 2]]]);
});
