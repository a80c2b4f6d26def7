import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { watchFolder, type WatchTimes } from '../../src/node/record/watchFolder.ts';

let folder: string;
let calls: number;
let stop: () => void = () => undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watch-'));
  calls = 0;
});
afterEach(async () => {
  stop();
  await rm(folder, { recursive: true, force: true });
});

const SEEN: readonly (readonly [string, WatchTimes])[] = [
  ['by the file watch', { settleMs: 20, pollMs: 3_600_000 }],
  ['by the slow look', { settleMs: 3_600_000, pollMs: 20 }],
];

/** Appends a line and looks whether it was told of: what stands there at the first look is not. */
async function isSeen(file: string): Promise<boolean> {
  const before = calls;
  await appendFile(file, 'a line\n');
  return until(() => calls > before);
}

/** Whether it comes true within a moment. */
async function until(condition: () => boolean): Promise<boolean> {
  for (let turns = 0; turns < 40 && !condition(); turns += 1) await new Promise((resolve) => setTimeout(resolve, 10));
  return condition();
}

test.each(SEEN)('a line that is appended and a file that is new are told of, %s', async (_, times) => {
  const file = join(folder, 'w.jsonl');
  await writeFile(file, 'one\n');
  stop = watchFolder(folder, () => (calls += 1), times);
  await expect.poll(() => isSeen(file)).toBe(true);
  await expect.poll(() => isSeen(join(folder, 'other.jsonl'))).toBe(true);
});

test('a folder that is not there yet is seen once it is', async () => {
  const later = join(folder, 'later');
  stop = watchFolder(later, () => (calls += 1), { pollMs: 20 });
  await mkdir(later);
  await expect.poll(() => isSeen(join(later, 'w.jsonl'))).toBe(true);
});

test.each(SEEN)('of files that are not meant nothing is told, %s', async (_, times) => {
  let all = 0;
  const stopAll = watchFolder(folder, () => (all += 1), times);
  stop = watchFolder(folder, () => (calls += 1), { ...times, isMeant: (name) => name !== 'mine.jsonl' });
  const seenByAll = (): Promise<boolean> => {
    const before = all;
    return appendFile(join(folder, 'mine.jsonl'), 'a line\n').then(() => until(() => all > before));
  };
  await expect.poll(seenByAll).toBe(true);
  await expect.poll(seenByAll).toBe(true);
  expect(calls).toBe(0);
  await expect.poll(() => isSeen(join(folder, 'theirs.jsonl'))).toBe(true);
  stopAll();
});

test('nothing is told while nothing changes, nor after the end', async () => {
  const file = join(folder, 'w.jsonl');
  const stopFirst = watchFolder(folder, () => (calls += 1), { settleMs: 5, pollMs: 5 });
  let looks = 0;
  stop = watchFolder(folder, () => (looks += 1), { settleMs: 5, pollMs: 5 });
  await expect.poll(() => isSeen(file)).toBe(true);
  stopFirst();
  const before = calls;
  await expect.poll(async () => (await appendFile(file, 'more\n'), looks > 2)).toBe(true);
  expect(calls).toBe(before);
});
