import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RunEventBody, TakenValue } from '../../../src/core/run/events.ts';
import { fold } from '../../../src/core/run/evolve.ts';
import { joinableRoots, overtakenRoots, rootIdOf } from '../../../src/core/run/package/packageRuns.ts';
import { takerOf, valuesToTake, type Taker } from '../../../src/core/run/package/valuesToTake.ts';
import { statementKey } from '../../../src/core/run/package/evolveTaken.ts';
import { variablesOf } from '../../../src/core/run/setup/variables.ts';
import type { RunState } from '../../../src/core/run/state.ts';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';
import type { InputDefinition } from '../../../src/core/runbook/setup/model.ts';

const at = (minute: number): string => `2026-01-05T14:${String(minute).padStart(2, '0')}:00.000Z`;
/** A run of these events, one a minute. */
function run(runId: string, ...bodies: readonly (RunEventBody | readonly [minute: number, body: RunEventBody])[]): RunState {
  return fold(bodies.map((entry, place) => {
    const [minute, body] = 'type' in entry ? [place, entry] : entry;
    return { v: 1, id: `${runId}${String(place)}`, run: runId, writer: 'w', seq: place + 1, heads: {}, prev: null, time: at(minute), actor: { name: 'Ada', email: null }, body };
  }));
}
const started = (more: Partial<Extract<RunEventBody, { type: 'run.started' }>> = {}): RunEventBody => ({ type: 'run.started', title: 'Release', file: 'release.md', textSha256: 'x', git: null, ...more });
const field = (name: string, value: string): RunEventBody => ({ type: 'field.filled', name, value });
const taken = (values: readonly TakenValue[]): RunEventBody => ({ type: 'values.taken', values });
const ENDED: RunEventBody = { type: 'run.ended', outcome: 'completed', reason: null };
const NOBODY: Taker = { inputs: [], own: new Set(), environment: null, stated: new Map() };
const input = (name: string, more: Partial<InputDefinition> = {}): InputDefinition => ({ name, description: null, pattern: null, choices: null, default: null, required: true, secret: false, line: 1, ...more });

describe('the runs that one can be a part of', () => {
  test('are those that go on, each seen as the one that it is part of', () => {
    const root = run('A', started());
    const part = run('B', started({ file: 'verify.md', partOf: { runId: 'A', file: 'release.md' } }));
    const over = run('C', started({ file: 'other.md' }), ENDED);
    expect(joinableRoots([root, part, over]).map(({ runId }) => runId)).toEqual(['A']);
    expect(rootIdOf(part)).toBe('A');
  });

  test('are none when the one that the others are part of has ended, or is not there', () => {
    const part = run('B', started({ partOf: { runId: 'A', file: 'release.md' } }));
    expect(joinableRoots([run('A', started(), ENDED), part])).toEqual([]);
    expect(joinableRoots([part])).toEqual([]);
  });

  test('are not those that were left without an end when a newer run of the same runbook began', () => {
    expect(joinableRoots([run('A', started()), run('B', started(), ENDED)])).toEqual([]);
    expect(joinableRoots([run('B', started()), run('A', started())]).map(({ runId }) => runId)).toEqual(['B']);
  });

  test('are those whose newer run was given up, and those left behind are known apart', () => {
    const given = run('B', started(), { type: 'run.ended', outcome: 'abandoned', reason: 'r' });
    expect(joinableRoots([run('A', started()), given]).map(({ runId }) => runId)).toEqual(['A']);
    expect(overtakenRoots([run('A', started()), run('B', started(), ENDED)]).map(({ runId }) => runId)).toEqual(['A']);
  });

  test('are all of several', () => {
    expect(joinableRoots([run('A', started()), run('D', started({ file: 'other.md' }))]).map(({ runId }) => runId)).toEqual(['A', 'D']);
  });
});

describe('what is taken over', () => {
  test('are inputs, captured values and what was typed for placeholders, with where they come from', () => {
    const root = run('A', started({ inputs: [{ name: 'VERSION', value: 'v2' }] }), field('release tag', 'rc1'));
    expect(valuesToTake(NOBODY, [root]).values).toEqual([
      { name: 'VERSION', value: 'v2', kind: 'value', at: at(0), from: { runId: 'A', file: 'release.md' } },
      { name: 'release tag', value: 'rc1', kind: 'field', at: at(1), from: { runId: 'A', file: 'release.md' } },
    ]);
  });

  test('are no secrets, no variables of the own environment, and no names that programs act on', () => {
    const root = run('A', started({ inputs: ['TOKEN', 'URL', 'PATH', 'LD_PRELOAD', 'GOOD'].map((name) => ({ name, value: 'v' })) }));
    expect(valuesToTake({ ...NOBODY, own: new Set(['TOKEN', 'URL']) }, [root]).values.map(({ name }) => name)).toEqual(['GOOD']);
  });

  test('do not include one that does not fit, which is named with what is wrong', () => {
    const root = run('A', started({ inputs: [{ name: 'VERSION', value: '2' }, { name: 'SIZE', value: 'huge' }] }));
    const { values, unfit } = valuesToTake({ ...NOBODY, inputs: [input('VERSION', { pattern: 'v\\d+' }), input('SIZE', { choices: ['small', 'large'] })] }, [root]);
    expect(values).toEqual([]);
    expect(unfit.map(({ name, problem }) => [name, problem])).toEqual([['VERSION', 'does not match v\\d+'], ['SIZE', 'has to be one of small, large.']]);
  });

  test('leaves what a person gave at the start, and says that another run has another value', () => {
    const runbook = parseRunbook('---\ninputs:\n  VERSION: {}\n---\n# A\n');
    const own = run('B', started({ inputs: [{ name: 'VERSION', value: 'v1' }] }));
    const other = run('C', [5, started({ file: 'c.md', inputs: [{ name: 'VERSION', value: 'v2' }] })]);
    const { values, unfit } = valuesToTake(takerOf(runbook, own), [other]);
    expect([values, unfit.map(({ problem }) => problem)]).toEqual([[], ['is “v1” here, as it was stated in this run.']]);
    // What it took itself follows.
    const taking = run('D', started({ inputs: [{ name: 'VERSION', value: 'v1' }] }), taken([{ name: 'VERSION', value: 'v1', kind: 'value', at: at(0), from: { runId: 'B', file: 'release.md' } }]));
    expect(valuesToTake(takerOf(runbook, taking), [other]).values.map(({ value }) => value)).toEqual(['v2']);
  });

  test('is the newest statement of each name, and one that was stated here stays', () => {
    const root = run('A', started(), [1, field('tag', 'one')]);
    const part = run('B', started({ partOf: { runId: 'A', file: 'release.md' }, file: 'verify.md' }), [5, field('tag', 'five')]);
    const third = run('C', started({ file: 'c.md' }), [3, field('tag', 'three')]);
    expect(valuesToTake(NOBODY, [root, part, third]).values.map(({ value }) => value)).toEqual(['five']);
    const newer = valuesToTake({ ...NOBODY, stated: root.stated }, [part]);
    expect([newer.values, newer.unfit.map(({ problem }) => problem)]).toEqual([[], ['is “one” here, as it was stated in this run.']]);
    expect(valuesToTake({ ...NOBODY, stated: part.stated }, [root]).values).toEqual([]);
  });

  test('counts a name that was stated here whatever it was stated as', () => {
    const root = run('A', started({ inputs: [{ name: 'VERSION', value: 'v2' }] }));
    const typed = run('B', started({ file: 'b.md' }), [0, field('VERSION', 'v1')]);
    const later = run('C', [5, started({ file: 'c.md', inputs: [{ name: 'VERSION', value: 'v3' }] })]);
    expect(valuesToTake({ ...NOBODY, stated: typed.stated }, [later]).values).toEqual([]);
    // A placeholder is not taken beside a variable of its name, here or there.
    expect(valuesToTake({ ...NOBODY, stated: later.stated }, [run('D', [9, field('VERSION', 'v9')])]).values).toEqual([]);
    expect(valuesToTake(NOBODY, [root, typed]).values.map(({ kind, value }) => [kind, value])).toEqual([['value', 'v2']]);
  });

  test('never comes from a run that goes to another environment', () => {
    const at = (name: string): Partial<Extract<RunEventBody, { type: 'run.started' }>> => ({ environment: { name, confirm: null, variables: [] } });
    const staging = run('A', started({ ...at('staging'), inputs: [{ name: 'VERSION', value: 'v2' }] }));
    expect(valuesToTake({ ...NOBODY, environment: 'production' }, [staging]).values).toEqual([]);
    expect(valuesToTake(NOBODY, [staging]).values).toEqual([]);
    expect(valuesToTake({ ...NOBODY, environment: 'staging' }, [staging]).values.map(({ value }) => value)).toEqual(['v2']);
  });

  test('names the run that stated it first, however often it was taken', () => {
    const root = run('A', started({ inputs: [{ name: 'VERSION', value: 'v2' }] }));
    const { values } = valuesToTake(NOBODY, [root]);
    const part = run('B', started({ file: 'verify.md', partOf: { runId: 'A', file: 'release.md' } }), taken(values));
    const third = valuesToTake(NOBODY, [part]).values;
    expect(third).toEqual(values);
  });

  test('comes to rest: once all have taken, nobody takes anything', () => {
    const name = fc.constantFrom('VERSION', 'TAG', 'ID');
    const statements = fc.uniqueArray(fc.record({ who: fc.constantFrom(0, 1, 2), minute: fc.integer({ min: 1, max: 50 }), name, value: fc.constantFrom('a', 'b', 'c') }), { selector: ({ minute }) => minute, maxLength: 8 });
    fc.assert(fc.property(statements, (list) => {
      const bodies = [0, 1, 2].map((who) => list.filter((each) => each.who === who).sort((a, b) => a.minute - b.minute).map((each) => [each.minute, field(each.name, each.value)] as const));
      const runs = bodies.map((own, who) => run(`R${String(who)}`, [0, started(who === 0 ? {} : { partOf: { runId: 'R0', file: 'release.md' } })], ...own));
      const settled = runs.map((state, who) => {
        const { values } = valuesToTake({ ...NOBODY, stated: state.stated }, runs.filter((other) => other !== state));
        return run(`R${String(who)}`, [0, started(who === 0 ? {} : { partOf: { runId: 'R0', file: 'release.md' } })], ...(bodies[who] ?? []), [59, taken(values)]);
      });
      for (const state of settled) expect(valuesToTake({ ...NOBODY, stated: state.stated }, settled).values).toEqual([]);
      const newest = new Map(list.sort((a, b) => a.minute - b.minute).map((each) => [each.name, each.value]));
      // What a run stated itself it keeps.
      for (const [who, state] of settled.entries()) {
        const own = new Map(list.filter((each) => each.who === who).map((each) => [each.name, each.value]));
        expect(Object.fromEntries(state.fields)).toEqual(Object.fromEntries([...newest, ...own]));
      }
    }));
  });
});

describe('a value that was taken', () => {
  const from = { runId: 'A', file: 'release.md' };
  const value: TakenValue = { name: 'VERSION', value: 'v3', kind: 'value', from, at: at(0) };

  test('reaches commands, until something newer is captured or taken', () => {
    const part = run('B', started({ inputs: [{ name: 'VERSION', value: 'v2' }] }), taken([value]));
    expect(variablesOf(part)).toMatchObject({ VERSION: 'v3' });
    expect(part.stated.get(statementKey(value))).toEqual({ name: 'VERSION', value: 'v3', kind: 'value', at: at(0), from });
  });

  test('that stands for a placeholder is no environment variable', () => {
    const part = run('B', started(), taken([{ ...value, name: 'release tag', kind: 'field' }]));
    expect(Object.values(variablesOf(part))).not.toContain('v3');
    expect(Object.fromEntries(part.fields)).toEqual({ 'release tag': 'v3' });
  });
});
