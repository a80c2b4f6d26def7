import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'guided-runbooks-cli-'));
const cli = join(folder, 'cli.js');

beforeAll(async () => {
  await build({ entryPoints: [join(import.meta.dirname, '../../src/cli/main.ts')], outfile: cli, bundle: true, platform: 'node', target: 'node20', format: 'cjs', mainFields: ['module', 'main'], logLevel: 'silent' });
  writeFileSync(join(folder, 'a.md'), '# A\n\n- [ ] one\n');
  writeFileSync(join(folder, 'b.md'), '# B\n\n## Rollback\n\n### Level 1: Off (2 min)\n\n```sh\noff\n```\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

function run(...args: readonly string[]): { readonly code: number | null; readonly out: string; readonly err: string } {
  const done = spawnSync(process.execPath, [cli, ...args], { cwd: folder, encoding: 'utf8' });
  return { code: done.status, out: done.stdout, err: done.stderr };
}

describe('inspect', () => {
  it('prints a JSON document a line, per file in order', () => {
    const { code, out, err } = run('inspect', '--json', 'b.md', 'a.md');
    expect([code, err]).toEqual([0, '']);
    const [b, a] = out.trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(b).toMatchObject({ file: 'b.md', title: 'B', rollbackLevels: [{ level: 1, title: 'Off', budgetSeconds: 120, line: 5, commands: [{ language: 'sh', text: 'off\n', line: 7 }] }] });
    expect(Object.keys(a ?? {})).toEqual(['file', 'title', 'metadata', 'sections', 'steps', 'rollbackLevels', 'triggers', 'fields', 'diagnostics']);
    expect(a).toMatchObject({ steps: [{ id: 'a/one', title: 'one', kind: 'manual', line: 3, sectionId: 'a', parentId: null, tickedInSource: false, owner: null, requires: [], commands: [] }] });
  });

  it('prints an outline for people', () => {
    const { code, out } = run('inspect', 'b.md');
    expect(code).toBe(0);
    expect(out).toContain('## Rollback  [rollback]');
    expect(out).toMatch(/5 1 Off {2}\(2 min; 1 command\)/);
  });

  it('says what it could not read, exits with 2, and still prints the others', () => {
    writeFileSync(join(folder, 'huge.md'), '');
    truncateSync(join(folder, 'huge.md'), 50 * 1024 * 1024);
    const { code, out, err } = run('inspect', '--json', 'missing.md', '.', 'huge.md', 'a.md');
    expect(code).toBe(2);
    expect(out.trimEnd().split('\n')).toHaveLength(1);
    expect(err).toContain('missing.md could not be read: there is no such file.');
    expect(err).toContain('. is a folder.');
    expect(err).toContain('huge.md has 50 MB; the limit is 10 MB.');
  });

  it.skipIf(process.getuid?.() === 0)('says when a file may not be read (skipped for root, who may read everything)', () => {
    writeFileSync(join(folder, 'secret.md'), '# x');
    chmodSync(join(folder, 'secret.md'), 0);
    expect(run('inspect', 'secret.md')).toMatchObject({ code: 2, err: expect.stringContaining('you may not read it') as string });
  });

  it('opens binary files and invalid UTF-8 with a diagnostic', () => {
    writeFileSync(join(folder, 'bin.md'), Buffer.from([0, 1, 2, 0xff, 0xfe, 0x80, 10]));
    const { code, out } = run('inspect', '--json', 'bin.md');
    expect(code).toBe(0);
    const codes = (JSON.parse(out) as { diagnostics: { code: string }[] }).diagnostics.map((odd) => odd.code);
    expect(codes).toEqual(expect.arrayContaining(['not-text', 'invalid-utf8']));
  });

  it.each([[['inspect']], [['inspect', '--what', 'a.md']], [['frob']], [[]]])('exits with 2 on wrong usage: %j', (args) => {
    expect(run(...args).code).toBe(2);
  });
});
