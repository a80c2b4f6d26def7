import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RunEvent } from '../../src/core/run/events.ts';
import { encodeLine } from '../../src/node/record/lines.ts';
import { checkEvent } from '../../src/node/record/schema.ts';
import { histories } from '../fakes/arbitraryEvents.ts';
import { recordSchemaText, SCHEMA_FILE } from '../harness/recordSchema.ts';

const schema = JSON.parse(readFileSync(SCHEMA_FILE, 'utf8')) as object;
const validate = new Ajv2020({ strict: false }).compile(schema);
const SUM = 'a'.repeat(16);

/** Events of the fakes, with hashes and counts that could be ones. */
const events: fc.Arbitrary<RunEvent> = histories.filter((list) => list.length > 0).chain((list) => fc.constantFrom(...list)).map((event) => withHashes(event) as RunEvent);

function withHashes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withHashes);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, /sha256$/i.test(key) && typeof each === 'string' ? 'b'.repeat(64) : key === 'count' ? Math.min(Number(each), 9_999) : withHashes(each)]));
}

const junk = fc.constantFrom<unknown>(null, -1, 0, 1.5, 1e12, '', 'step', 'x'.repeat(70), 'x'.repeat(1_001), '2026-13-01T00:00:00Z', 'b'.repeat(64), true, [], {}, [1], { kind: 'exited' }, { kind: 'step', stepId: 's' }, { w9: -1 }, { 'a b': 1 });

/** One place of the event is taken away or holds something else. */
const mutated: fc.Arbitrary<unknown> = fc.tuple(events, fc.nat(), fc.oneof({ weight: 1, arbitrary: fc.constant(undefined) }, { weight: 3, arbitrary: junk })).map(([event, at, value]) => {
  const copy = structuredClone(event) as unknown as Record<string, unknown>;
  const places = placesOf(copy);
  const [object, key] = places[at % places.length] ?? [copy, 'v'];
  if (value === undefined) Reflect.deleteProperty(object, key);
  else object[key] = value;
  return copy;
});

function placesOf(object: Record<string, unknown>): readonly (readonly [Record<string, unknown>, string])[] {
  return Object.entries(object).flatMap(([key, value]) => [[object, key] as const, ...(value !== null && typeof value === 'object' ? placesOf(value as Record<string, unknown>) : [])]);
}

describe('media/record.schema.json', () => {
  test('is what `npm run schema` writes', () => {
    expect(readFileSync(SCHEMA_FILE, 'utf8')).toBe(recordSchemaText());
  });

  test('takes every event, as it stands in a line', () => {
    fc.assert(
      fc.property(events, (event) => {
        const line: unknown = JSON.parse(encodeLine(event).toString());
        expect(validate(line), JSON.stringify(validate.errors)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('judges every other one as the reader does', () => {
    let refused = 0;
    fc.assert(
      fc.property(mutated, (event) => {
        const isGood = typeof checkEvent(event) === 'object';
        if (!isGood) refused += 1;
        expect(validate({ ...(event as object), sum: SUM }), JSON.stringify(event)).toBe(isGood);
      }),
      { numRuns: 3_000 },
    );
    expect(refused).toBeGreaterThan(500);
  });

  test.each([[[1], false], [{}, true], [{ release: 'v2' }, true]])('what a block states is no list: %j', (states, isGood) => {
    const body = { type: 'command.started', executionId: 'x', owner: { kind: 'step', stepId: 's' }, index: 0, count: 1, text: 'ls', source: null, sha256: 'b'.repeat(64), shell: 'bash', acknowledged: [], states };
    const event = { v: 1, id: 'e', run: 'R', writer: 'w', seq: 1, heads: {}, prev: null, time: '2026-01-05T14:00:00.000Z', actor: { name: 'A', email: null }, body };
    expect([typeof checkEvent(event) === 'object', validate({ ...event, sum: SUM })]).toEqual([isGood, isGood]);
  });

  test('passes over what a later version wrote, and wants the checksum', () => {
    const event = { v: 2, id: 'e', run: 'R', writer: 'w', seq: 1, heads: {}, prev: null, time: '2026-01-05T14:00:00.000Z', actor: { name: 'A', email: null }, body: { type: 'step.ticked', mood: 1 } };
    expect(validate({ ...event, sum: SUM })).toBe(true);
    expect(validate(event)).toBe(false);
    expect(validate({ ...event, v: 1, sum: SUM })).toBe(false);
    expect(validate({ ...event, v: 1, body: { type: 'step.blessed' }, sum: SUM })).toBe(true);
  });
});
