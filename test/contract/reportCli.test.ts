import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunEvent } from '../../src/core/run/events.ts';
import { JsonlStore } from '../../src/node/record/jsonlStore.ts';
import { ordersText, rolledBackRun, successfulRun } from '../fakes/reportedRuns.ts';

const workspace = mkdtempSync(join(tmpdir(), 'guided-runbooks-report-'));
const cli = join(workspace, 'cli.js');
const GOOD = '01J9AAAAAAAAAAAAAAAAAAGOOD';
const BACK = '01J9BBBBBBBBBBBBBBBBBBBACK';
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

beforeAll(async () => {
  await build({ entryPoints: [join(import.meta.dirname, '../../src/cli/main.ts')], outfile: cli, bundle: true, platform: 'node', target: 'node20', format: 'cjs', mainFields: ['module', 'main'], logLevel: 'silent' });
  await record(GOOD, successfulRun());
  await record(BACK, rolledBackRun());
});
afterAll(() => rmSync(workspace, { recursive: true }));

/** Writes a run as the store does; the fakes' hashes are made real ones. */
async function record(run: string, events: readonly RunEvent[]): Promise<void> {
  const store = new JsonlStore({ runs: join(workspace, '.runbooks', 'runs'), boundary: workspace, claims: join(workspace, 'claims') });
  await store.saveText(run, ordersText);
  const real = (event: RunEvent): RunEvent => JSON.parse(JSON.stringify(event, (key, value: unknown) => (key === 'textSha256' ? sha256(ordersText) : /sha256/i.test(key) ? sha256(key) : value))) as RunEvent;
  for (const { id, time, actor, body } of events.map(real)) await store.append({ id, run, time, actor, body });
  await store.dispose();
}

function run(...args: readonly string[]): { readonly code: number | null; readonly out: string; readonly err: string } {
  const done = spawnSync(process.execPath, [cli, ...args], { cwd: workspace, encoding: 'utf8' });
  return { code: done.status, out: done.stdout, err: done.stderr };
}

describe('report', () => {
  it('writes each format, for an id, the beginning or end of one, and a folder', () => {
    const markdown = run('report', GOOD);
    expect(markdown).toMatchObject({ code: 0, err: '' });
    expect(markdown.out).toMatch(/^# Run of Deploy orders\n/);
    expect(markdown.out).toContain('- [x] Restart · done, run by Ada');
    expect(markdown.out).toContain('| Record | complete; git could not be asked |');
    for (const name of ['01j9a', 'good', join('.runbooks', 'runs', GOOD), join(workspace, '.runbooks', 'runs', `${GOOD}/`)]) expect(run('report', name, '--format', 'md')).toEqual(markdown);
    expect(run('report', GOOD, '--format=html').out).toMatch(/^<!doctype html>\n[^]*<\/html>\n$/);
    expect(run('report', BACK, '--format', 'postmortem').out).toMatch(/^# Post-mortem[^]*## [^]*Level 1/);
    expect(JSON.parse(run('report', BACK, '--format', 'json').out)).toMatchObject({ formatVersion: 1, runId: BACK, outcome: 'rolled-back', rollbacks: [{ level: 1, isOverBudget: true }], integrity: { isComplete: true } });
  });

  it('writes to a file instead', () => {
    const file = join(workspace, 'out.md');
    expect(run('report', GOOD, '--output', 'out.md')).toEqual({ code: 0, out: '', err: '' });
    expect(readFileSync(file, 'utf8')).toBe(run('report', GOOD).out);
    expect(run('report', GOOD, '-o', join('no', 'such', 'folder'))).toMatchObject({ code: 2, out: '', err: expect.stringContaining('could not be written') as string });
  });

  it('says what is odd with the record, and does without the runbook’s text', () => {
    const id = '01J9CCCCCCCCCCCCCCCCCCTEXT';
    const from = join(workspace, '.runbooks', 'runs', GOOD);
    const to = join(workspace, 'elsewhere', id);
    mkdirSync(to, { recursive: true });
    const lines = spawnSync('cat', [...spawnSync('sh', ['-c', `ls ${from}/*.jsonl`], { encoding: 'utf8' }).stdout.trim().split('\n')], { encoding: 'utf8' }).stdout;
    writeFileSync(join(to, 'w.jsonl'), lines);
    const { code, out } = run('report', join('elsewhere', id));
    expect(code).toBe(0);
    expect(out).toContain('**not complete**');
    expect(out).toMatch(/- Line 1 of w\.jsonl is damaged and was left out: it belongs to another/);
  });

  it('does not print a stack when its reader has gone', async () => {
    const child = spawn(process.execPath, [cli, 'report', GOOD, '--format', 'html'], { cwd: workspace, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    let words = '';
    child.stderr.setEncoding('utf8').on('data', (part: string) => (words += part));
    const [code] = (await once(child, 'close')) as [number | null];
    expect([code, words]).toEqual([0, '']);
  });

  it.each([[[]], [[GOOD, BACK]], [[GOOD, '--format', 'pdf']], [[GOOD, '--what']], [[GOOD, '--format']], [['nobody']], [['01J9']], [['']], [['..']]])('exits with 2 and prints nothing to stdout: %j', (args) => {
    const { code, out, err } = run('report', ...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^guided-runbooks[^\n]*\n$/);
  });
});

describe('compare', () => {
  it('sets two runs side by side, as text, Markdown and JSON', () => {
    expect(run('compare', 'good', 'back').out).toContain('6 steps in both, 0 only in the first');
    expect(run('compare', 'good', 'back', '--format', 'md').out).toMatch(/^# Two runs of Deploy orders\n/);
    expect(JSON.parse(run('compare', 'good', 'back', '--json').out)).toMatchObject({ success: true, details: { totals: { inBoth: 6, otherOutcome: 4 } } });
  });

  it('says in JSON too what could not be read', () => {
    const { code, out, err } = run('compare', '--json', GOOD, 'nobody');
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({ success: false, details: { code: 'no-such-run' } });
    expect(err).toContain('There is no run “nobody”');
    expect(run('compare', GOOD)).toMatchObject({ code: 2, out: '' });
    expect(run('compare', GOOD, BACK, '--format', 'html')).toMatchObject({ code: 2, out: '' });
  });
});

describe('runs', () => {
  it('lists them, newest first', () => {
    const { code, out, err } = run('runs');
    expect([code, err]).toEqual([0, '']);
    expect(out.trimEnd().split('\n')).toEqual([`${BACK}  Rolled back  2026-01-05 14:00 UTC  Ada  Deploy orders`, `${GOOD}  Completed    2026-01-05 14:00 UTC  Ada  Deploy orders`]);
    expect(JSON.parse(run('runs', '--json').out)).toMatchObject({ success: true, details: { runs: [{ id: BACK, state: 'rolled-back', startedBy: 'Ada' }, { id: GOOD, state: 'completed' }], unread: [] } });
  });

  it('lists the others when one cannot be read, and follows no link', () => {
    const empty = join(workspace, '.runbooks', 'runs', '01J9DDDDDDDDDDDDDDDDDEMPTY');
    mkdirSync(empty);
    symlinkSync(join(workspace, '.runbooks', 'runs', GOOD), join(workspace, '.runbooks', 'runs', '01J9EEEEEEEEEEEEEEEEEELINK'));
    const { code, out, err } = run('runs');
    expect(code).toBe(2);
    expect(out.trimEnd().split('\n')).toHaveLength(2);
    expect(err).toContain('01J9DDDDDDDDDDDDDDDDDEMPTY holds no record of a run');
    rmSync(empty, { recursive: true });
    rmSync(join(workspace, '.runbooks', 'runs', '01J9EEEEEEEEEEEEEEEEEELINK'));
  });

  it('has none where there are none', () => {
    const done = spawnSync(process.execPath, [cli, 'runs'], { cwd: tmpdir(), encoding: 'utf8' });
    expect([done.status, done.stdout, done.stderr]).toEqual([0, '', 'No runs are recorded here.\n']);
    expect(run('runs', GOOD).code).toBe(2);
  });
});

it.each(['inspect', 'runs', 'report', 'compare', 'verify'])('%s --help says how it is used', (command) => {
  for (const asking of ['--help', '-h']) {
    const { code, out, err } = run(command, asking);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain(`Usage: guided-runbooks ${command}`);
    expect(out).toContain('Exit codes');
  }
});
