import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fold } from '../../../src/core/run/evolve.ts';
import { succeeded } from '../../../src/core/run/outcome.ts';
import { environmentsIn } from '../../../src/core/status/environmentStatus.ts';
import { ledgerOf } from '../../../src/core/status/ledger.ts';
import { runFactsOf } from '../../../src/core/status/runFacts.ts';
import { histories } from '../../fakes/arbitraryEvents.ts';

test('whatever a record holds, only what succeeded counts, and it is told in the order of time', () => {
  fc.assert(
    fc.property(histories, (events) => {
      const state = fold(events);
      const facts = runFactsOf(state);
      if (facts === null) {
        expect(state.startedAt).toBeNull();
        return;
      }
      const done = [...state.executions.values()].filter((each) => !each.isProbe && succeeded(each));
      const names = (act: string): number => done.filter(({ backup }) => backup?.act === act).length;
      const count = (kind: string): number => facts.facts.filter((fact) => fact.kind === kind).length;
      expect(count('made')).toBeLessThanOrEqual(names('makes'));
      expect(count('pruned')).toBeLessThanOrEqual(names('prunes'));
      expect(count('restored')).toBe(names('restores'));
      expect(count('stated')).toBe(done.filter(({ stated }) => stated !== undefined).length);
      const times = facts.facts.map(({ at }) => Date.parse(at));
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(() => [environmentsIn([facts]), ledgerOf([facts], facts.environment)]).not.toThrow();
    }),
  );
});
