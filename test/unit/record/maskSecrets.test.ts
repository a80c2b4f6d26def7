import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { secretMask } from '../../../src/core/record/maskSecrets.ts';

const SECRET = 'pä$$"w\\rd/9.*+ x';
const mask = secretMask([SECRET]);
const base64 = (text: string): string => Buffer.from(text).toString('base64');

test.each([
  ['as it is', `token is ${SECRET}, ok`],
  ['in JSON', JSON.stringify({ token: SECRET })],
  ['in JSON in JSON', JSON.stringify(JSON.stringify({ token: SECRET }))],
  ['in base64', base64(SECRET)],
  ['in base64 behind one byte', base64(`u:${SECRET}`)],
  ['in base64 behind two bytes', base64(`us:${SECRET}`)],
  ['in base64 behind three bytes, with more after it', base64(`ada:${SECRET}:more`)],
  ['in the alphabet of addresses', Buffer.from(`u${SECRET}`).toString('base64url')],
  ['in base64 over lines', base64(SECRET).replace(/(.{4})/g, '$1\n')],
  ['in an address', `https://x/?token=${encodeURIComponent(SECRET)}`],
  ['in hexadecimal', Buffer.from(SECRET).toString('hex')],
])('takes a secret out %s', (_, text) => {
  const masked = mask(text);
  expect(masked).toContain('[redacted]');
  for (const form of [SECRET, base64(SECRET), JSON.stringify(SECRET).slice(1, -1), encodeURIComponent(SECRET), Buffer.from(SECRET).toString('hex')]) expect(masked.replaceAll('\n', '')).not.toContain(form);
  // The longest piece of its base64, wherever it stood.
  expect(masked.replaceAll('\n', '')).not.toContain(base64(`\0\0${SECRET}`).slice(4, 16));
});

test('takes every bit of it out of base64, and leaves what stands around', () => {
  expect(secretMask(['hunter2!'])(`a ${base64('ada:hunter2!:x')} b`)).toBe('a YWRhO[redacted]ng= b');
  expect(secretMask(['hunter2!'])(`a ${base64('hunter2!')} b`)).toBe('a [redacted] b');
});

test('takes out the beginning with which a text breaks off, and nothing without secrets', () => {
  expect(mask('so far: pä$$"')).toBe('so far: [redacted]');
  expect(mask('so far: p')).toBe('so far: p');
  expect(secretMask([])(SECRET)).toBe(SECRET);
  expect(secretMask([''])('text')).toBe('text');
});

test('the longer of two secrets goes first', () => {
  expect(secretMask(['abcd', 'abcdefgh'])('x abcdefgh y abcd z')).toBe('x [redacted] y [redacted] z');
});

test('whatever the secret is, it does not stand in the text any more', () => {
  const secret = fc.string({ unit: 'grapheme', minLength: 4, maxLength: 40 }).filter((value) => !'[redacted]'.includes(value));
  fc.assert(fc.property(secret, fc.string(), fc.string(), (value, before, after) => {
    const take = secretMask([value]);
    expect(take(`${before}${value}${after}`).replaceAll('[redacted]', '\n')).not.toContain(value);
  }));
});
