import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RunSummary } from '../../src/core/record/runSummary.ts';
import type { RunEventBody } from '../../src/core/run/events.ts';
import { JsonlStore } from '../../src/node/record/jsonlStore.ts';
import { holdsAny } from '../../src/node/record/holdsAny.ts';
import { RunIndex } from '../../src/node/record/runIndex.ts';
import { lookAtRun, readSummary } from '../../src/node/record/runSummary.ts';

let base: string;
let store: JsonlStore;
const stores: JsonlStore[] = [];
const runs = (): string => join(base, '.runbooks', 'runs');
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'runbooks-list-'));
  store = open();
});
afterEach(async () => {
  for (const each of stores.splice(0)) await each.dispose();
  rmSync(base, { recursive: true, force: true });
});

function open(): JsonlStore {
  const made = new JsonlStore({ runs: runs(), boundary: base, claims: `${base}/claims` });
  stores.push(made);
  return made;
}

let count = 0;
const append = (run: string, body: RunEventBody, to = store): Promise<unknown> =>
  to.append({ id: `e-${String((count += 1))}`, run, time: '2026-01-05T14:00:00.000Z', actor: { name: 'Ada', email: null }, body });
const start = (run: string, file = 'deploy.md'): Promise<unknown> =>
  append(run, { type: 'run.started', title: 'Deploy', file, textSha256: 'a'.repeat(64), git: { branch: 'main', commit: null, clean: null } });
const tick = (run: string, note: string | null = null, to = store): Promise<unknown> => append(run, { type: 'step.ticked', stepId: 's', note }, to);
const end = (run: string): Promise<unknown> => append(run, { type: 'run.ended', outcome: 'completed', reason: null });
const read = async (run: string): Promise<RunSummary> => readSummary(run, (await lookAtRun(join(runs(), run))).files);
const index = (): RunIndex => new RunIndex([{ runs: runs(), boundary: base }]);
const name = (number: number): string => `R${String(number).padStart(5, '0')}`;

describe('a summary', () => {
  test('of a short run says what its record says', async () => {
    await start('R1');
    await append('R1', { type: 'field.filled', name: 'environment', value: 'staging' });
    expect(await read('R1')).toMatchObject({ state: 'open', title: 'Deploy', environment: 'staging', startedBy: { name: 'Ada' } });
    await end('R1');
    expect(await read('R1')).toMatchObject({ state: 'completed' });
  });

  test('of a long run finds the end, also in the middle and in another writer’s file', async () => {
    await start('R1');
    const long = 'x'.repeat(30_000);
    for (let round = 0; round < 4; round += 1) await tick('R1', long);
    expect(await read('R1')).toMatchObject({ state: 'open', title: 'Deploy' });
    await end('R1');
    expect(await read('R1')).toMatchObject({ state: 'completed' });
    await tick('R1', long);
    await tick('R1', long);
    expect(await read('R1')).toMatchObject({ state: 'completed' });
    const other = open();
    await tick('R1', long, other);
    expect(await read('R1')).toMatchObject({ state: 'completed' });
  });

  test('of a record from a stranger never throws for what is in it', async () => {
    await start('R1');
    const folder = join(runs(), 'R1');
    const [file = ''] = readdirSync(folder).filter((each) => each.endsWith('.jsonl'));
    appendFileSync(join(folder, file), '{"__proto__":1}\n\0\0\n{"v":1');
    writeFileSync(join(folder, 'w-garbage.jsonl'), Buffer.alloc(200_000, 120));
    symlinkSync('/dev/zero', join(folder, 'w-zero.jsonl'));
    expect(await read('R1')).toMatchObject({ state: 'open', title: 'Deploy' });
    mkdirSync(join(runs(), 'R2'));
    expect(await read('R2')).toMatchObject({ state: 'unreadable', title: '' });
  });
});

describe('a list of runs', () => {
  test('looks at no more runs than it shows', async () => {
    for (let number = 0; number < 300; number += 1) mkdirSync(join(runs(), name(number)), { recursive: true });
    let looked = 0;
    const all = (): boolean => (looked += 1) > 0;
    const page = await index().find(all, 50, 1_000);
    expect(page.runs.map(({ summary }) => summary.runId)).toEqual(Array.from({ length: 50 }, (_, at) => name(299 - at)));
    expect(page.hasMore).toBe(true);
    expect(looked).toBeLessThanOrEqual(50 + 16);
    expect(await index().find(() => false, 50, 100)).toEqual({ runs: [], hasMore: true });
    expect((await index().find(all, 300, 1_000)).hasMore).toBe(false);
  });

  test('is newest first, over several places', async () => {
    await start('R1');
    for (const runId of ['R3', 'R5', 'R6']) await start(runId);
    const apart = { runs: join(base, 'private', 'runs'), boundary: base };
    for (const runId of ['R0', 'R2', 'R4']) mkdirSync(join(apart.runs, runId), { recursive: true });
    const both = new RunIndex([{ runs: runs(), boundary: base }, apart]);
    expect((await both.list()).map(({ runId }) => runId)).toEqual(['R6', 'R5', 'R4', 'R3', 'R2', 'R1', 'R0']);
    const { runs: found } = await both.find(() => true, 10, 10);
    expect(found.map(({ folder }) => folder)).toEqual([...['R6', 'R5'].map((runId) => join(runs(), runId)), join(apart.runs, 'R4'), join(runs(), 'R3'), join(apart.runs, 'R2'), join(runs(), 'R1'), join(apart.runs, 'R0')]);
  });

  test('a glance says whether there is any', async () => {
    expect(await holdsAny(runs())).toBe(false);
    mkdirSync(runs(), { recursive: true });
    expect(await holdsAny(runs())).toBe(false);
    await start('R1');
    expect(await holdsAny(runs())).toBe(true);
  });

  test('names the environment that the runbook states', async () => {
    await start('R1');
    await store.saveText('R1', '# Deploy\n\n**Environment**: production\n\n- [ ] Look\n');
    expect((await index().summary('R1', join(runs(), 'R1')))?.environment).toBe('production');
    await append('R1', { type: 'field.filled', name: 'environment', value: 'staging' });
    expect((await index().summary('R1', join(runs(), 'R1')))?.environment).toBe('staging');
  });

  test('reads a run again only after it has changed', async () => {
    await start('R1');
    const list = index();
    const first = await list.summary('R1', join(runs(), 'R1'));
    expect(await list.summary('R1', join(runs(), 'R1'))).toBe(first);
    await end('R1');
    expect(await list.summary('R1', join(runs(), 'R1'))).toMatchObject({ state: 'completed' });
    rmSync(join(runs(), 'R1'), { recursive: true });
    expect(await list.summary('R1', join(runs(), 'R1'))).toBeNull();
  });
});
