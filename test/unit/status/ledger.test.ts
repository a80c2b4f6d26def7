import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { restoredWords } from '../../../src/core/status/askBackups.ts';
import { backupToRestore, isOfPackage, ledgerOf, pruningOf } from '../../../src/core/status/ledger.ts';
import type { RunFacts, StatusFact } from '../../../src/core/status/runFacts.ts';
import { made, minute, runFactsFor } from '../../fakes/statusRuns.ts';

const names = (runs: readonly RunFacts[], state: string): readonly string[] => ledgerOf(runs, 'staging').filter((each) => each.state === state).map(({ name }) => name);

describe('the ledger of backups', () => {
  it('is in the order of time, whatever the order of the runs', () => {
    const runs = [runFactsFor('C', [made('third', 30)]), runFactsFor('A', [made('first', 10), made('fourth', 40)]), runFactsFor('B', [made('second', 20)])];
    expect(ledgerOf(runs, 'staging').map(({ name }) => name)).toEqual(['first', 'second', 'third', 'fourth']);
  });

  it('keeps environments, and runs without one, apart', () => {
    const runs = [runFactsFor('A', [made('s', 1)]), runFactsFor('B', [made('p', 2)], { environment: 'production' }), runFactsFor('C', [made('n', 3)], { environment: null })];
    expect(['staging', 'production', null].map((name) => ledgerOf(runs, name).map((each) => each.name))).toEqual([['s'], ['p'], ['n']]);
  });

  it('takes out what was pruned or undone, and takes a name that is made again for the later one', () => {
    const runs = [runFactsFor('A', [made('a', 1), made('b', 2), made('c', 3)]), runFactsFor('B', [{ kind: 'pruned', at: minute(4), of: 'db', names: ['a'] }, { kind: 'undone', at: minute(5), of: 'db', name: 'b' }, made('a', 6)])];
    expect(names(runs, 'kept')).toEqual(['c', 'a']);
    expect(names(runs, 'undone')).toEqual(['b']);
    expect(backupToRestore(ledgerOf(runs, 'staging'), 'db', runs, 'A')?.name).toBe('c');
    expect(backupToRestore(ledgerOf(runs, 'staging'), 'db', runs, 'nobody')?.name).toBe('a');
  });

  it('leaves what an open run made, however old, and never takes that of another kind', () => {
    const runs = [runFactsFor('A', [made('old', 1)], { isOpen: true }), runFactsFor('B', [made('b', 2), made('c', 3), made('other', 0, 'files')]), runFactsFor('C', [made('d', 4)])];
    const { goes, stays } = pruningOf(ledgerOf(runs, 'staging'), 'db', 2);
    expect(goes.map(({ name }) => name)).toEqual(['b']);
    expect(stays.map(({ backup, because }) => [backup.name, because])).toEqual([['old', 'openRun'], ['c', 'kept'], ['d', 'kept']]);
    expect(pruningOf(ledgerOf(runs, 'staging'), 'db', null).goes).toEqual([]);
  });
});

it('counts what another run of a package made as made by the run, and leaves it while one of them goes on', () => {
  const runs = [runFactsFor('ROOT', [], { isOpen: true }), runFactsFor('PART', [made('part', 1)], { partOf: 'ROOT' }), runFactsFor('X', [made('b', 2), made('newest', 3)])];
  const ledger = ledgerOf(runs, 'staging');
  expect(backupToRestore(ledger, 'db', runs, 'ROOT')?.name).toBe('part');
  expect(backupToRestore(ledger, 'db', runs, 'X')?.name).toBe('newest');
  expect(pruningOf(ledger, 'db', 1).goes.map(({ name }) => name)).toEqual(['b']);
});

describe('what a restore uses', () => {
  const restored = (runs: readonly RunFacts[], runId: string): string | undefined => backupToRestore(ledgerOf(runs, 'staging'), 'db', runs, runId)?.name;

  it('is what the run itself made, before a newer one of its package', () => {
    const runs = [runFactsFor('ROOT', [made('own', 1)]), runFactsFor('PART', [made('newer', 2)], { partOf: 'ROOT' }), runFactsFor('X', [made('newest', 3)])];
    expect(['ROOT', 'PART', 'X'].map((runId) => restored(runs, runId))).toEqual(['own', 'newer', 'newest']);
  });

  it('is of a package only as far as its runs were driven from here', () => {
    const runs = [runFactsFor('MINE', []), runFactsFor('PULLED', [made('planted', 1)], { partOf: 'MINE', isDriven: false }), runFactsFor('X', [made('newest', 3)])];
    expect(restored(runs, 'MINE')).toBe('newest');
    expect(isOfPackage(runs, 'PULLED', 'MINE')).toBe(false);
    // Nor by way of one that was, or as the run that this one is a part of.
    expect(isOfPackage([...runs, runFactsFor('C', [], { partOf: 'PULLED' })], 'C', 'MINE')).toBe(false);
    expect(isOfPackage([runFactsFor('P', [], { isDriven: false }), runFactsFor('M', [], { partOf: 'P' })], 'P', 'M')).toBe(false);
  });

  it('is never what a rollback made, and that pushes nothing out', () => {
    const runs = [runFactsFor('A', [made('a', 1), made('b', 2), { ...made('broken', 3), inRollback: true } as StatusFact])];
    expect(restored(runs, 'A')).toBe('b');
    expect(restored([runFactsFor('A', [{ ...made('broken', 3), inRollback: true } as StatusFact])], 'A')).toBeUndefined();
    expect(pruningOf(ledgerOf(runs, 'staging'), 'db', 2)).toMatchObject({ goes: [], stays: [{ because: 'kept' }, { because: 'kept' }, { backup: { name: 'broken' }, because: 'safetyCopy' }] });
  });

  it('is not what only a wrong clock makes the newest, unless there is no other; that pushes nothing out either', () => {
    const ahead = runFactsFor('Y', [made('ahead', 900)], { isAhead: true });
    const runs = [runFactsFor('A', []), runFactsFor('X', [made('a', 1)]), ahead];
    expect(restored(runs, 'A')).toBe('a');
    expect(restored([ahead], 'A')).toBe('ahead');
    expect(pruningOf(ledgerOf(runs, 'staging'), 'db', 1)).toMatchObject({ goes: [], stays: [{ because: 'kept' }, { because: 'ahead' }] });
    const [backup] = ledgerOf([ahead], 'staging');
    if (backup === undefined) throw new Error('nothing was made');
    expect(restoredWords({ act: 'restores', of: 'db', backup, by: 'other' }, Date.parse(minute(10)))).toMatch(/made at a time that is yet to come by another run .* A clock was wrong/);
  });
});

const facts: fc.Arbitrary<StatusFact> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('made' as const), at: fc.nat(50).map(minute), of: fc.constantFrom('db', 'files'), name: fc.constantFrom('a', 'b', 'c', 'd', 'e', '__proto__') }) },
  fc.record({ kind: fc.constant('pruned' as const), at: fc.nat(50).map(minute), of: fc.constantFrom('db', 'files'), names: fc.subarray(['a', 'b', 'c']) }),
  fc.record({ kind: fc.constant('undone' as const), at: fc.nat(50).map(minute), of: fc.constant('db'), name: fc.constantFrom('a', 'b') }),
  fc.record({ kind: fc.constant('rolledBack' as const), at: fc.nat(50).map(minute), name: fc.constant('n') }),
);
const histories = fc.array(fc.record({ facts: fc.array(facts, { maxLength: 6 }), isOpen: fc.boolean(), environment: fc.constantFrom('staging', 'production', null) }), { maxLength: 6 }).map((runs) => runs.map(({ facts: each, ...rest }, at) => runFactsFor(`R${String(at)}`, each, rest)));

test('pruning removes the oldest of that kind and environment, never more than are too many, and nothing of an open run', () => {
  fc.assert(
    fc.property(histories, fc.integer({ min: 1, max: 4 }), (runs, keep) => {
      const ledger = ledgerOf(runs, 'staging');
      const there = ledger.filter(({ of, state }) => of === 'db' && state === 'kept');
      const { goes, stays } = pruningOf(ledger, 'db', keep);
      expect(goes.length).toBeLessThanOrEqual(Math.max(0, there.length - keep));
      expect([...goes, ...stays.map(({ backup }) => backup)].map(({ name }) => name).sort()).toEqual(there.map(({ name }) => name).sort());
      const open = new Set(runs.filter(({ isOpen }) => isOpen).map(({ runId }) => runId));
      expect(goes.filter(({ run }) => open.has(run.runId))).toEqual([]);
      const youngestGoing = goes.at(-1)?.at ?? '';
      expect(stays.filter(({ backup, because }) => because === 'kept' && backup.at < youngestGoing)).toEqual([]);
      expect(runs.filter(({ environment }) => environment !== 'staging').some(({ runId }) => goes.some(({ run }) => run.runId === runId))).toBe(false);
    }),
  );
});

test('the order in which records are read makes no difference, and pruning what was pruned removes nothing more', () => {
  fc.assert(
    fc.property(histories, fc.integer({ min: 1, max: 4 }), (runs, keep) => {
      const ledger = ledgerOf(runs, 'staging');
      expect(ledgerOf([...runs].reverse(), 'staging')).toEqual(ledger);
      const { goes } = pruningOf(ledger, 'db', keep);
      const after = ledgerOf([...runs, runFactsFor('Z', [{ kind: 'pruned', at: minute(60), of: 'db', names: goes.map(({ name }) => name) }])], 'staging');
      expect(pruningOf(after, 'db', keep).goes).toEqual([]);
    }),
  );
});
