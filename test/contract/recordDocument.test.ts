import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bodySchemas } from '../../src/node/record/schema.ts';
import { REPOSITORY } from '../harness/vsix.ts';

const DOCUMENT = readFileSync(join(REPOSITORY, 'docs', 'RECORD.md'), 'utf8');
const program = /```js\n(.*?)```/s.exec(DOCUMENT)?.[1] ?? '';
const golden = join(import.meta.dirname, 'golden', 'v1');

let folder: string;
let copy: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'runbooks-document-'));
  copy = join(folder, 'run');
  cpSync(join(golden, readdirSync(golden).find((name) => name.startsWith('01')) ?? ''), copy, { recursive: true });
  writeFileSync(join(folder, 'verify.cjs'), program);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const verify = (): { readonly status: number | null; readonly stdout: string } => spawnSync(process.execPath, [join(folder, 'verify.cjs'), copy], { encoding: 'utf8' });
const file = (): string => join(copy, readdirSync(copy).find((name) => name.startsWith('w-a')) ?? '');
const edit = (change: (text: string) => string): void => writeFileSync(file(), change(readFileSync(file(), 'utf8')));

describe('the program in docs/RECORD.md', () => {
  test('finds a record whole that is', () => {
    expect(verify()).toMatchObject({ status: 0, stdout: '' });
  });

  test.each<readonly [string, (text: string) => string, string]>([
    ['an edited line', (text) => text.replace('looks fine', 'looks bad'), 'line 2 is damaged'],
    ['a line that was taken out', (text) => text.split('\n').filter((_, at) => at !== 1).join('\n'), 'line 2 does not follow'],
    ['a torn end', (text) => text.slice(0, -1), 'torn'],
    ['lines cut off that another writer had seen', (text) => `${text.split('\n').slice(0, 5).join('\n')}\n`, 'had been seen'],
  ])('finds %s', (_what, change, words) => {
    edit(change);
    const { status, stdout } = verify();
    expect([status, stdout.includes(words)]).toEqual([1, true]);
  });
});

test('the events that the document speaks of are ones', () => {
  const types = new Set(bodySchemas.map(({ entries }) => entries.type.literal as string));
  const named = [...DOCUMENT.matchAll(/`((?:run|step|command|gate|field|rollback|remark|approval)\.[a-zA-Z]+)`/g)].map(([, type]) => type ?? '');
  expect(named.length).toBeGreaterThan(2);
  expect(named.filter((type) => !types.has(type))).toEqual([]);
});
