import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareOutput } from '../../../src/core/checks/compareOutput.ts';
import type { HeardText } from '../../../src/core/record/recordedOutput.ts';
import type { OutputExpectation } from '../../../src/core/runbook/expectation.ts';

const heard = (head: string, rest: Partial<HeardText> = {}): HeardText => ({ head, tail: null, leftOut: 0, isSeparate: true, isComplete: true, ...rest });
const matches = ({ source, flags }: { source: string; flags: string }, text: string): Promise<boolean | null> => Promise.resolve(new RegExp(source, flags).test(text));
const result = async (expected: OutputExpectation, text: HeardText | null): Promise<string> => (await compareOutput([expected], text, matches)).result;
const contains = (text: string): OutputExpectation => ({ kind: 'contains', text });
const exact = (text: string): OutputExpectation => ({ kind: 'exact', text });
const regex = (source: string): OutputExpectation => ({ kind: 'regex', source, flags: 'mu' });

describe('an output that was heard', () => {
  it.each([
    [contains('up'), 'it is up now', 'passed'],
    [contains('up'), 'down', 'failed'],
    [exact('a\nb\n'), 'a  \nb\n\n\n', 'passed'],
    [exact('a\nb'), ' a\nb', 'failed'],
    [exact(''), '\n', 'passed'],
    [regex('^b$'), 'a\nb\nc', 'passed'],
    [regex('^b$'), 'a\nbb\nc', 'failed'],
  ])('%j of %j: %s', async (expected, text, said) => {
    expect(await result(expected, heard(text))).toBe(said);
  });

  it('passes in whole or not: a failure counts more than what is not known', async () => {
    const text = heard('up', { isComplete: false });
    expect((await compareOutput([contains('up'), exact('up')], text, matches)).result).toBe('inconclusive');
    expect((await compareOutput([regex('^x'), contains('up')], heard('up'), matches)).result).toBe('failed');
  });
});

describe('an output that was not heard whole', () => {
  it.each([contains('up'), exact('up'), regex('up')])('never passes unseen: %j', async (expected) => {
    expect(await result(expected, null)).toBe('inconclusive');
    // Then the text holds the command itself, which says the same words.
    expect(await result(expected, heard('echo up', { isSeparate: false }))).toBe('inconclusive');
  });

  it('passes only by what was seen', async () => {
    expect(await result(contains('up'), heard('up', { isComplete: false }))).toBe('passed');
    expect(await result(contains('up'), heard('u', { isComplete: false }))).toBe('inconclusive');
    expect(await result(contains('up'), heard('a', { tail: 'up', leftOut: 5 }))).toBe('passed');
    expect(await result(contains('up'), heard('a', { tail: 'b', leftOut: 5 }))).toBe('inconclusive');
    expect(await result(exact('a'), heard('a', { isComplete: false }))).toBe('inconclusive');
    expect(await result(regex('a'), heard('a', { tail: 'b', leftOut: 5 }))).toBe('inconclusive');
  });

  it('is inconclusive when a pattern takes too long', async () => {
    expect((await compareOutput([regex('a')], heard('a'), () => Promise.resolve(null))).result).toBe('inconclusive');
  });

  it('never passes and never fails by what nobody heard', async () => {
    const expected = fc.oneof(fc.string().map(contains), fc.string().map(exact));
    await fc.assert(
      fc.asyncProperty(expected, fc.string(), async (each, text) => {
        expect(await result(each, heard(text, { isSeparate: false }))).toBe('inconclusive');
        expect(await result(each, heard(text, { isComplete: false }))).not.toBe('failed');
      }),
    );
  });
});
