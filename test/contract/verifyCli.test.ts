import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RunEventBody } from '../../src/core/run/events.ts';
import { JsonlStore } from '../../src/node/record/jsonlStore.ts';

const built = mkdtempSync(join(tmpdir(), 'guided-runbooks-cli-'));
const cli = join(built, 'cli.js');
let workspace: string;

beforeAll(() => build({ entryPoints: [join(import.meta.dirname, '../../src/cli/main.ts')], outfile: cli, bundle: true, platform: 'node', target: 'node20', format: 'cjs', mainFields: ['module', 'main'], logLevel: 'silent' }));
beforeEach(() => {
  workspace = mkdtempSync(join(built, 'ws-'));
});
afterAll(() => rmSync(built, { recursive: true }));

function run(...args: readonly string[]): { readonly code: number | null; readonly out: string; readonly err: string } {
  const done = spawnSync(process.execPath, [cli, 'verify', ...args], { cwd: workspace, encoding: 'utf8' });
  return { code: done.status, out: done.stdout, err: done.stderr };
}

const folder = (id: string): string => join(workspace, '.runbooks', 'runs', id);
const fileOf = (id: string): string => join(folder(id), readdirSync(folder(id)).find((name) => name.endsWith('.jsonl')) ?? '');

async function record(id: string): Promise<void> {
  const store = new JsonlStore({ runs: join(workspace, '.runbooks', 'runs'), boundary: workspace, claims: join(workspace, 'claims') });
  const text = '# Deploy\n';
  await store.saveText(id, text);
  const bodies: readonly RunEventBody[] = [
    { type: 'run.started', title: 'Deploy', file: 'deploy.md', textSha256: createHash('sha256').update(text).digest('hex'), git: null },
    { type: 'step.ticked', stepId: 'a', note: null },
    { type: 'step.ticked', stepId: 'b', note: null },
  ];
  for (const [at, body] of bodies.entries()) await store.append({ id: `e${String(at)}`, run: id, time: '2026-01-05T14:00:00.000Z', actor: { name: 'Ada', email: null }, body });
  await store.dispose();
}

describe('verify', () => {
  it('exits with 0 for a whole record, by id and by folder', async () => {
    await record('R1');
    expect(run('R1')).toEqual({ code: 0, out: 'R1: whole; 3 events of 1 writer; git could not be asked\n', err: '' });
    expect(run('.runbooks/runs/R1/').code).toBe(0);
    expect(run(folder('R1')).code).toBe(0);
  });

  it('says since which commit it is unchanged', async () => {
    await record('R1');
    const git = (...words: readonly string[]): string => execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...words], { cwd: workspace, encoding: 'utf8' });
    git('init', '-q');
    expect(run('R1').out).toContain('not committed');
    git('add', '.runbooks');
    git('commit', '-qm', 'x');
    expect(run('R1').out).toContain(`unchanged since commit ${git('rev-parse', 'HEAD').slice(0, 12)}`);
  });

  it('exits with 1 and tells each finding on a line of its own', async () => {
    await record('R1');
    await record('R2');
    const lines = readFileSync(fileOf('R1'), 'utf8').split('\n');
    writeFileSync(fileOf('R1'), [lines[0], lines[1]?.replace('"a"', '"x"'), lines[2], ''].join('\n'));
    writeFileSync(join(folder('R1'), 'runbook.md'), '# Other\n');
    const { code, out, err } = run('R1', 'R2');
    expect([code, err]).toEqual([1, '']);
    expect(out.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^R1: Line 2 of w-[0-9a-f]+\.jsonl is damaged and was left out: it does not match its checksum\.$/),
      'R1: The runbook’s text at the start is not the one that the run began with.',
      expect.stringContaining('R2: whole'),
    ]);
  });

  it('prints one JSON document', async () => {
    await record('R1');
    await record('R2');
    writeFileSync(fileOf('R2'), readFileSync(fileOf('R2')).subarray(0, -5));
    const good = run('--json', 'R1');
    expect([good.code, JSON.parse(good.out)]).toEqual([0, { success: true, details: { runs: [{ run: 'R1', folder: expect.stringContaining('R1') as string, events: 3, writers: 1, findings: [], anchor: { kind: 'unknown' } }] } }]);
    const bad = run('--json', 'R1', 'R2', 'R3');
    expect(bad.code).toBe(2);
    expect(JSON.parse(bad.out)).toMatchObject({ success: false, details: { runs: [{ run: 'R1' }, { run: 'R2', events: 2, findings: [{ kind: 'torn', line: 3 }] }, { run: 'R3', error: expect.stringContaining('no such folder') as string }] } });
  });

  it('exits with 2 for what cannot be read: missing, a file, no record', async () => {
    await record('R1');
    mkdirSync(join(workspace, 'empty'));
    writeFileSync(join(workspace, 'plain'), '');
    for (const name of ['missing', 'empty', 'plain', '.']) {
      const { code, out, err } = run(name, 'R1');
      expect([name, code, out.startsWith('R1: whole'), err.startsWith('guided-runbooks: ')]).toEqual([name, 2, true, true]);
    }
  });

  it.skipIf(process.getuid?.() === 0)('exits with 2 without permission (skipped for root, who may read everything)', async () => {
    await record('R1');
    chmodSync(fileOf('R1'), 0);
    expect(run('R1')).toMatchObject({ code: 2, err: expect.stringContaining('you may not read it') as string });
  });

  it('cannot be used to drive the terminal of who reads it', async () => {
    await record('R1');
    writeFileSync(join(folder('R1'), 'w-evil.jsonl'), '\u001b[2J\u001b]0;x\u0007\n');
    symlinkSync('/etc/passwd', join(folder('R1'), 'w-link.jsonl'));
    const { code, out } = run('R1');
    expect(code).toBe(1);
    expect(out).not.toContain('\u001b');
    expect(out).toContain('w-link.jsonl was left out: it is no regular file.');
  });

  it.each([[[]], [['--what', 'R1']]])('exits with 2 on wrong usage: %j', (args) => {
    const { code, err } = run(...args);
    expect([code, err.includes('Usage:')]).toEqual([2, true]);
  });

  it('changes nothing', async () => {
    await record('R1');
    const before = readdirSync(workspace, { recursive: true });
    run('R1', 'R9');
    expect(readdirSync(workspace, { recursive: true })).toEqual(before);
    expect(existsSync(folder('R9'))).toBe(false);
  });
});
