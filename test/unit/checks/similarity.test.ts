import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareOutput } from '../../../src/core/checks/compareOutput.ts';
import { LONGEST_SIMILAR, jaro, jaroWinkler, orderedJson } from '../../../src/core/checks/similarity.ts';
import type { OutputExpectation } from '../../../src/core/runbook/expectation.ts';
import type { HeardText } from '../../../src/core/record/recordedOutput.ts';

describe("Jaro's measure and Winkler's", () => {
  // The examples that the literature and other programs agree on.
  it.each([
    ['MARTHA', 'MARHTA', 0.944, 0.961],
    ['DIXON', 'DICKSONX', 0.767, 0.813],
    ['DWAYNE', 'DUANE', 0.822, 0.84],
    ['JONES', 'JOHNSON', 0.79, 0.832],
    ['ABCVWXYZ', 'CABVWXYZ', 0.958, 0.958],
    ['CRATE', 'TRACE', 0.733, 0.733],
    ['abc', 'xyz', 0, 0],
    ['', 'a', 0, 0],
    ['a', 'a', 1, 1],
    ['', '', 1, 1],
  ])('of %s and %s', (a, b, plain, boosted) => {
    expect(jaro(a, b)).toBeCloseTo(plain, 3);
    expect(jaroWinkler(a, b)).toBeCloseTo(boosted, 3);
  });

  it('stays between nothing and equal, and is 1 for equal texts alone', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.string({ maxLength: 40 }), (a, b) => {
        const alike = jaroWinkler(a, b);
        expect(alike).toBeGreaterThanOrEqual(0);
        expect(alike).toBeLessThanOrEqual(1);
        expect(jaroWinkler(a, a)).toBe(1);
        if (a !== b) expect(alike).toBeLessThan(1);
      }),
    );
  });

  it('puts the keys of JSON in order, and says when it is none', () => {
    expect(orderedJson('{ "b": [ {"d":1,"c":2} ], "a": null }')).toBe('{"a":null,"b":[{"c":2,"d":1}]}');
    expect(orderedJson('{ b: 1 }')).toBeNull();
  });
});

describe('an output that has to be alike', () => {
  const heard = (head: string, rest: Partial<HeardText> = {}): HeardText => ({ head, tail: null, leftOut: 0, isSeparate: true, isComplete: true, ...rest });
  const fact = (expected: OutputExpectation, text: HeardText) => compareOutput([expected], text, () => Promise.resolve(null));
  const similar = (text: string, atLeast: number): OutputExpectation => ({ kind: 'similar', text, atLeast });
  const json = (text: string, atLeast: number): OutputExpectation => ({ kind: 'similar', text, atLeast, json: true });

  it.each([
    [similar('Login Succeeded\n', 0.9), heard('Login Succeeded'), 'passed'],
    [similar('MARTHA', 0.96), heard('MARHTA\r\n'), 'passed'],
    [similar('MARTHA', 0.97), heard('MARHTA'), 'failed'],
    [similar('ready', 0.8), heard('Error: no such host'), 'failed'],
    [similar('ready', 0.8), heard('ready', { isComplete: false }), 'inconclusive'],
    [similar('ready', 0.8), heard('ready', { isSeparate: false }), 'inconclusive'],
    [similar('ready', 0.1), heard('r'.repeat(LONGEST_SIMILAR + 1)), 'inconclusive'],
    [json('{"a":1,"b":2}', 1), heard('{ "b": 2, "a": 1 }\n'), 'passed'],
    [json('{"a":1}', 0.1), heard('not found'), 'failed'],
  ])('%j of %j: %s', async (expected, text, said) => {
    expect((await fact(expected, text)).result).toBe(said);
  });

  it('says how alike it was, and never rounds up to enough', async () => {
    expect((await fact(similar('MARTHA', 0.97), heard('MARHTA'))).detail).toBe('Its output is 96 % like the expected output; at least 97 % was asked for.');
  });
});
