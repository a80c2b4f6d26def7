import { expect, test } from 'vitest';
import { matchPattern } from '../../src/node/patternMatch.ts';

test('a pattern matches, or does not', async () => {
  expect(await matchPattern({ source: '^ok \\d+$', flags: 'mu' }, 'first\nok 3\n')).toBe(true);
  expect(await matchPattern({ source: '^ok$', flags: 'mu' }, 'ok 3')).toBe(false);
});

test('one that would take years is given up, and nothing else waits for it', async () => {
  let ticks = 0;
  const timer = setInterval(() => (ticks += 1), 20);
  expect(await matchPattern({ source: '^(a+)+$', flags: 'u' }, `${'a'.repeat(60)}!`)).toBe(null);
  clearInterval(timer);
  expect(ticks).toBeGreaterThan(5);
});

test('one that is none is not known', async () => {
  expect(await matchPattern({ source: '(', flags: 'u' }, 'a')).toBe(null);
});
