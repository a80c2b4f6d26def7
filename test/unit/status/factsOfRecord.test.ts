import { describe, expect, it } from 'vitest';
import type { Outcome, RunEventBody } from '../../../src/core/run/events.ts';
import { fold } from '../../../src/core/run/evolve.ts';
import { statusOf } from '../../../src/core/status/environmentStatus.ts';
import { ledgerOf } from '../../../src/core/status/ledger.ts';
import { type RunFacts, runFactsOf } from '../../../src/core/status/runFacts.ts';
import { minute } from '../../fakes/statusRuns.ts';

type Start = Extract<RunEventBody, { type: 'command.started' }>;
type Timed = readonly [minutes: number, body: RunEventBody];

/** The facts of a run of these events, in this order, whatever their times. */
function factsOf(...events: readonly Timed[]): RunFacts {
  const start: RunEventBody = { type: 'run.started', title: 'Deploy', file: 'deploy.md', textSha256: 'x', git: null, environment: { name: 'staging', confirm: null, variables: [] }, inputs: [{ name: 'VERSION', value: '1.8.0' }] };
  const all: readonly Timed[] = [[0, start], ...events];
  const facts = runFactsOf(fold(all.map(([minutes, body], place) => ({ v: 1, id: `e${String(place)}`, run: 'R', writer: 'w', seq: place + 1, heads: {}, prev: null, time: minute(minutes), actor: { name: 'Ada', email: null }, body }))));
  if (facts === null) throw new Error('there is no run');
  return facts;
}

const begin = (minutes: number, executionId: string, more: Partial<Start> = {}): Timed => [minutes, { type: 'command.started', executionId, owner: { kind: 'step', stepId: executionId }, index: 0, count: 1, sha256: 'x', text: 't', source: null, shell: 'bash', acknowledged: [], ...more }];
const end = (minutes: number, executionId: string, code = 0, more: { readonly captured?: string; readonly durationMs?: number; readonly outcome?: Outcome } = {}): Timed => [minutes, { type: 'command.ended', executionId, outcome: { kind: 'exited', code }, durationMs: null, environmentCarried: true, outputTail: null, ...more }];
const ran = (minutes: number, id: string, more: Partial<Start>, code = 0, captured?: string): readonly Timed[] => [begin(minutes, id, more), end(minutes + 1, id, code, captured === undefined ? {} : { captured })];
const level = (minutes: number, rollbackId: string, purposes: readonly ('undo' | 'verify')[]): Timed => [minutes, { type: 'rollback.started', rollbackId, level: 1, title: 'Back', budgetSeconds: null, planSha256: 'x', commands: purposes.map((purpose) => ({ purpose, text: 't', language: 'bash', line: 1, sha256: 'x' })) }];
const inLevel = (rollbackId: string, index: number): Pick<Start, 'owner' | 'index' | 'count'> => ({ owner: { kind: 'rollback', rollbackId }, index, count: 2 });
const MAKES = { backup: { act: 'makes', of: 'db' }, capture: 'NAME' } as const;
const kinds = ({ facts }: RunFacts): readonly string[] => facts.map(({ kind }) => kind);

describe('what a record says of backups', () => {
  it('tells a backup that a rollback made from those of the way forward', () => {
    const facts = factsOf(...ran(1, 'a', MAKES, 0, 'good'), level(5, 'r', ['undo']), ...ran(6, 'b', { ...MAKES, ...inLevel('r', 0) }, 0, 'broken'));
    expect(ledgerOf([facts], 'staging').map(({ name, isSafetyCopy }) => [name, isSafetyCopy])).toEqual([['good', false], ['broken', true]]);
    expect(statusOf([facts], 'staging').lastBackup?.name).toBe('good');
  });

  it('leaves out what cannot be the name of one, and counts that', () => {
    const facts = factsOf(...ran(1, 'a', MAKES, 0, 'b-7\nprod-golden'), ...ran(3, 'b', MAKES, 0, 'b-8\u202egnp'), ...ran(5, 'c', MAKES, 0, 'b-9'), ...ran(7, 'd', { backup: { act: 'prunes', of: 'db', names: ['b-1', 'b-2\u2028b-3'], stay: 1 } }));
    expect(facts.facts).toMatchObject([{ kind: 'made', name: 'b-9' }, { kind: 'pruned', names: ['b-1'] }]);
    expect(facts.misnamed).toBe(3);
  });
});

describe('the order of a record', () => {
  it('counts before its clock: nothing is earlier than what was before it', () => {
    const facts = factsOf(...ran(50, 'a', MAKES, 0, 'first'), ...ran(10, 'b', MAKES, 0, 'second'));
    expect(facts.facts).toMatchObject([{ name: 'first', at: minute(51) }, { name: 'second', at: minute(51) }]);
  });

  it('is that of the ends, where blocks ran beside each other', () => {
    const facts = factsOf(begin(1, 'slow', { ...MAKES, lane: 1 }), begin(1, 'quick', { ...MAKES, capture: 'B', lane: 2 }), end(2, 'quick', 0, { captured: 'quick' }), end(2, 'slow', 0, { captured: 'slow' }));
    expect(facts.facts).toMatchObject([{ name: 'quick' }, { name: 'slow' }]);
  });

  it('has what was found again at the time when it was done', () => {
    const facts = factsOf(begin(1, 'a', MAKES), end(600, 'a', 0, { captured: 'b-1', durationMs: 120_000 }));
    expect(facts.facts).toMatchObject([{ at: minute(3) }]);
  });
});

describe('what is stated', () => {
  const NEXT: Timed = [2, { type: 'field.filled', name: 'VERSION', value: '1.9.0' }];
  it('is what the block was given when it began, not what another one captured meanwhile', () => {
    const facts = factsOf(begin(1, 'deploy', { states: { release: 'VERSION' } }), ...ran(2, 'other', { capture: 'VERSION' }, 0, '9.9.9'), end(4, 'deploy'));
    expect(facts.facts).toMatchObject([{ kind: 'stated', release: '1.8.0' }]);
  });

  it('is not known where another value was typed for it, or stands at the block', () => {
    expect(factsOf(NEXT, ...ran(3, 'deploy', { states: { release: 'VERSION' } })).facts).toMatchObject([{ kind: 'stated', release: null }]);
    expect(factsOf(...ran(3, 'deploy', { states: { release: 'VERSION' }, env: [{ name: 'VERSION', value: 'x' }] })).facts).toMatchObject([{ kind: 'stated', release: null }]);
  });

  it('by the same block ends that it had not succeeded, also where it says nothing of a release', () => {
    const deployed = ran(1, 'deploy', { states: { release: 'VERSION' } });
    const migrate = { states: { schema: 'VERSION' } } as const;
    const failed = [...deployed, ...ran(3, 'migrate', migrate, 1)];
    expect(statusOf([factsOf(...failed)], 'staging').unfinished).toMatchObject({ outcome: 'failed' });
    const again = ran(5, 'again', { ...migrate, owner: { kind: 'step', stepId: 'migrate' } });
    expect(statusOf([factsOf(...failed, ...again)], 'staging').unfinished).toBeNull();
    expect(statusOf([factsOf(...failed, ...ran(5, 'another', migrate))], 'staging').unfinished).not.toBeNull();
  });

  it('by a level of which a later command failed is marked until the rollback succeeds', () => {
    const half = [level(1, 'r', ['undo', 'undo']), ...ran(2, 'one', { states: { release: 'VERSION' }, ...inLevel('r', 0) }), ...ran(4, 'two', inLevel('r', 1), 1)];
    expect(statusOf([factsOf(...half)], 'staging')).toMatchObject({ release: { value: '1.8.0' }, unfinished: { outcome: 'failed', rollback: 'the rollback to level 1' } });
    const whole = factsOf(...half, ...ran(6, 'three', inLevel('r', 1)), [8, { type: 'rollback.ended', rollbackId: 'r', outcome: 'succeeded', reason: null }]);
    expect(kinds(whole)).toEqual(['rolledBack', 'stated']);
    expect(statusOf([whole], 'staging').unfinished).toBeNull();
  });
});

describe('checks', () => {
  it('count when they began after the last change, and of rollbacks those of the last one', () => {
    const deploy = ran(1, 'deploy', { states: { release: 'VERSION' } });
    const look = (minutes: number, id: string, code: number): readonly Timed[] => ran(minutes, id, { check: true }, code);
    expect(factsOf(...look(1, 'before', 0), ...deploy).checks).toBeNull();
    expect(factsOf(...look(1, 'before', 1), ...deploy, ...look(5, 'after', 0)).checks).toMatchObject({ passed: 1, failed: 0 });
    const verifyOnly = (id: string, minutes: number, code: number): readonly Timed[] => [level(minutes, id, ['verify']), ...ran(minutes + 1, `v${id}`, inLevel(id, 0), code), [minutes + 3, { type: 'rollback.ended', rollbackId: id, outcome: 'abandoned', reason: 'r' }]];
    expect(factsOf(...verifyOnly('r1', 1, 1), ...verifyOnly('r2', 10, 0)).checks).toMatchObject({ passed: 1, failed: 0 });
  });
});
