import { appendFile, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RunEvent } from '../../src/core/run/events.ts';
import { JsonlStore } from '../../src/node/record/jsonlStore.ts';
import { pastRuns } from '../../src/node/record/pastRuns.ts';
import { TimedRun } from '../fakes/timedRun.ts';

let base: string;
const runs = (): string => join(base, '.runbooks', 'runs');
const read = (file = 'orders.md'): ReturnType<typeof pastRuns> => pastRuns(base, runs(), file);

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'guided-runbooks-past-'));
});
afterEach(() => rm(base, { recursive: true, force: true }));

async function record(run: string, events: readonly RunEvent[]): Promise<void> {
  const store = new JsonlStore({ runs: runs(), boundary: base, claims: join(base, 'claims') });
  const real = (event: RunEvent): RunEvent => JSON.parse(JSON.stringify(event, (key, value: unknown) => (/sha256/i.test(key) ? 'a'.repeat(64) : value))) as RunEvent;
  for (const { id, time, actor, body } of events.map(real)) await store.append({ id, run, time, actor, body });
  await store.dispose();
}

/** A run in which a step took so long. */
function runOf(ms: number, file = 'orders.md', isEnded = true): readonly RunEvent[] {
  const run = new TimedRun().started('Deploy', file).begins(1, 'x1', 'a', 'make').ends(2, 'x1', 0, { durationMs: ms }).begins(3, 'x2', 'b', 'test').ends(4, 'x2', 1, { durationMs: ms });
  return (isEnded ? run.at(5, { type: 'run.ended', outcome: 'abandoned', reason: 'r' }) : run).events;
}

it('gives what succeeded in the ended runs of the runbook, newest first', async () => {
  await record('01A', runOf(1000));
  await record('01B', runOf(2000, 'other.md'));
  await record('01C', runOf(3000, 'orders.md', false));
  await record('01D', runOf(4000));
  const took = (durationMs: number) => ({ successes: [{ stepId: 'a', index: 0, text: 'make', durationMs }], rehearsals: [] });
  expect(await read()).toEqual([took(4000), took(1000)]);
});

it('passes over what is too large, damaged or leads elsewhere, and knows nothing without a folder', async () => {
  expect(await read()).toEqual([]);
  await record('01A', runOf(1000));
  await record('01B', runOf(2000));
  const [name = ''] = (await readdir(join(runs(), '01B'))).filter((each) => each.endsWith('.jsonl'));
  await appendFile(join(runs(), '01B', name), Buffer.alloc(9 * 1024 * 1024, 'x'));
  await mkdir(join(runs(), '01C'));
  await appendFile(join(runs(), '01C', 'w.jsonl'), 'no line of a record\n');
  await symlink(join(runs(), '01A'), join(runs(), '01D'));
  expect((await read()).map(({ successes }) => successes[0]?.durationMs)).toEqual([1000]);
  await rm(runs(), { recursive: true });
  await symlink(tmpdir(), runs());
  expect(await read()).toEqual([]);
});

it('looks at the newest twenty', async () => {
  for (let at = 10; at < 33; at += 1) await record(`01${String(at)}`, runOf(at));
  const found = await read();
  expect(found).toHaveLength(20);
  expect(found[0]?.successes[0]?.durationMs).toBe(32);
});

it('gives what was rehearsed, also in a run that goes on', async () => {
  const hash = 'a'.repeat(64);
  const rehearsed = new TimedRun()
    .started('Deploy', 'orders.md')
    .at(1, { type: 'rehearsal.started', rollbackId: 'r1', level: 1, title: 'Toggle', budgetSeconds: null, planSha256: hash, levelSha256: hash, textSha256: hash, commands: [] })
    .at(2, { type: 'rehearsal.ended', rollbackId: 'r1', outcome: 'succeeded', reason: null });
  await record('01A', rehearsed.events);
  expect(await read()).toEqual([{ successes: [], rehearsals: [{ level: 1, levelSha256: hash, textSha256: hash, environment: null, at: rehearsed.events.at(-1)?.time, ran: 0, of: 0 }] }]);
});
