import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateTrigger, type Condition } from '../../../src/core/monitor/evaluateTrigger.ts';
import { sampleOf, type Sample } from '../../../src/core/monitor/sample.ts';

const EVERY = 30;
const NOW = 1_000_000_000;
const over: Condition = { operator: '>', value: 5, unit: '%', forSeconds: 300 };
const at = (secondsAgo: number, value: number | null, problem = 'exit 1'): Sample => ({ at: NOW - secondsAgo * 1000, value, unit: '%', problem: value === null ? problem : null });
/** A value every 30 s, the oldest so many seconds ago. */
const series = (from: number, value: (secondsAgo: number) => number | null): readonly Sample[] => Array.from({ length: from / EVERY + 1 }, (_, place) => at(from - place * EVERY, value(from - place * EVERY)));
const judge = (samples: readonly Sample[], condition = over): ReturnType<typeof evaluateTrigger> => evaluateTrigger(condition, samples, NOW, EVERY);

describe('a trigger', () => {
  it('holds when every value of its time says so', () => {
    expect(judge(series(300, () => 6))).toEqual({ kind: 'holds', since: NOW - 300_000 });
    expect(judge(series(0, () => 6), { ...over, forSeconds: null })).toEqual({ kind: 'holds', since: NOW });
  });

  it('does not hold as soon as one value says no', () => {
    expect(judge(series(600, (ago) => (ago === 0 ? 5 : 9)))).toEqual({ kind: 'not' });
    expect(judge(series(600, (ago) => (ago === 150 ? 5 : 9)))).toEqual({ kind: 'not' });
    expect(judge(series(600, (ago) => (ago === 330 ? 5 : 9)))).toMatchObject({ kind: 'holds' });
  });

  it.each<[string, readonly Sample[], string]>([
    ['nothing was measured', [], 'no value'],
    ['nothing but failures came', [at(0, null)], 'no value: exit 1'],
    ['it was not watched for long enough', series(120, () => 9), 'watched for 2 min of the 5 min'],
    ['there is a gap', series(600, (ago) => (ago > 90 && ago < 210 ? null : 9)), 'nothing was seen for 2 min of the 5 min'],
    ['the latest value is old', series(600, (ago) => (ago < 90 ? null : 9)), 'no value for 90 s'.replace('90 s', '1.5 min') + ': exit 1'],
    ['the clock went back', [at(0, 9), at(-60, 9), at(30, 9)], 'the clock went back'],
  ])('says that nobody can say when %s', (_, samples, why) => {
    expect(judge(samples)).toEqual({ kind: 'inconclusive', why });
  });

  it('does not compare other units', () => {
    expect(judge([{ at: NOW, value: 9, unit: 'ms', problem: null }])).toMatchObject({ kind: 'inconclusive', why: 'it is measured in ms and not in %' });
  });

  it('bridges one value that did not come', () => {
    expect(judge(series(300, (ago) => (ago === 150 ? null : 9)))).toMatchObject({ kind: 'holds' });
  });
});

const samples = fc.array(fc.record({ gap: fc.integer({ min: 1, max: 150 }), value: fc.option(fc.integer({ min: 0, max: 10 }), { freq: 4 }) }), { maxLength: 40 }).map((list) => {
  let ago = list.reduce((sum, { gap }) => sum + gap, 0);
  return list.map(({ gap, value }) => at((ago -= gap), value));
});

describe('whatever the values are', () => {
  it('it holds only if no value of its time says no, there is no gap, and all of its time was watched', () => {
    fc.assert(
      fc.property(samples, fc.constantFrom(0, 60, 300), (taken, forSeconds) => {
        const found = evaluateTrigger({ ...over, forSeconds }, taken, NOW, EVERY);
        if (found.kind !== 'holds') return;
        const values = taken.filter(({ value }) => value !== null);
        const inside = values.filter(({ at: time }) => time >= found.since);
        expect(found.since).toBeLessThanOrEqual(NOW - forSeconds * 1000);
        expect(inside.every(({ value }) => (value ?? 0) > 5)).toBe(true);
        const times = [...inside.map(({ at: time }) => time), NOW];
        expect(times.every((time, place) => place === 0 || time - (times[place - 1] ?? 0) <= 2 * EVERY * 1000)).toBe(true);
      }),
    );
  });

  it('an unbroken series that meets it holds, and the opposite condition does not', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 6, max: 100 }), { minLength: 11, maxLength: 60 }), (values) => {
        const taken = values.map((value, place) => at((values.length - 1 - place) * EVERY, value));
        expect(judge(taken).kind).toBe('holds');
        expect(judge(taken, { ...over, operator: '<=' })).toEqual({ kind: 'not' });
      }),
    );
  });

  it('values from before its time, and failures among them, change nothing', () => {
    fc.assert(
      fc.property(samples, (earlier) => {
        const taken = series(300, () => 9);
        expect(judge([...earlier.map((sample) => ({ ...sample, at: sample.at - 10_000_000 })), ...taken])).toEqual({ kind: 'holds', since: NOW - 300_000 });
      }),
    );
  });
});

describe('a sample', () => {
  const exited = (stdout: string, code = 0): Sample => sampleOf({ kind: 'exited', code, stdout }, NOW, null);

  it.each<[string, number, string | null]>([['4.2\n', 4.2, null], ['noise\n 12 %\n\n', 12, '%'], ['-3', -3, null], ['1e3ms', 1000, 'ms'], ['.5', 0.5, null], ['7 req/s', 7, 'req/s']])('is the number on the last line of %j', (stdout, value, unit) => {
    expect(exited(stdout)).toEqual({ at: NOW, value, unit, problem: null });
  });

  it.each(['', '\n', 'NaN', 'Infinity', '0x10', '1,5', '5 of 10', 'error: 5', '5 % %', '1e999', '--5', '5; rm -rf /'])('is no value for %j', (stdout) => {
    expect(exited(stdout)).toMatchObject({ value: null, problem: expect.any(String) as string });
  });

  it('is no value when the command did not succeed, whatever it printed', () => {
    expect(exited('5', 3)).toMatchObject({ value: null, problem: 'exit 3' });
    expect(sampleOf({ kind: 'timedOut', afterSeconds: 10 }, NOW, null)).toMatchObject({ value: null, problem: 'no answer within 10 s' });
    expect(sampleOf({ kind: 'exited', code: 0, stdout: '5 ms' }, NOW, '%')).toMatchObject({ value: null, problem: 'it printed ms and not %' });
  });
});
