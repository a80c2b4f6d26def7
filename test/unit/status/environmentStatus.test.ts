import { describe, expect, it } from 'vitest';
import { deployedLine } from '../../../src/core/status/deployedLine.ts';
import { environmentsIn, statusOf } from '../../../src/core/status/environmentStatus.ts';
import type { StatusFact } from '../../../src/core/status/runFacts.ts';
import { made, minute, runFactsFor } from '../../fakes/statusRuns.ts';

const stated = (minutes: number, values: object): StatusFact => ({ kind: 'stated', at: minute(minutes), ...values });
const rolledBack = (minutes: number): StatusFact => ({ kind: 'rolledBack', at: minute(minutes), name: 'the rollback to level 1' });
const tried = (minutes: number, outcome: 'running' | 'failed'): StatusFact => ({ kind: 'tried', at: minute(minutes), outcome });

describe('what is deployed', () => {
  it('is what was stated last, with its run and time', () => {
    const runs = [runFactsFor('B', [stated(20, { release: '1.8.0', commit: 'abc', schema: '12' })]), runFactsFor('A', [stated(10, { release: '1.7.0' })])];
    expect(statusOf(runs, 'staging')).toMatchObject({ release: { value: '1.8.0', at: minute(20), run: { runId: 'B' } }, commit: { value: 'abc' }, schema: { value: '12' }, unknownSince: null, unfinished: null, runs: 2 });
    expect(statusOf(runs, 'production')).toMatchObject({ release: null, commit: null, schema: null, lastCheck: null, lastBackup: null, runs: 0 });
  });

  it('is not known after a rollback that does not say it, and is known after one that does', () => {
    const before = runFactsFor('A', [stated(10, { release: '1.8.0', schema: '12' })]);
    const silent = statusOf([before, runFactsFor('B', [rolledBack(20)])], 'staging');
    expect(silent).toMatchObject({ release: null, schema: null, unknownSince: { at: minute(20), because: 'the rollback to level 1', run: { runId: 'B' } } });
    expect(statusOf([before, runFactsFor('B', [rolledBack(20), stated(21, { release: '1.7.0' })])], 'staging')).toMatchObject({ release: { value: '1.7.0' }, schema: null, unknownSince: null });
    // Of one that says another thing the release is as unknown as before.
    expect(statusOf([before, runFactsFor('B', [rolledBack(20), stated(21, { schema: '11' })])], 'staging')).toMatchObject({ release: null, schema: { value: '11' }, unknownSince: { at: minute(20) } });
  });

  it('does not carry the commit of one release over to another one', () => {
    const runs = [runFactsFor('A', [stated(10, { release: '1.7.0', commit: 'abc', schema: '11' })]), runFactsFor('B', [stated(20, { release: '1.8.0' })])];
    expect(statusOf(runs, 'staging')).toMatchObject({ release: { value: '1.8.0' }, commit: null, schema: { value: '11' } });
  });

  it('says when a later deployment did not succeed, until one does', () => {
    const before = runFactsFor('A', [stated(10, { release: '1.7.0' })]);
    expect(statusOf([before, runFactsFor('B', [tried(20, 'failed')])], 'staging')).toMatchObject({ release: { value: '1.7.0' }, unfinished: { at: minute(20), outcome: 'failed', run: { runId: 'B' } } });
    expect(statusOf([before, runFactsFor('B', [tried(20, 'failed'), stated(22, { release: '1.8.0' })])], 'staging').unfinished).toBeNull();
  });

  it('is not known after a restore, the schema with it, until a later block says it', () => {
    const before = runFactsFor('A', [stated(10, { release: '1.8.0', schema: '12' })]);
    const restored: StatusFact = { kind: 'restored', at: minute(20), of: 'db', name: 'b-1' };
    expect(statusOf([before, runFactsFor('B', [restored])], 'staging')).toMatchObject({ release: null, schema: null, unknownSince: { because: 'a restore of db', run: { runId: 'B' } } });
    expect(statusOf([before, runFactsFor('B', [restored, stated(20, { release: '1.7.0' })])], 'staging')).toMatchObject({ release: { value: '1.7.0' }, schema: null, unknownSince: null });
    expect(statusOf([runFactsFor('B', [restored])], 'staging').unknownSince).toBeNull();
  });

  it('has a later deployment that goes on or died beside it, also where nothing else is known', () => {
    const before = runFactsFor('A', [stated(10, { release: '1.7.0' })]);
    const now = Date.parse(minute(60));
    expect(deployedLine(statusOf([before, runFactsFor('B', [tried(20, 'running')])], 'staging'), now, 0)).toBe('staging: 1.7.0, and a later deployment began 40 min ago and has not ended (50 min ago)');
    expect(deployedLine(statusOf([runFactsFor('B', [tried(20, 'running')])], 'staging'), now, 2)).toBe('staging: not stated, and a deployment began 40 min ago and has not ended (40 min ago); 2 records are not whole, so there may be more');
  });

  it('was checked only by what was run since it changed', () => {
    const checked = runFactsFor('A', [], { checks: { at: minute(5), passed: 1, failed: 0, unknown: 0 } });
    expect(statusOf([checked, runFactsFor('B', [stated(10, { release: '1.7.0' })])], 'staging').lastCheck).toBeNull();
    expect(statusOf([checked, runFactsFor('B', [stated(4, { release: '1.7.0' })])], 'staging').lastCheck).toMatchObject({ passed: 1 });
  });

  it('is not known when what was to say it had no value', () => {
    expect(statusOf([runFactsFor('A', [stated(10, { release: '1.7.0' }), stated(20, { release: null })])], 'staging')).toMatchObject({ release: null, unknownSince: { at: minute(20) } });
  });
});

describe('the environments', () => {
  it('are those of the runs, by name, and runs without one where they say something', () => {
    const runs = [runFactsFor('A', [], { environment: 'staging' }), runFactsFor('B', [made('x', 1)], { environment: 'production' }), runFactsFor('C', [], { environment: null })];
    expect(environmentsIn(runs).map(({ environment }) => environment)).toEqual(['production', 'staging']);
    expect(environmentsIn([...runs, runFactsFor('D', [made('y', 2)], { environment: null })]).map(({ environment }) => environment)).toEqual(['production', 'staging', null]);
  });

  it('have the last backup that is still there, and what the checks of the latest run said', () => {
    const runs = [
      runFactsFor('A', [made('a', 1), made('b', 2)], { checks: { at: minute(3), passed: 2, failed: 0, unknown: 0 } }),
      runFactsFor('B', [{ kind: 'pruned', at: minute(5), of: 'db', names: ['b'] }], { checks: { at: minute(6), passed: 1, failed: 1, unknown: 0 } }),
    ];
    expect(statusOf(runs, 'staging')).toMatchObject({ lastBackup: { name: 'a', of: 'db', at: minute(1) }, lastCheck: { at: minute(6), passed: 1, failed: 1, run: { runId: 'B' } } });
  });
});
