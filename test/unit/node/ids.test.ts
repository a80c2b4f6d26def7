import { createHash } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { SystemIds } from '../../../src/node/idSource.ts';
import { systemClock } from '../../../src/node/systemClock.ts';

test('run ids sort by the time of their making, also within a millisecond and when the clock goes back', () => {
  let now = Date.UTC(2026, 0, 5);
  const ids = new SystemIds(() => now);
  const made: string[] = [];
  for (const step of [0, 0, 0, 1, -5000, 0, 10_000]) {
    now += step;
    made.push(ids.runId());
  }
  expect([...made].sort()).toEqual(made);
  expect(new Set(made).size).toBe(made.length);
  for (const id of made) expect(id).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
});

test('hashes are over UTF-8', () => {
  expect(new SystemIds().sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  expect(new SystemIds().sha256('\u00fc')).toBe(createHash('sha256').update(Buffer.from([0xc3, 0xbc])).digest('hex'));
});

test('a timer that is longer than the system takes rings once, in the end; a cancelled one never', () => {
  vi.useFakeTimers();
  try {
    let rings = 0;
    systemClock.after(2 ** 31 + 500, () => (rings += 1));
    systemClock.after(100, () => (rings += 100))();
    vi.advanceTimersByTime(2 ** 31 - 1);
    expect(rings).toBe(0);
    vi.advanceTimersByTime(600);
    expect(rings).toBe(1);
  } finally {
    vi.useRealTimers();
  }
});
