import { expect, test } from 'vitest';
import { watchHolder } from '../../src/node/record/watchHolder.ts';

test('another holder, and none any more, are told of; the first look and a question that fails are not', async () => {
  let holder: string | null | Error = 'one';
  let looks = 0;
  const told: unknown[] = [];
  const stop = watchHolder(
    () => {
      looks += 1;
      return holder instanceof Error ? Promise.reject(holder) : Promise.resolve(holder);
    },
    () => told.push(holder),
    5,
  );
  const lookedAgain = async (): Promise<void> => {
    const before = looks;
    await expect.poll(() => looks).toBeGreaterThan(before + 1);
  };
  await lookedAgain();
  expect(told).toEqual([]);
  for (const next of ['two', new Error('EACCES'), 'two', null]) {
    holder = next;
    await lookedAgain();
  }
  expect(told).toEqual(['two', null]);
  stop();
  holder = 'three';
  const before = looks;
  await new Promise((resolve) => setTimeout(resolve, 40));
  expect([looks, told.length]).toEqual([before, 2]);
});
