import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findingWords } from '../../core/record/findingWords.ts';
import { fold } from '../../core/run/evolve.ts';
import { NOTHING_PAST, type OddRecord, type PastFacts } from '../../core/status/pastFacts.ts';
import { type RunFacts, runFactsOf } from '../../core/status/runFacts.ts';
import { RUN_ID } from './names.ts';
import { readRun } from './readRun.ts';
import type { RunsPlace } from './runIndex.ts';
import { lookAtRun } from './runSummary.ts';
import { findFolder } from './safeFolder.ts';

/** So many runs are looked at at once. */
const AT_ONCE = 8;

/** What is kept of a run until its files change. */
interface Known {
  readonly mark: string;
  readonly facts: RunFacts | null;
  readonly odd: OddRecord | null;
}

/** Reads what records say of backups and of what is deployed; each is read again only after its files have changed. */
export class StatusIndex {
  readonly #places: readonly RunsPlace[];
  #known: ReadonlyMap<string, Known> = new Map();
  #last: Promise<PastFacts> = Promise.resolve(NOTHING_PAST);

  constructor(places: readonly RunsPlace[]) {
    this.#places = places;
  }

  /** As the records stand when its turn has come. Never rejects: what cannot be read is named. */
  read(): Promise<PastFacts> {
    this.#last = this.#last.then(() => this.#read());
    return this.#last;
  }

  /** The folder (absolute) of a run's record, as it was last read; null: it is not there. */
  folderOf(runId: string): string | null {
    return this.#places.map(({ runs }) => join(runs, runId)).find((folder) => this.#known.has(folder)) ?? null;
  }

  async #read(): Promise<PastFacts> {
    const before = this.#known;
    const now = new Map<string, Known>();
    const odd: OddRecord[] = [];
    for (const { runs, boundary } of this.#places) {
      const ids = await idsIn(runs, boundary).catch((error: unknown) => {
        odd.push({ runId: runs, words: `The folder ${runs} could not be read: ${messageOf(error)}.`, isUnread: true });
        return [];
      });
      for (let at = 0; at < ids.length; at += AT_ONCE) {
        const some = ids.slice(at, at + AT_ONCE);
        const read = await Promise.all(some.map((id) => knownOf(id, join(runs, id), before.get(join(runs, id)))));
        for (const [place, id] of some.entries()) {
          const known = read[place];
          if (known != null) now.set(join(runs, id), known);
        }
      }
    }
    this.#known = now;
    const all = [...now.values()];
    return { runs: all.flatMap(({ facts }) => facts ?? []), odd: [...odd, ...all.flatMap((known) => known.odd ?? [])] };
  }
}

/** One index for each set of places: several documents of a folder share what was read. */
export class StatusIndexes {
  readonly #indexes = new Map<string, StatusIndex>();

  at(places: readonly RunsPlace[]): StatusIndex {
    const key = places.map(({ runs }) => runs).sort().join('\n');
    const index = this.#indexes.get(key) ?? new StatusIndex(places);
    this.#indexes.set(key, index);
    return index;
  }
}

async function idsIn(runs: string, boundary: string): Promise<readonly string[]> {
  const folder = await findFolder(boundary, runs);
  if (folder === null) return [];
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() && RUN_ID.test(entry.name) ? [entry.name] : [])).sort();
}

/** Null: the folder holds nothing of a run, or is gone. */
async function knownOf(runId: string, folder: string, before: Known | undefined): Promise<Known | null> {
  try {
    const { files, mark } = await lookAtRun(folder);
    if (before?.mark === mark) return before;
    if (files.length === 0) return null;
    const { events, findings } = await readRun(folder, runId);
    const facts = runFactsOf(fold(events));
    // What was never confirmed was never shown as done either: nothing is lost by it.
    const [first, ...more] = findings.filter(({ kind }) => kind !== 'torn');
    const words = first === undefined ? (facts === null ? 'Its start is missing.' : null) : `${findingWords(first)}${more.length > 0 ? ` There is more: ${String(more.length)} further findings.` : ''}`;
    return { mark, facts, odd: words === null ? null : { runId, words: `The record of run ${runId} is not whole. ${words}`, isUnread: facts === null } };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    return { mark: '', facts: null, odd: { runId, words: `The record of run ${runId} could not be read: ${messageOf(error)}.`, isUnread: true } };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
