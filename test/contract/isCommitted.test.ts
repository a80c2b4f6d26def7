import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { commitRecord } from '../../src/node/shareRecord.ts';
import { isCommitted } from '../../src/node/share/isCommitted.ts';
import { type Clone, Clones } from './share/clones.ts';

let clones: Clones;
let ada: Clone;
beforeEach(async () => {
  clones = new Clones();
  ada = clones.make('ada');
  await ada.start();
});
afterEach(() => clones.dispose());

test('a record is committed once it is staged or in the commit that is checked out', async () => {
  expect(await isCommitted(ada.folder)).toBe(false);
  ada.git('add', ada.folder);
  expect(await isCommitted(ada.folder)).toBe(true);
  ada.git('reset', '-q');
  expect(await isCommitted(ada.folder)).toBe(false);
  await commitRecord({ folder: ada.folder, isTrusted: true }, 'Record');
  expect(await isCommitted(ada.folder)).toBe(true);
  // Out of the index, and still in the commit.
  ada.git('rm', '-rq', '--cached', ada.folder);
  expect(await isCommitted(ada.folder)).toBe(true);
});

test('without a repository it is not, and where git cannot say, nobody says so', async () => {
  writeFileSync(join(ada.path, '.git', 'HEAD'), 'nonsense');
  expect(await isCommitted(ada.folder)).toBeNull();
  const path = process.env['PATH'];
  process.env['PATH'] = clones.home;
  try {
    expect(await isCommitted(ada.folder)).toBeNull();
    rmSync(join(ada.path, '.git'), { recursive: true });
    expect(await isCommitted(ada.folder)).toBe(false);
  } finally {
    process.env['PATH'] = path;
  }
});
