import type { Integrity } from '../../src/core/record/integrity.ts';
import { timelineOf } from '../../src/core/report/buildTimeline.ts';
import { fold } from '../../src/core/run/evolve.ts';
import type { Actor, RunEvent } from '../../src/core/run/events.ts';
import { inOrder } from '../../src/core/run/history.ts';
import { recordedRunbook } from '../../src/core/view/review/recordedRunbook.ts';
import type { ReviewInput } from '../../src/core/view/review/reviewInput.ts';
import { orders } from './reportedRuns.ts';

export const mary: Actor = { name: 'Mary', email: 'mary@example.org' };

/** A record that is looked at by Mary, complete, with the text that it names. */
export function reviewOf(events: readonly RunEvent[], more: Partial<ReviewInput> = {}): ReviewInput {
  const state = fold(events);
  const runbook = recordedRunbook(more.text === undefined || more.text === 'kept' ? orders : null, state);
  const integrity: Integrity = { findings: [], anchor: { kind: 'notCommitted' } };
  return {
    runbook, state, events: inOrder(events), integrity, timeline: timelineOf(runbook, events), text: 'kept', reviewer: mary,
    lockedBecause: null, prompt: null, error: null, formatTime: (iso) => iso.slice(11, 16), ...more,
  };
}

/** The same record with more in it, each event so many seconds after two o'clock. */
export function withWords(events: readonly RunEvent[], ...said: readonly RunEvent['body'][]): readonly RunEvent[] {
  const [first] = events;
  if (first === undefined) return events;
  return [...events, ...said.map((body, at): RunEvent => ({ ...first, id: `said-${String(at)}`, writer: 'mary', seq: at + 1, heads: { w: events.length }, time: `2026-01-05T15:0${String(at)}:00.000Z`, actor: mary, body }))];
}
