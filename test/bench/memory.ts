import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeLine } from '../../src/node/record/lines.ts';
import { eventAt, longRun } from './longRun.ts';
import { heldBy, pairOf, type Pair } from './measure.ts';

type Entry = typeof import('./recordEntry.ts');

const RUNS = 10_000;
/** What each command of the long runs printed and the record keeps beside its events, in bytes. */
const OUTPUT = 64 * 1024;
/** And what its event keeps of that, its last lines. */
const TAIL = `${'z'.repeat(79)}\n`.repeat(50);
const MIB = 1024 * 1024;

/** What stays in memory of what was recorded, in MiB beside the MiB that are on disk. */
export async function memoryFigures(entry: Entry, folder: string): Promise<readonly Pair[]> {
  const figures: Pair[] = [];
  for (const events of [1_000, 10_000, 40_000]) figures.push(await ofRun(entry, join(folder, `long-${String(events)}`), events));
  figures.push(await ofList(entry, join(folder, 'listed')));
  return figures;
}

/** The state of a run that was read from its record as a window does, with the store that read it. */
async function ofRun({ fold, JsonlStore, latestTails }: Entry, folder: string, events: number): Promise<Pair> {
  const runs = join(folder, '.runbooks', 'runs');
  mkdirSync(join(runs, 'R', 'output'), { recursive: true });
  let bytes = 0;
  for (const [writer, written] of longRun('R', events, 1, TAIL)) {
    writeFileSync(join(runs, 'R', `${writer}.jsonl`), written);
    bytes += written.length;
  }
  // So many files of output would fill a disk: they are counted and one is there.
  const outputs = Math.floor(events / 4);
  writeFileSync(join(runs, 'R', 'output', 'x0.txt'), 'y'.repeat(OUTPUT));
  const store = new JsonlStore({ runs, boundary: folder, claims: join(folder, 'claims') });
  const held = await heldBy(async () => ({ store, state: latestTails(fold((await store.read('R')).events)) }));
  return pairOf({ name: `hold a run of ${events.toLocaleString('en')} events`, otherName: 'on disk with its outputs', unit: 'MiB' }, [held / MIB], [(bytes + outputs * OUTPUT) / MIB]);
}

/** The trees' index once every run has been looked at. */
async function ofList({ RunIndex }: Entry, folder: string): Promise<Pair> {
  const runs = join(folder, '.runbooks', 'runs');
  let bytes = 0;
  for (let at = 0; at < RUNS; at += 1) {
    const run = `01KE${at.toString(32).toUpperCase().padStart(22, '0')}`;
    mkdirSync(join(runs, run), { recursive: true });
    const line = encodeLine({ v: 1, ...eventAt(run, 0), writer: 'w-0', seq: 1, heads: {}, prev: null });
    const text = '# Deploy\n\n- [ ] Look\n'.repeat(100);
    writeFileSync(join(runs, run, 'w-0.jsonl'), Buffer.concat([line, Buffer.from('\n')]));
    writeFileSync(join(runs, run, 'runbook.md'), text);
    bytes += line.length + 1 + text.length;
  }
  const held = await heldBy(async () => {
    const index = new RunIndex([{ runs, boundary: folder }]);
    await index.find(() => false, 1, RUNS);
    return index;
  });
  return pairOf({ name: `hold the list of ${RUNS.toLocaleString('en')} runs, all looked at`, otherName: 'on disk', unit: 'MiB' }, [held / MIB], [bytes / MIB]);
}
