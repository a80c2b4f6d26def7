import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RunEventBody } from '../../src/core/run/events.ts';
import { JsonlStore } from '../../src/node/record/jsonlStore.ts';
import { StatusIndex } from '../../src/node/record/statusIndex.ts';

const tools = mkdtempSync(join(tmpdir(), 'guided-runbooks-status-cli-'));
const cli = join(tools, 'cli.js');
let workspace: string;
const runs = (): string => join(workspace, '.runbooks', 'runs');
const HOST = { claims: null, now: () => Date.now() };
const HASH = 'a'.repeat(64);
const OLD = '01J9AAAAAAAAAAAAAAAAAAAOLD';
const NEW = '01J9BBBBBBBBBBBBBBBBBBBNEW';

beforeAll(() => build({ entryPoints: [join(import.meta.dirname, '../../src/cli/main.ts')], outfile: cli, bundle: true, platform: 'node', target: 'node20', format: 'cjs', mainFields: ['module', 'main'], logLevel: 'silent' }));
afterAll(() => rmSync(tools, { recursive: true }));
beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'guided-runbooks-status-'));
});
afterEach(() => rmSync(workspace, { recursive: true, force: true }));

/** Writes a run for an environment; each event is a minute after the one before. */
async function record(run: string, environment: string | null, bodies: readonly RunEventBody[]): Promise<void> {
  const store = new JsonlStore({ runs: runs(), boundary: workspace, claims: join(workspace, 'claims') });
  const start: RunEventBody = { type: 'run.started', title: 'Deploy orders', file: 'deploy.md', textSha256: HASH, git: null, inputs: [{ name: 'VERSION', value: run === OLD ? '1.7.0' : '1.8.0' }], ...(environment === null ? {} : { environment: { name: environment, confirm: null, variables: [] } }) };
  const from = Date.UTC(2026, 0, run === OLD ? 5 : 6, 14, 0);
  for (const [place, body] of [start, ...bodies].entries()) await store.append({ id: `${run}-${String(place)}`, run, time: new Date(from + place * 60_000).toISOString(), actor: { name: 'Ada', email: null }, body });
  await store.dispose();
}

type Facts = Partial<Extract<RunEventBody, { type: 'command.started' }>>;

/** A block of a step that ran to its end. */
function ran(id: string, facts: Facts, code = 0, captured?: string): readonly RunEventBody[] {
  return [
    { type: 'command.started', executionId: id, owner: { kind: 'step', stepId: id }, index: 0, count: 1, sha256: HASH, text: 't', source: null, shell: 'bash', acknowledged: [], ...facts },
    { type: 'command.ended', executionId: id, outcome: { kind: 'exited', code }, durationMs: 60_000, environmentCarried: true, outputTail: null, ...(captured === undefined ? {} : { captured }) },
  ];
}

const deployed = ran('deploy', { states: { release: 'VERSION', commit: 'SHA', schema: 'NONE' }, capture: 'SHA' }, 0, 'abc123');
const backedUp = ran('backup', { backup: { act: 'makes', of: 'db' }, capture: 'N' }, 0, 'b-1');
const rolledBack: readonly RunEventBody[] = [
  { type: 'rollback.started', rollbackId: 'r', level: 1, title: 'Back', budgetSeconds: null, planSha256: HASH, commands: [{ purpose: 'undo', text: 't', language: 'bash', line: 1, sha256: HASH }] },
  ...ran('undo', { owner: { kind: 'rollback', rollbackId: 'r' } }),
];

function status(...args: readonly string[]): { readonly code: number | null; readonly out: string; readonly err: string } {
  const done = spawnSync(process.execPath, [cli, 'status', ...args], { cwd: workspace, encoding: 'utf8' });
  return { code: done.status, out: done.stdout, err: done.stderr };
}

describe('status', () => {
  it('says what is deployed in every environment, or in one, in text and as JSON', async () => {
    await record(OLD, 'production', [...deployed, ...backedUp, ...ran('look', { check: true }), { type: 'run.ended', outcome: 'completed', reason: null }]);
    await record(NEW, 'staging', [...deployed]);
    const all = status();
    expect(all).toMatchObject({ code: 0, err: '' });
    expect(all.out).toBe(
      'production\n  Deployed:         1.7.0\n  Since:            2026-01-05 14:02 UTC\n  Run:              Deploy orders · run AOLD  01J9AAAAAAAAAAAAAAAAAAAOLD\n  Commit:           abc123  run AOLD\n  Last check:       passed (1 check)  2026-01-05 14:06 UTC  run AOLD\n  Last backup:      b-1 of db  2026-01-05 14:04 UTC  run AOLD\n' +
        '\nstaging\n  Deployed:         1.8.0\n  Since:            2026-01-06 14:02 UTC\n  Run:              Deploy orders · run BNEW  01J9BBBBBBBBBBBBBBBBBBBNEW\n  Commit:           abc123  run BNEW\n',
    );
    expect(status('staging').out).toBe(all.out.slice(all.out.indexOf('staging')));
    const json = JSON.parse(status('production', '--json').out) as unknown;
    expect(json).toMatchObject({ success: true, details: { odd: [], environments: [{ environment: 'production', release: { value: '1.7.0', at: '2026-01-05T14:02:00.000Z', run: { runId: OLD } }, commit: { value: 'abc123' }, schema: null, lastCheck: { passed: 1, failed: 0 }, lastBackup: { name: 'b-1', of: 'db' }, runs: 1 }] } });
  });

  it('says that it is not known since a rollback that did not say it', async () => {
    await record(OLD, 'production', deployed);
    await record(NEW, 'production', rolledBack);
    expect(status('production').out).toContain('Deployed:         not known, since the rollback to level 1\n  Since:            2026-01-06 14:02 UTC\n');
  });

  it('keeps runs without an environment apart, under words of their own', async () => {
    await record(OLD, null, deployed);
    expect(status().out).toMatch(/^No environment\n {2}Deployed: {9}1\.7\.0\n/);
  });

  it('names a record that was tampered with, and ends with 1', async () => {
    await record(OLD, 'production', deployed);
    await record(NEW, 'production', deployed);
    const file = join(runs(), NEW, readdirSync(join(runs(), NEW)).find((name) => name.endsWith('.jsonl')) ?? '');
    writeFileSync(file, readFileSync(file, 'utf8').replace('abc123', 'abc666'));
    const said = status();
    expect(said).toMatchObject({ code: 1, err: expect.stringContaining(`The record of run ${NEW} is not whole.`) as string });
    expect(JSON.parse(status('--json').out)).toMatchObject({ success: false, details: { odd: [{ runId: NEW, isUnread: false }] } });
  });

  it('names a record that cannot be read, prints the others, and ends with 2', async () => {
    await record(OLD, 'production', deployed);
    mkdirSync(join(runs(), NEW), { recursive: true });
    writeFileSync(join(runs(), NEW, 'w1.jsonl'), 'nothing of this is an event\n');
    const said = status();
    expect(said).toMatchObject({ code: 2, err: expect.stringContaining(NEW) as string });
    expect(said.out).toContain('1.7.0');
  });

  it('ends with 2 for an environment that no run was made for, and for wrong usage; without runs it says where to begin', async () => {
    expect(status()).toMatchObject({ code: 0, out: '', err: expect.stringContaining('deploys=NAME') as string });
    await record(OLD, 'production', deployed);
    expect(status('prodution')).toMatchObject({ code: 2, out: '', err: expect.stringContaining('There are: production.') as string });
    expect(status('a', 'b')).toMatchObject({ code: 2, err: expect.stringContaining('Usage: guided-runbooks status [ENV] [--json]') as string });
    expect(status('--jsn')).toMatchObject({ code: 2 });
  });

  it('prints nothing that could drive a terminal', async () => {
    await record(OLD, 'prod\u001b[2J', deployed);
    expect(status().out).not.toContain('\u001b');
  });
});

describe('the index', () => {
  it('reads a record again only after it has changed, and lets go of one that is gone', async () => {
    await record(OLD, 'production', deployed);
    await record(NEW, 'staging', backedUp);
    const index = new StatusIndex([{ runs: runs(), boundary: workspace }], HOST);
    const first = await index.read();
    expect(first.runs.map(({ runId }) => runId)).toEqual([OLD, NEW]);
    rmSync(join(runs(), NEW), { recursive: true });
    const second = await index.read();
    expect(second.runs).toHaveLength(1);
    expect(second.runs[0]).toBe(first.runs[0]);
    const file = join(runs(), OLD, readdirSync(join(runs(), OLD)).find((name) => name.endsWith('.jsonl')) ?? '');
    appendFileSync(file, 'damage\n');
    expect((await index.read()).odd).toMatchObject([{ runId: OLD, isUnread: false }]);
  });

  it('names a record with a time that is yet to come, and one with a name that is none', async () => {
    await record(OLD, 'production', backedUp);
    await record(NEW, 'production', ran('backup', { backup: { act: 'makes', of: 'db' }, capture: 'N' }, 0, 'b-7\nprod-golden'));
    const { runs: read, odd } = await new StatusIndex([{ runs: runs(), boundary: workspace }], { claims: null, now: () => Date.UTC(2026, 0, 5, 14, 0) }).read();
    expect(odd).toMatchObject([{ runId: OLD, words: expect.stringContaining('yet to come') as string }, { runId: NEW, words: expect.stringContaining('cannot be the name of a backup') as string }]);
    expect(read.map(({ isAhead, facts }) => [isAhead, facts.length])).toEqual([[true, 1], [false, 0]]);
  });

  it('says which runs were driven from here', async () => {
    await record(OLD, 'production', backedUp);
    await record(NEW, 'production', backedUp);
    const store = new JsonlStore({ runs: runs(), boundary: workspace, claims: join(workspace, 'claims') });
    await store.claim(NEW, false);
    await store.dispose();
    const { runs: read } = await new StatusIndex([{ runs: runs(), boundary: workspace }], { ...HOST, claims: join(workspace, 'claims') }).read();
    expect(read.map(({ runId, isDriven }) => [runId, isDriven])).toEqual([[OLD, false], [NEW, true]]);
  });

  it('counts a line that was begun and never confirmed for nothing', async () => {
    await record(OLD, 'production', deployed);
    const file = join(runs(), OLD, readdirSync(join(runs(), OLD)).find((name) => name.endsWith('.jsonl')) ?? '');
    appendFileSync(file, '{"v":1,"id":');
    expect(await new StatusIndex([{ runs: runs(), boundary: workspace }], HOST).read()).toMatchObject({ odd: [], runs: [{ runId: OLD }] });
  });
});
