import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextStep, waitOf, waitWords } from '../../../src/core/run/order.ts';
import { naturalEnd } from '../../../src/core/run/decideEnd.ts';
import { isSoaking, runningSoaks, soakAt, soakPlaces } from '../../../src/core/run/soak.ts';
import { stepContent } from '../../../src/core/run/drift/content.ts';
import { runbookOf, sectionOf, stepOf } from '../../fakes/runbooks.ts';
import { PureRun } from '../../fakes/runs.ts';

const HOUR = 3_600_000;
const soak = { seconds: 4 * 3600, words: '4h' };
const BOOK = runbookOf(
  [stepOf('a', { sectionId: 'staging' }), stepOf('b', { sectionId: 'staging' }), stepOf('c', { sectionId: 'live' }), stepOf('stop', { kind: 'gate', decision: 'no-go', sectionId: 'gate' }), stepOf('go', { kind: 'gate', decision: 'go', sectionId: 'gate' })],
  { sections: [sectionOf('staging', { title: 'Staging', soak }), sectionOf('live'), sectionOf('gate', { role: 'gate' })] },
);
const [PLACE] = soakPlaces(BOOK);
const step = (id: string): (typeof BOOK.steps)[number] => BOOK.steps.find((each) => each.id === id) ?? stepOf(id);
const waits = (run: PureRun, id: string): string | null => {
  const wait = waitOf(run.runbook, run.state, run.runbook.steps.find((each) => each.id === id) ?? stepOf(id), run.now);
  return wait === null ? null : waitWords(wait);
};
const ids = (run: PureRun): readonly string[] => (run.state === null ? [] : runningSoaks(run.runbook, run.state, run.now).map(({ title }) => title));

/** The section is settled, its last step an hour after the first. */
function settled(): PureRun {
  const run = new PureRun(BOOK);
  run.tick('a');
  run.now += HOUR;
  run.tick('b');
  return run;
}

describe('a soak', () => {
  it('begins when all of its section is settled, and what stands behind waits before and during it', () => {
    const run = new PureRun(BOOK);
    run.tick('a');
    expect(waits(run, 'b')).toBeNull();
    expect(waits(run, 'c')).toBe('waits for Staging and its soak of 4 h');
    expect(nextStep(BOOK, run.state, run.now)?.id).toBe('b');
    run.now += HOUR;
    run.tick('b');
    run.now += HOUR;
    expect(waits(run, 'c')).toBe('waits for the soak of Staging, 3 h left');
    expect(nextStep(BOOK, run.state, run.now)?.id).toBe('c');
    expect(() => run.tick('c')).toThrow('“Step c” waits for the soak of Staging, 3 h left. Nothing was done.');
    run.now += 3 * HOUR;
    run.tick('c');
    expect(run.state?.steps.get('c')?.status).toBe('done');
  });

  it('never holds up No-Go, and holds up Go', () => {
    const run = settled();
    expect(() => run.do({ type: 'decideGate', stepId: 'go', decision: 'go' })).toThrow('waits for the soak of Staging');
    run.do({ type: 'decideGate', stepId: 'stop', decision: 'no-go' });
    expect(run.state?.noGo?.stepId).toBe('stop');
  });

  it('counts from the time of its last step, is over when that is opened again, and begins anew', () => {
    const run = settled();
    run.now += 2 * HOUR;
    run.do({ type: 'untick', stepId: 'b' });
    expect(ids(run)).toEqual([]);
    expect(waits(run, 'c')).toBe('waits for Staging and its soak of 4 h');
    run.tick('b');
    expect(waits(run, 'c')).toBe('waits for the soak of Staging, 4 h left');
  });

  it('is none when all was skipped: nothing was done that could be watched', () => {
    const run = new PureRun(BOOK);
    for (const stepId of ['a', 'b']) run.do({ type: 'skip', stepId, reason: 'not now' });
    expect(waits(run, 'c')).toBeNull();
    expect(ids(run)).toEqual([]);
  });

  it('can be ended early with a reason, once, and only that one soak', () => {
    const run = settled();
    const end = { type: 'endSoak', subject: { kind: 'section', sectionId: 'staging' }, reason: 'no traffic to watch' } as const;
    expect(() => run.do({ ...end, reason: ' ' })).toThrow('a reason is needed');
    expect(run.do(end)).toEqual([{ type: 'soak.endedEarly', subject: end.subject, since: '2026-01-05T15:00:00.000Z', until: '2026-01-05T19:00:00.000Z', reason: end.reason }]);
    expect(waits(run, 'c')).toBeNull();
    expect(() => run.do(end)).toThrow('No soak is going on there');
    run.now += HOUR;
    run.do({ type: 'untick', stepId: 'b' });
    run.tick('b');
    expect(waits(run, 'c')).toBe('waits for the soak of Staging, 4 h left');
  });

  it('holds up the end of the run', () => {
    const book = runbookOf([stepOf('only', { soak })]);
    const run = new PureRun(book);
    run.tick('only');
    expect(naturalEnd(book, run.state ?? never(), run.now)).toBeNull();
    expect(() => run.do({ type: 'endRun', outcome: 'completed', reason: null })).toThrow('the soak of “Step only” is not over');
    run.now += 4 * HOUR;
    run.do({ type: 'endRun', outcome: 'completed', reason: null });
    expect(run.state?.ended?.outcome).toBe('completed');
  });

  it('is waited for by nobody once the way forward is left', () => {
    const run = settled();
    run.do({ type: 'decideGate', stepId: 'stop', decision: 'no-go' });
    expect(naturalEnd(BOOK, run.state ?? never(), run.now)).toBe('stopped');
    run.do({ type: 'endRun', outcome: 'stopped', reason: null });
    expect(run.state?.ended?.outcome).toBe('stopped');
  });

  it('is waited for by what requires its step, wherever that stands', () => {
    const book = runbookOf([stepOf('early', { requires: ['late'] }), stepOf('late', { soak })]);
    const run = new PureRun(book);
    run.tick('late');
    expect(waits(run, 'early')).toBe('waits for the soak of Step late, 4 h left');
  });

  it('is a part of the first step behind it, so that a shorter one has to be read', () => {
    expect(stepContent(BOOK, step('c')).attributes).toContain('After the soak of Staging: 4h');
    expect(stepContent(BOOK, step('go')).attributes.join()).not.toContain('soak');
  });
});

describe('clocks', () => {
  it('a clock that is set back makes a soak longer, and never more than it was', () => {
    const run = settled();
    run.now -= 48 * HOUR;
    expect(ids(run)).toEqual(['Staging']);
    expect(waits(run, 'c')).toBe('waits for the soak of Staging, 4 h left');
  });

  it('the latest time in the section counts, whatever the order of its events', () => {
    const run = new PureRun(BOOK);
    run.tick('a');
    run.now -= 3 * HOUR;
    run.tick('b');
    expect(PLACE === undefined || run.state === null ? null : soakAt(BOOK, run.state, PLACE)?.since).toBe('2026-01-05T14:00:00.000Z');
  });

  it('is over only if as much time as was asked for has passed since each of its steps', () => {
    fc.assert(
      fc.property(fc.integer({ min: -100, max: 100 }), fc.integer({ min: -100, max: 200 }), (between, after) => {
        const run = new PureRun(BOOK);
        const first = run.now;
        run.tick('a');
        run.now += between * (HOUR / 4);
        const second = run.now;
        run.tick('b');
        run.now += after * (HOUR / 4);
        const passed = run.now - Math.max(first, second);
        const found = PLACE === undefined || run.state === null ? null : soakAt(BOOK, run.state, PLACE);
        expect(found === null ? null : isSoaking(found, run.now)).toBe(passed < 4 * HOUR);
      }),
    );
  });

  it('without a clock no soak is over', () => {
    expect(waitOf(BOOK, settled().state, step('c'))).toMatchObject({ kind: 'soak', leftMs: null });
  });
});

function never(): never {
  throw new Error('there is no run');
}
