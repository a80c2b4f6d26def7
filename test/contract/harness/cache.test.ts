import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { cached, cacheRoot } from '../../harness/cache.ts';
import { Progress } from '../../harness/progress.ts';

let root: string;
let said: string[];
let progress: Progress;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'cache-'));
  vi.stubEnv('GUIDED_RUNBOOKS_CACHE', root);
  said = [];
  progress = new Progress((line) => said.push(line));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(root, { recursive: true, force: true });
});

const fillWith = (text: string) => (folder: string): Promise<void> => writeFile(join(folder, 'file'), text);

it('finds the folder where the environment says', () => {
  expect(cacheRoot({ GUIDED_RUNBOOKS_CACHE: '/chosen' })).toBe('/chosen');
  expect(cacheRoot({ XDG_CACHE_HOME: '/xdg' })).toBe('/xdg/guided-runbooks');
});

it('fills a folder once, also when two ask at the same time', async () => {
  const folders = await Promise.all([cached('tool-1', progress, fillWith('a')), cached('tool-1', progress, fillWith('b'))]);
  expect(new Set(folders)).toEqual(new Set([join(root, 'tool-1')]));
  const first = await readFile(join(root, 'tool-1', 'file'), 'utf8');
  await cached('tool-1', progress, fillWith('c'));
  expect(await readFile(join(root, 'tool-1', 'file'), 'utf8')).toBe(first);
  expect(said.join()).toContain('waiting for it');
  expect(await readdir(root)).toEqual(['tool-1']);
});

it('leaves nothing behind when filling fails, and can be tried again', async () => {
  await expect(cached('tool-1', progress, () => Promise.reject(new Error('no network')))).rejects.toThrow('no network');
  expect(await readdir(root)).toEqual([]);
  await cached('tool-1', progress, fillWith('a'));
  expect(existsSync(join(root, 'tool-1', 'file'))).toBe(true);
});

it('takes over from a run that died', async () => {
  const lock = join(root, 'tool-1.lock');
  await mkdir(lock);
  const longAgo = new Date(Date.now() - 120_000);
  await utimes(lock, longAgo, longAgo);
  await cached('tool-1', progress, fillWith('a'));
  expect(await readdir(root)).toEqual(['tool-1']);
});
