import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { executionCwd } from '../../../src/node/executionCwd.ts';

let base: string;
beforeAll(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), 'cwd-')));
  await mkdir(join(base, 'in'));
  await writeFile(join(base, 'file'), '');
  await symlink('/', join(base, 'out'));
});
afterAll(() => rm(base, { recursive: true }));

test('a directory of the workspace is used by its real path, and none stays none', async () => {
  expect(await executionCwd('in', base)).toBe(join(base, 'in'));
  expect(await executionCwd(null, base)).toBeNull();
});

test.each([
  ['gone', 'cwd-missing', /does not exist.*Make it/],
  ['file', 'cwd-not-directory', /is not a directory.*Correct cwd=/],
  ['..', 'cwd-outside', /leads out of the workspace.*Correct cwd=/],
  ['out', 'cwd-outside', /remove the link/],
])('%s is refused, and it says what to do', async (written, code, message) => {
  await expect(executionCwd(written, base)).rejects.toMatchObject({ code, message: expect.stringMatching(message) as string });
});
