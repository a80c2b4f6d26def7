import { describe, expect, test } from 'vitest';
import type { RunEventBody } from '../../../src/core/run/events.ts';
import { fold } from '../../../src/core/run/evolve.ts';
import type { RunState } from '../../../src/core/run/state.ts';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';
import { buildPanelView } from '../../../src/core/view/buildPanelView.ts';
import type { ViewInput } from '../../../src/core/view/input.ts';
import type { PackageInput, PackageMember } from '../../../src/core/view/package/packageInput.ts';
import { ends, exit, input, runs } from './fixture.ts';

const CHECKLIST = parseRunbook('---\npackage: [rollback.md, verify.md]\n---\n# Checklist\n\n- [ ] Look\n\n```bash {#deploy}\ndeploy\n```\n');
const ROLLBACK = parseRunbook('# Rollback procedures\n\n## Rollback\n\n### Level 1: Feature off (< 2 minutes)\n\n```bash\nflag off\n```\n\n### Level 2: Code back (15 minutes)\n\n```bash\na\nb\n```\n');
const VERIFY = parseRunbook('# Verification\n\n```bash {#smoke title=smoke}\nsmoke\n```\n\n```bash {#load title=load}\nload\n```\n');

const member = (id: string, runbook: PackageMember['runbook'], problem: string | null = null): PackageMember => ({ id, file: `release/${id}`, runbook, problem });
const MEMBERS = [member('rollback.md', ROLLBACK), member('verify.md', VERIFY)];
function run(runId: string, file: string, ...bodies: readonly RunEventBody[]): RunState {
  const all = [{ type: 'run.started', title: file, file: `release/${file}`, textSha256: 'x', git: null } as const, ...bodies];
  return fold(all.map((body, place) => ({ v: 1, id: `${runId}${String(place)}`, run: runId, writer: 'w', seq: place + 1, heads: {}, prev: null, time: new Date(Date.UTC(2026, 0, 5, 14, place)).toISOString(), actor: { name: 'Ada', email: null }, body: place === 0 ? { ...body, ...(runId === 'A' ? {} : { partOf: { runId: 'A', file: 'release/checklist.md' } }) } : body })));
}
const ROOT = run('A', 'checklist.md');
const begin = (level: number): RunEventBody => ({ type: 'rollback.started', rollbackId: 'r', level, title: 'Feature off', budgetSeconds: 120, planSha256: 'p', commands: [{ purpose: 'undo', text: 'flag off\n', language: 'bash', line: 7, sha256: 's' }] });
const rollbackEnds = (outcome: 'succeeded' | 'failed' | 'abandoned'): RunEventBody => ({ type: 'rollback.ended', rollbackId: 'r', outcome, reason: null });
const view = (state: RunState | null, known: Partial<PackageInput>, more: Partial<ViewInput> = {}): ReturnType<typeof buildPanelView> => buildPanelView(input(state, { runbook: CHECKLIST, package: { members: MEMBERS, runs: [], ...known }, ...more }));
const words = (...args: Parameters<typeof view>): readonly string[] => view(...args).package?.members.map(({ title, words: said }) => `${title}: ${said}`) ?? [];

describe('the package list', () => {
  test('is not there for a runbook that stands alone', () => {
    expect(buildPanelView(input(null)).package).toBeUndefined();
    expect(view(null, { members: [] }).package).toBeUndefined();
  });

  test('says of each runbook what became of it in this run', () => {
    expect(words(null, {})).toEqual(['Rollback procedures: no run', 'Verification: no run']);
    expect(words(ROOT, {})).toEqual(['Rollback procedures: not started', 'Verification: not started']);
    const smoke = [runs(VERIFY, 'smoke'), ends('x-smoke', exit(0))];
    expect(words(ROOT, { runs: [run('B', 'verify.md', ...smoke)] })[1]).toBe('Verification: 1 of 2');
    expect(words(ROOT, { runs: [run('B', 'verify.md', ...smoke, runs(VERIFY, 'load'))] })[1]).toBe('Verification: “load” is running · 1 of 2');
    expect(words(ROOT, { runs: [run('B', 'verify.md', ...smoke, runs(VERIFY, 'load'), ends('x-load', exit(1)))] })[1]).toBe('Verification: failed at “load” · 1 of 2');
    expect(words(ROOT, { runs: [run('B', 'verify.md', ...smoke, runs(VERIFY, 'load'), ends('x-load', { kind: 'lost', reason: '' }))] })[1]).toBe('Verification: not known how “load” ended · 1 of 2');
    expect(words(ROOT, { runs: [run('B', 'verify.md', { type: 'run.ended', outcome: 'completed', reason: null })] })[1]).toBe('Verification: finished');
    expect(words(ROOT, { runs: [run('B', 'verify.md', { type: 'run.ended', outcome: 'abandoned', reason: 'r' })] })[1]).toBe('Verification: abandoned');
  });

  test('does not call undoing a level', () => {
    expect(words(ROOT, { runs: [run('B', 'rollback.md', begin(0), rollbackEnds('succeeded'))] })[0]).toContain('what started was undone');
    expect(words(ROOT, { runs: [run('B', 'rollback.md', begin(0), rollbackEnds('failed'))] })[0]).toContain('the undoing of what started failed');
  });

  test('says of a rollback how it went', () => {
    const standing = (...bodies: readonly RunEventBody[]): string | undefined => words(ROOT, { runs: [run('B', 'rollback.md', ...bodies)] })[0];
    expect(standing(begin(1))).toContain('rollback level 1 has not ended');
    expect(standing(begin(1), rollbackEnds('succeeded'))).toContain('rolled back, level 1');
    expect(standing(begin(2), rollbackEnds('abandoned'))).toContain('rollback level 2 was given up');
    expect(standing(begin(1), rollbackEnds('succeeded'), { type: 'run.ended', outcome: 'rolled-back', reason: null })).toBe('Rollback procedures: rolled back, level 1 · ended');
  });

  test('does not take another run for this one', () => {
    const stranger = { ...run('C', 'verify.md'), partOf: { runId: 'Z', file: 'z.md' } };
    expect(words(ROOT, { runs: [stranger] })[1]).toBe('Verification: a run of its own, 0 of 2');
  });

  test('says why a runbook cannot be opened', () => {
    const gone = view(ROOT, { members: [member('gone.md', null, 'It is gone.')] }).package?.members[0];
    expect(gone).toEqual({ id: 'gone.md', title: 'gone.md', words: 'It is gone.', tone: 'failed', disabledBecause: 'It is gone.' });
  });

  test('shows before a start what the run would be a part of', () => {
    const checklist = member('checklist.md', CHECKLIST);
    const before = buildPanelView(input(null, { runbook: VERIFY, package: { members: [checklist, member('rollback.md', ROLLBACK)], runs: [ROOT] } }));
    expect(before.package?.members.map(({ words: said }) => said)).toEqual(['0 of 2 · a run started here is part of it', 'not started']);
  });
});

describe('the dock', () => {
  test('of a runbook without levels has those of the package', () => {
    expect(view(ROOT, {}).dock.levels.map(({ level, title, detail, in: where, state }) => [level, title, detail, where?.id, state])).toEqual([
      [1, 'Feature off', '2 min · 1 command', 'rollback.md', 'ready'],
      [2, 'Code back', '15 min · 2 commands', 'rollback.md', 'ready'],
    ]);
    expect(view(null, {}).notices.flatMap(({ details }) => details.map(({ text }) => text))).not.toContain('This runbook runs commands and has no rollback level.');
  });

  test('says what became of a level there', () => {
    const { dock } = view(ROOT, { runs: [run('B', 'rollback.md', begin(1), rollbackEnds('succeeded'))] });
    expect(dock.levels.map(({ state }) => state)).toEqual(['succeeded', 'ready']);
  });

  test('has no other level while one runs there', () => {
    const running: RunEventBody = { type: 'command.started', executionId: 'x', owner: { kind: 'rollback', rollbackId: 'r' }, index: 0, count: 1, text: 'flag off\n', sha256: 's', shell: 'bash', language: 'bash', acknowledged: [], variables: [] } as never;
    const { dock } = view(ROOT, { runs: [run('B', 'rollback.md', begin(1), running)] });
    expect(dock.levels.map(({ disabledBecause }) => disabledBecause)).toEqual([null, 'The rollback to level 1 is running. Stop it first.']);
  });

  test('of a runbook with levels of its own stays as it is', () => {
    const own = buildPanelView(input(null, { runbook: ROLLBACK, package: { members: [member('other.md', ROLLBACK)], runs: [] } })).dock;
    expect(own.levels.map(({ in: where }) => where)).toEqual([undefined, undefined]);
  });

  test('marks a level that a trigger of another runbook advises', () => {
    const fired: RunEventBody = { type: 'trigger.fired', trigger: 't', words: 'Error rate > 5 %', level: 1, since: '2026-01-05T14:00:00.000Z', samples: [] };
    const watching = run('B', 'verify.md', fired);
    expect(view(ROOT, { runs: [watching] }).dock).toMatchObject({ advice: { title: 'Error rate > 5 %', tone: 'warning' }, levels: [{ advised: true }, { advised: false }] });
    expect(view(ROOT, { runs: [fold([]), { ...watching, ended: { outcome: 'completed', reason: null, at: '2026-01-05T15:00:00.000Z' } }] }).dock.levels[0]?.advised).toBe(false);
  });
});

describe('notices', () => {
  const ids = (state: RunState | null, known: Partial<PackageInput>): readonly string[] => view(state, known).notices.map(({ id }) => id).filter((id) => id.startsWith('package'));

  test('say that another runbook has rolled back, with a way to end', () => {
    const { notices } = view(ROOT, { runs: [run('B', 'rollback.md', begin(1), rollbackEnds('succeeded'))] });
    const notice = notices.find(({ id }) => id === 'package-rolled-back:r');
    expect([notice?.severity, notice?.actions.map(({ id }) => id)]).toEqual(['warning', ['abandonRun']]);
    expect(notice?.text).toMatch(/^Rolled back in “rollback.md”: Level 1: Feature off succeeded 14:02\. What this run did may be undone\. This run is not stopped/);
  });

  test('say so of a rollback that goes on, failed or was given up, and not that it undid what came after it', () => {
    const said = (state: RunState, ...bodies: readonly RunEventBody[]): readonly unknown[] => view(state, { runs: [run('B', 'rollback.md', ...bodies)] }).notices.filter(({ id }) => id === 'package-rolled-back:r').map(({ severity, text }) => [severity, text]);
    const about = (words: string): unknown => expect.stringContaining(words);
    expect(said(ROOT, begin(1))).toEqual([['warning', about('Rollback in “rollback.md”: Level 1: Feature off has begun and has not ended.')]]);
    expect(said(ROOT, begin(1), rollbackEnds('failed'))).toEqual([['error', about('failed 14:02.')]]);
    expect(said(ROOT, begin(0), rollbackEnds('abandoned'))).toEqual([['warning', about('Undo what started was given up 14:02.')]]);
    expect(said({ ...ROOT, startedAt: '2026-01-05T15:00:00.000Z' }, begin(1), rollbackEnds('succeeded'))).toEqual([['warning', expect.not.stringContaining('may be undone')]]);
  });

  test('say which runs could not be looked at, before a start and during a run', () => {
    const unread = [{ runId: 'R', file: null, rootId: null, isOpen: true, words: 'The record of run R could not be read.' }];
    for (const state of [null, ROOT]) expect(view(state, { unread }).notices.find(({ id }) => id === 'package-unread')).toMatchObject({ severity: 'warning', details: [{ text: 'The record of run R could not be read.' }] });
  });

  test('say that the run that this one is part of has ended', () => {
    const root = run('A', 'checklist.md', { type: 'run.ended', outcome: 'abandoned', reason: 'r' });
    expect(ids(run('B', 'verify.md'), { members: [member('checklist.md', CHECKLIST)], runs: [root] })).toEqual(['package-root-ended']);
  });

  test('say what was taken, what does not fit, and that there are two to choose from', () => {
    const taking = run('B', 'verify.md', { type: 'values.taken', values: [{ name: 'VERSION', value: 'v2', kind: 'value', from: { runId: 'A', file: 'release/checklist.md' }, at: '2026-01-05T14:00:00.000Z' }] });
    expect(view(taking, { runs: [ROOT] }).notices.find(({ id }) => id === 'package-taken')).toMatchObject({ text: '1 value taken from the package.', details: [{ text: 'VERSION = v2, from run A of release/checklist.md' }] });
    expect(ids(null, { runs: [ROOT, { ...run('D', 'verify.md'), partOf: null }] })).toEqual(['package-several']);
    const strict = parseRunbook('---\ninputs:\n  SIZE: { choices: [small] }\n---\n# S\n');
    const sized: RunEventBody = { type: 'field.filled', name: 'SIZE', value: 'huge' };
    const { notices } = view(ROOT, { runs: [run('B', 'verify.md', sized)] }, { runbook: strict });
    expect(notices.find(({ id }) => id === 'package-unfit')).toMatchObject({ severity: 'warning', details: [{ text: expect.stringContaining('has to be one of small') as unknown }] });
  });
});
