import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WorkspaceFiles } from '../../src/node/workspaceFiles.ts';

let base: string;
let outside: string;
let files: WorkspaceFiles;
beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'runbooks-files-')));
  outside = realpathSync(mkdtempSync(join(tmpdir(), 'runbooks-outside-')));
  files = new WorkspaceFiles(base);
});
afterEach(() => {
  for (const folder of [base, outside]) rmSync(folder, { recursive: true, force: true });
});

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const at = (path: string): string => join(base, path);

test('creates a file with its folders, and nothing beside it', async () => {
  expect(await files.look('a/b/c.txt')).toEqual({ realPath: 'a/b/c.txt', sha256: null, text: null, bytes: 0 });
  await files.write('a/b/c.txt', 'text\n', null);
  expect(readFileSync(at('a/b/c.txt'), 'utf8')).toBe('text\n');
  expect(readdirSync(at('a/b'))).toEqual(['c.txt']);
});

test('replaces a file whole and keeps its mode', async () => {
  writeFileSync(at('run.sh'), 'old');
  chmodSync(at('run.sh'), 0o750);
  expect(await files.look('run.sh')).toEqual({ realPath: 'run.sh', sha256: hash('old'), text: 'old', bytes: 3 });
  await files.write('run.sh', 'new', hash('old'));
  expect([readFileSync(at('run.sh'), 'utf8'), statSync(at('run.sh')).mode & 0o777]).toEqual(['new', 0o750]);
});

test('what is no text, or too much of it, is told by its hash alone', async () => {
  for (const bytes of [Buffer.from([0x61, 0xff]), Buffer.from([0x61, 0]), Buffer.alloc(1024 * 1024 + 1, 'x')]) {
    writeFileSync(at('x'), bytes);
    expect(await files.look('x')).toMatchObject({ text: null, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
  }
});

test('a file that is not what was shown is not written over, and one that has come or gone neither', async () => {
  writeFileSync(at('x'), 'theirs');
  await expect(files.write('x', 'ours', hash('shown'))).rejects.toThrow('not what you were shown');
  await expect(files.write('x', 'ours', null)).rejects.toThrow('not what you were shown');
  await expect(files.write('gone', 'ours', hash('shown'))).rejects.toThrow('not what you were shown');
  expect([readFileSync(at('x'), 'utf8'), existsSync(at('gone')), readdirSync(base)]).toEqual(['theirs', false, ['x']]);
});

test('links that lead out, into git or nowhere are refused', async () => {
  mkdirSync(at('.git'));
  mkdirSync(at('folder'));
  writeFileSync(join(outside, 'x'), 'theirs');
  symlinkSync(outside, at('out'));
  symlinkSync(join(outside, 'x'), at('link'));
  symlinkSync(at('.git'), at('hidden'));
  symlinkSync(join(outside, 'nothing'), at('dangling'));
  symlinkSync(at('loop'), at('loop'));
  const refused: readonly (readonly [string, string])[] = [['out/x', 'leads out'], ['out/new/y', 'leads out'], ['link', 'leads out'], ['hidden/config', 'into .git'], ['dangling', 'cannot be written'], ['loop', 'cannot be written'], ['folder', 'cannot be written'], ['../x', 'leads out']];
  for (const [path, words] of refused) {
    await expect(files.look(path), path).rejects.toThrow(words);
    await expect(files.write(path, 'ours', null), path).rejects.toThrow(words);
  }
  expect([readdirSync(outside), readFileSync(join(outside, 'x'), 'utf8'), readdirSync(at('.git'))]).toEqual([['x'], 'theirs', []]);
});

test('a link inside the workspace stays, and what it names is written', async () => {
  mkdirSync(at('real'));
  writeFileSync(at('real/x'), 'old');
  symlinkSync(at('real/x'), at('link'));
  expect(await files.look('link')).toMatchObject({ realPath: 'real/x', text: 'old' });
  await files.write('link', 'new', hash('old'));
  expect([readFileSync(at('real/x'), 'utf8'), realpathSync(at('link'))]).toEqual(['new', at('real/x')]);
});

test('a file that somebody edits is left alone', async () => {
  writeFileSync(at('x'), 'old');
  symlinkSync(at('x'), at('y'));
  const edited = new WorkspaceFiles(base, (path) => path === at('x'));
  for (const path of ['x', 'y']) {
    await expect(edited.look(path)).rejects.toThrow('not saved');
    await expect(edited.write(path, 'new', hash('old'))).rejects.toThrow('not saved');
  }
});
