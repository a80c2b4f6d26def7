import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fold } from '../../../src/core/run/evolve.ts';
import { PastRunsWatch } from '../../../src/extension/sessions/pastRunsWatch.ts';
import type { PastRun } from '../../../src/node/record/pastRuns.ts';
import { runbookOf, stepOf } from '../../fakes/runbooks.ts';
import { TimedRun } from '../../fakes/timedRun.ts';

const runbook = runbookOf([stepOf('a', { commands: ['make'] })]);
const run = (durationMs: number): PastRun => ({ successes: [{ stepId: 'a', index: 0, text: 'make', durationMs }], rehearsals: [] });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('looks only some time after it was made, then tells', async () => {
  const read = vi.fn(() => Promise.resolve([run(14_000)]));
  const changed = vi.fn();
  const watch = new PastRunsWatch(read);
  watch.onDidChange(changed);
  expect(watch.durationsOf(runbook).size).toBe(0);
  await vi.advanceTimersByTimeAsync(500);
  expect(read).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1000);
  expect(changed).toHaveBeenCalledTimes(1);
  expect(watch.durationsOf(runbook).get('a')).toEqual({ lastMs: 14_000, medianMs: 14_000, count: 1 });
  expect(watch.durationsOf(runbook)).toBe(watch.durationsOf(runbook));
});

it('looks again once when a run has ended', async () => {
  let runs = [run(14_000)];
  const read = vi.fn(() => Promise.resolve(runs));
  const watch = new PastRunsWatch(read);
  await vi.advanceTimersByTimeAsync(1500);
  const events = new TimedRun().started();
  watch.follow(fold(events.events));
  watch.follow(null);
  expect(read).toHaveBeenCalledTimes(1);
  runs = [run(10_000), ...runs];
  const ended = fold(events.at(9, { type: 'run.ended', outcome: 'completed', reason: null }).events);
  watch.follow(ended);
  watch.follow(ended);
  await vi.advanceTimersByTimeAsync(0);
  expect(read).toHaveBeenCalledTimes(2);
  expect(watch.durationsOf(runbook).get('a')).toMatchObject({ lastMs: 10_000, count: 2 });
});

it('is silent where there is nothing, and after its end', async () => {
  const changed = vi.fn();
  const none = new PastRunsWatch(() => Promise.resolve([]));
  none.onDidChange(changed);
  const ended = new PastRunsWatch(() => Promise.resolve([run(1)]));
  ended.onDidChange(changed);
  ended.dispose();
  await vi.advanceTimersByTimeAsync(1500);
  expect(changed).not.toHaveBeenCalled();
});
