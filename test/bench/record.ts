import { mkdirSync } from 'node:fs';
import { mkdtemp, open, readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { RunEvent } from '../../src/core/run/events.ts';
import { eventAt, longRun } from './longRun.ts';
import { memoryFigures } from './memory.ts';
import { inTurns, type Pair, pairOf, timeCall } from './measure.ts';
import type { BenchOptions } from './options.ts';
import type { SectionReport } from './report.ts';

type Entry = typeof import('./recordEntry.ts');

const RUNS = 10_000;
const EVENTS = 100_000;

/** Many runs, and a long one, against the least that they could cost. */
export async function recordSection({ quick }: BenchOptions): Promise<SectionReport> {
  const folder = await mkdtemp(join(tmpdir(), 'guided-runbooks-bench-'));
  try {
    const entry = await bundled(join(folder, 'record.cjs'));
    const rounds = quick ? 5 : 15;
    const figures = [
      ...(await listing(entry, join(folder, 'many'), quick ? 9 : 31)),
      ...(await folding(entry, '', 1, rounds)),
      ...(await folding(entry, ', three writers', 3, rounds)),
      await appending(entry, join(folder, 'append'), quick ? 200 : 1_000),
      ...(await memoryFigures(entry, join(folder, 'memory'))),
    ];
    return {
      section: 'record',
      method: 'One minified bundle, one process, warmed up, in turns. Listing and appending: time on the clock. Folding and reading: processor time of the thread, on a clean heap. Holding: what a collected heap has more of.',
      figures,
      notes: ['listing gives the ids, newest first; what is in a run is read when it is shown', 'reading checks every line: two hashes, the schema, the chain'],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function listing({ JsonlStore, RunIndex }: Entry, folder: string, rounds: number): Promise<readonly Pair[]> {
  const runs = join(folder, '.runbooks', 'runs');
  for (let at = 0; at < RUNS; at += 1) mkdirSync(join(runs, `01KE${at.toString(32).toUpperCase().padStart(22, '0')}`), { recursive: true });
  const store = new JsonlStore({ runs, boundary: folder, claims: join(folder, 'claims') });
  // As the trees ask: over the two places where runs of a workspace folder can lie.
  const index = new RunIndex([{ runs, boundary: folder }, { runs: join(folder, 'private', 'runs'), boundary: folder }]);
  const other = (): Promise<number> => onTheClock(() => readdir(runs));
  const pair = async (name: string, work: () => Promise<unknown>): Promise<Pair> => {
    const ours = (): Promise<number> => onTheClock(work);
    await inTurns(5, ours, other);
    const taken = await inTurns(rounds, ours, other);
    return pairOf({ name: `list ${RUNS.toLocaleString('en')} runs${name}`, otherName: 'bare readdir', target: '<= 3' }, taken.ours, taken.other);
  };
  return [await pair('', () => store.list()), await pair(', for the trees', () => index.list())];
}

async function folding({ fold, readWriterFile }: Entry, what: string, writers: number, rounds: number): Promise<readonly Pair[]> {
  const files = [...longRun('R', EVENTS, writers)];
  const lines = files.flatMap(([, bytes]) => bytes.toString('utf8').trimEnd().split('\n'));
  const read = (): readonly RunEvent[] => files.flatMap(([writer, bytes]) => readWriterFile(bytes, `${writer}.jsonl`, 'R', writer).events);
  const events = read();
  const parse = (): number => timeCall(() => lines.map((line): unknown => JSON.parse(line)));
  const pair = async (name: string, ours: () => unknown, target?: string): Promise<Pair> => {
    const taken = await inTurns(rounds + 1, () => timeCall(ours), parse);
    return pairOf({ name: `${name} ${EVENTS.toLocaleString('en')} events${what}`, otherName: 'bare JSON.parse', ...(target === undefined ? {} : { target }) }, taken.ours.slice(1), taken.other.slice(1));
  };
  return [await pair('fold', () => fold(events), '<= 2'), await pair('read and check', read)];
}

async function appending({ JsonlStore }: Entry, folder: string, rounds: number): Promise<Pair> {
  const runs = join(folder, '.runbooks', 'runs');
  mkdirSync(runs, { recursive: true });
  const store = new JsonlStore({ runs, boundary: folder, claims: join(folder, 'claims') });
  await store.claim('R', false);
  const handle = await open(join(folder, 'bare'), 'a');
  let at = 0;
  const ours = (): Promise<number> => {
    const event = eventAt('R', (at += 1));
    return onTheClock(() => store.append(event));
  };
  const line = Buffer.from(`${JSON.stringify({ ...eventAt('R', 1), writer: 'w-0', seq: 1, heads: {}, prev: 'a'.repeat(64) })}\n`);
  const other = (): Promise<number> =>
    onTheClock(async () => {
      await handle.write(line);
      await handle.sync();
    });
  try {
    await inTurns(50, ours, other);
    const taken = await inTurns(rounds, ours, other);
    return pairOf({ name: 'append an event', otherName: 'bare write and fsync', target: '<= 1.3' }, taken.ours, taken.other);
  } finally {
    await handle.close();
    await store.dispose();
  }
}

async function onTheClock(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

async function bundled(outfile: string): Promise<Entry> {
  await build({ entryPoints: [join(import.meta.dirname, 'recordEntry.ts')], outfile, bundle: true, minify: true, platform: 'node', target: 'node20', format: 'cjs', mainFields: ['module', 'main'], logLevel: 'warning' });
  return createRequire(import.meta.url)(outfile) as Entry;
}
