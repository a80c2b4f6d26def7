import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { unfinishedFiles } from '../../../src/extension/sessions/unfinishedFiles.ts';

let base: string;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'guided-runbooks-unfinished-'));
  await writeFile(join(base, 'a.md'), '# A\n');
});

afterEach(() => rm(base, { recursive: true, force: true }));

async function record(run: string, file: string, isEnded: boolean): Promise<void> {
  await mkdir(join(base, 'runs', run), { recursive: true });
  const lines = [{ body: { type: 'run.started', file } }, ...(isEnded ? [{ body: { type: 'run.ended' } }] : [])];
  await writeFile(join(base, 'runs', run, 'w.jsonl'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
}

const find = (): Promise<readonly string[]> => unfinishedFiles(join(base, 'runs'), base);

it('finds runbooks whose run has no end, once each', async () => {
  await record('01A', 'a.md', false);
  await record('01B', 'a.md', false);
  expect(await find()).toEqual([join(base, 'a.md')]);
});

it('leaves out runs that ended, files that are gone and no folder at all', async () => {
  expect(await find()).toEqual([]);
  await record('01A', 'a.md', true);
  await record('01B', 'gone.md', false);
  expect(await find()).toEqual([]);
});

it('opens nothing outside the workspace, whatever a record says', async () => {
  await record('01A', '../../etc/passwd', false);
  await record('01B', '/etc/passwd', false);
  await symlink('/etc/passwd', join(base, 'link.md'));
  await record('01C', 'link.md', false);
  expect(await find()).toEqual([]);
});

it('reads no record that is a link, least of all to a device that never ends', async () => {
  await record('01A', 'a.md', false);
  await rename(join(base, 'runs', '01A', 'w.jsonl'), join(base, 'moved.jsonl'));
  await symlink(join(base, 'moved.jsonl'), join(base, 'runs', '01A', 'w.jsonl'));
  await symlink('/dev/zero', join(base, 'runs', '01A', 'x.jsonl'));
  expect(await find()).toEqual([]);
});

it('survives records that are none', async () => {
  await mkdir(join(base, 'runs', '01A'), { recursive: true });
  await writeFile(join(base, 'runs', '01A', 'w.jsonl'), '"type":"run.started" {{{\n');
  await writeFile(join(base, 'runs', 'file'), 'x');
  expect(await find()).toEqual([]);
});
