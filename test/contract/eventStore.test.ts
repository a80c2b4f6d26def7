import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { NewEvent, RunEventBody } from '../../src/core/run/events.ts';
import { inOrder } from '../../src/core/run/history.ts';
import { JsonlStore } from '../../src/node/record/jsonlStore.ts';
import type { EventStore } from '../../src/session/ports.ts';
import { MemoryDisk, MemoryStore } from '../fakes/memoryStore.ts';

/** Two windows on one disk. */
interface Bench {
  readonly one: EventStore;
  readonly two: EventStore;
  readonly end: () => Promise<void>;
}

const BENCHES: readonly (readonly [string, () => Bench])[] = [
  [
    'in memory',
    () => {
      const disk = new MemoryDisk();
      return { one: new MemoryStore(disk, 'one'), two: new MemoryStore(disk, 'two'), end: () => Promise.resolve() };
    },
  ],
  [
    'as JSON lines',
    () => {
      const boundary = mkdtempSync(join(tmpdir(), 'runbooks-store-'));
      const make = (): JsonlStore => new JsonlStore({ runs: join(boundary, '.runbooks', 'runs'), boundary, claims: join(boundary, 'private') });
      const [one, two] = [make(), make()];
      return {
        one,
        two,
        end: async () => {
          await Promise.all([one.dispose(), two.dispose()]);
          rmSync(boundary, { recursive: true });
        },
      };
    },
  ],
];

let count = 0;
const event = (body: RunEventBody, run = 'run-1'): NewEvent => ({ id: `e-${String((count += 1))}`, run, time: '2026-01-05T14:00:00.000Z', actor: { name: 'Ada', email: null }, body });
const tick = (stepId: string): NewEvent => event({ type: 'step.ticked', stepId, note: null });

describe.each(BENCHES)('an event store %s', (_name, make) => {
  let bench: Bench | null = null;
  const open = (): Bench => (bench = make());
  afterEach(async () => {
    await bench?.end();
    bench = null;
  });

  test('gives back what was appended, in order, to every window', async () => {
    const { one, two } = open();
    const kept = [await one.append(tick('a')), await one.append(tick('b'))];
    expect(kept.map(({ seq }) => seq)).toEqual([1, 2]);
    expect(await one.read('run-1')).toEqual({ events: kept, damage: [] });
    expect(await two.read('run-1')).toEqual({ events: kept, damage: [] });
    expect((await two.read('run-2')).events).toEqual([]);
  });

  test('two windows write side by side, and each names what it has seen of the other', async () => {
    const { one, two } = open();
    const first = await one.append(tick('a'));
    await two.read('run-1');
    const second = await two.append(tick('b'));
    await one.read('run-1');
    const third = await one.append(tick('c'));
    expect(first.writer).not.toBe(second.writer);
    expect(second.heads).toEqual({ [first.writer]: 1 });
    expect(third).toMatchObject({ seq: 2, heads: { [second.writer]: 1 } });
    const { events, damage } = await two.read('run-1');
    expect(damage).toEqual([]);
    expect(inOrder(events)).toEqual([first, second, third]);
  });

  test('keeps every event of many that are appended at once', async () => {
    const { one } = open();
    const stored = await Promise.all(Array.from({ length: 20 }, (_, at) => one.append(tick(`s${String(at)}`))));
    expect(stored.map(({ seq }) => seq)).toEqual(stored.map((_, at) => at + 1));
    expect((await one.read('run-1')).events).toEqual(stored);
  });

  test('keeps the text as it was', async () => {
    const { one, two } = open();
    await one.saveText('run-1', '# Deploy\r\n\n`ü` \u0000');
    expect(await two.readText('run-1')).toBe('# Deploy\r\n\n`ü` \u0000');
    expect(await two.readText('run-2')).toBeNull();
  });

  test('keeps an output once, and says what its event has to say of it', async () => {
    const { one, two } = open();
    const text = 'ok ü\n';
    const kept = await one.saveOutput('run-1', 'x1', { text, cut: true });
    expect(kept).toEqual({ bytes: 6, sha256: createHash('sha256').update(text).digest('hex'), cut: true });
    expect(await two.saveOutput('run-1', 'x1', { text: 'other', cut: false })).toBeNull();
    expect(await two.readOutput('run-1', 'x1')).toBe(text);
    expect(await two.readOutput('run-1', 'x2')).toBeNull();
  });

  test('keeps each text that a rebase takes beside the first, and never puts one in the place of another', async () => {
    const { one, two } = open();
    const [first, second] = ['a'.repeat(64), 'b'.repeat(64)];
    await one.saveText('run-1', '# Start');
    await one.saveText('run-1', '# First\r\n', first);
    await two.saveText('run-1', '# Second', second);
    expect([await two.readText('run-1'), await two.readText('run-1', first), await one.readText('run-1', second)]).toEqual(['# Start', '# First\r\n', '# Second']);
    expect(await one.readText('run-1', 'c'.repeat(64))).toBeNull();
    // A rebase that could not be recorded is tried again; another text under the same name is refused.
    await one.saveText('run-1', '# Second', second);
    await expect(two.saveText('run-1', '# Other', second)).rejects.toMatchObject({ code: 'not-recorded' });
    await expect(two.saveText('run-1', '# Other')).rejects.toMatchObject({ code: 'not-recorded' });
    expect([await one.readText('run-1'), await one.readText('run-1', second)]).toEqual(['# Start', '# Second']);
  });

  test('lists runs, newest first', async () => {
    const { one, two } = open();
    expect(await one.list()).toEqual([]);
    await one.append(event({ type: 'run.ended', outcome: 'completed', reason: null }, 'run-1'));
    await one.append(event({ type: 'run.ended', outcome: 'completed', reason: null }, 'run-2'));
    expect(await two.list()).toEqual(['run-2', 'run-1']);
  });

  test('one window drives a run at a time; who was taken over cannot write any more', async () => {
    const { one, two } = open();
    expect(await one.claim('run-1', false)).toBeNull();
    expect(await one.claim('run-1', false)).toBeNull();
    await one.append(tick('a'));
    expect(await two.claim('run-1', false)).toContain('drives this run');
    expect([await one.holder('run-1'), await one.holder('run-9')]).toEqual([null, null]);
    expect(await two.holder('run-1')).toContain('drives this run');
    expect(await two.claim('run-2', false)).toBeNull();
    expect(await two.claim('run-1', true)).toBeNull();
    await expect(one.append(tick('b'))).rejects.toMatchObject({ code: 'held-elsewhere' });
    await two.read('run-1');
    await two.append(tick('c'));
    await one.release('run-1');
    expect(await one.claim('run-1', false)).toContain('drives this run');
    await two.release('run-1');
    expect(await one.claim('run-1', false)).toBeNull();
    expect((await one.read('run-1')).events.map(({ body }) => ('stepId' in body ? body.stepId : ''))).toEqual(expect.arrayContaining(['a', 'c']));
  });
});
