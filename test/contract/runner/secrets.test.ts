import { type Dirent, existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { removeSecrets } from '../../../src/node/runner/executionFolder.ts';
import { Bench, end, word } from './bench.ts';
import { installed, until } from './terminal.ts';

/** A secret reaches the block as a variable, and is off the disk before the block begins. */

vi.setConfig({ testTimeout: 60_000 });
const SECRET = "s3cr3t-$(touch P)'; touch P #\\ \"x\"";
let bench: Bench;
let work: string;
beforeEach(async () => {
  work = await mkdtemp(join(tmpdir(), 'runner-work-'));
});
afterEach(async () => {
  await bench.dispose();
  await rm(work, { recursive: true, force: true });
});

/** Files below a folder that hold a text. */
async function holding(folder: string, text: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const entry of await filesBelow(folder)) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && (await readFile(path, 'latin1').catch(() => '')).includes(text)) found.push(path);
  }
  return found;
}

/** A folder that is removed while it is listed (that of the secrets, here) says nothing of the others: it is listed again. */
async function filesBelow(folder: string): Promise<readonly Dirent[]> {
  for (;;) {
    try {
      return await readdir(folder, { recursive: true, withFileTypes: true });
    } catch (error) {
      const isGone = error instanceof Error && 'code' in error && error.code === 'ENOENT' && existsSync(folder);
      if (!isGone) throw error;
    }
  }
}

describe.each((['bash', 'sh', 'zsh', 'fish'] as const).filter(installed))('in %s', (shell) => {
  test('the block gets it byte for byte, and finds it in no file of its own', async () => {
    bench = await Bench.open('bash');
    const block = `printenv TOKEN > '${work}/seen'\ngrep -rl 's3cr[3]t' '${bench.root}' > '${work}/files'\ntrue\n`;
    expect(word(await bench.run(block, { shell, secrets: { TOKEN: SECRET }, variables: { OTHER: 'o' } }))).toBe('exit 0');
    expect(await readFile(join(work, 'seen'), 'utf8')).toBe(`${SECRET}\n`);
    expect(await readFile(join(work, 'files'), 'utf8')).toBe('');
    expect(await holding(bench.root, 's3cr3t')).toEqual([]);
    expect(await readdir(bench.root)).not.toContain('P');
  });

  test('later steps get neither it nor what holds it, and everything else', async () => {
    bench = await Bench.open('bash');
    const set = shell === 'fish' ? 'set -gx AUTH "Bearer $TOKEN"\nset -gx FLAG on\n' : 'export AUTH="Bearer $TOKEN"\nexport FLAG=on\n';
    expect(await bench.run(set, { shell, secrets: { TOKEN: SECRET } })).toMatchObject({ kind: 'exited', code: 0, carried: true });
    await bench.terminal.see(/not kept for later steps, because it holds a secret: AUTH/);
    expect(await holding(bench.root, 's3cr3t')).toEqual([]);
    await bench.run(`printenv TOKEN AUTH FLAG > '${work}/seen'\ntrue\n`, { shell });
    expect(await readFile(join(work, 'seen'), 'utf8')).toBe('on\n');
  });
});

test('a PATH on which nothing is found does not keep it, or any value, from the next step', async () => {
  bench = await Bench.open('bash');
  await bench.run('export PATH=/nowhere\n');
  expect(word(await bench.run('[ "${#TOKEN}$OTHER" = 4o ]\n', { secrets: { TOKEN: 'abcd' }, variables: { OTHER: 'o' } }))).toBe('exit 0');
  expect(await holding(bench.root, 'abcd')).toEqual([]);
});

test('it is private as long as it lies there, and goes when nothing was started', async () => {
  bench = await Bench.open('bash');
  const folder = await bench.prepare('true\n', { secrets: { TOKEN: SECRET } });
  const path = join(folder.path, 'secret');
  expect([(await stat(path)).mode & 0o777, (await stat(join(path, 'TOKEN'))).mode & 0o777]).toEqual([0o700, 0o600]);
  await removeSecrets(folder);
  await removeSecrets(folder);
  expect(await holding(bench.root, 's3cr3t')).toEqual([]);
});

test('a block that is refused leaves none behind', async () => {
  bench = await Bench.open('bash');
  const folder = await bench.prepare('true\n', { secrets: { TOKEN: SECRET } });
  await writeFile(join(folder.path, 'block'), 'touch P\n');
  const { watcher } = bench.typeFolder(folder, 'a'.repeat(64));
  expect(word(await end(watcher, bench.terminal))).toMatch(/refused/);
  await until(async () => (await holding(bench.root, 's3cr3t')).length === 0);
});

test('a name that no variable can have makes nothing', async () => {
  bench = await Bench.open('bash');
  for (const name of ['a/b', '../x', 'gr_dir', '1']) await expect(bench.prepare('true\n', { secrets: { [name]: 'x' } })).rejects.toMatchObject({ code: 'bad-variable' });
});
