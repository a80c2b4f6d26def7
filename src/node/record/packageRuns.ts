import { join } from 'node:path';
import { findingWords } from '../../core/record/findingWords.ts';
import { fold } from '../../core/run/evolve.ts';
import { isReviewEvent } from '../../core/run/evolveReview.ts';
import { rootIdOf } from '../../core/run/package/packageRuns.ts';
import type { PackageRecords, UnreadRun } from '../../core/run/package/packageRecords.ts';
import type { RunState } from '../../core/run/state.ts';
import { readRun } from './readRun.ts';
import { lookAtRun, readSummary } from './runSummary.ts';
import { codeOf, messageOf } from './failure.ts';

/** So many runs are read, newest first, of those that were driven from here. */
const NEWEST = 60;
/** A run that is larger is named and not read, in bytes. */
const LARGEST = 8 * 1024 * 1024;

/** A run, and a text that is another one once its files have changed. */
interface Read {
  readonly mark: string;
  readonly state: RunState | null;
  readonly unread: UnreadRun | null;
}

/** The runs of a place, as far as they are looked at here. */
export interface ListedRuns {
  /** Ids, newest first. */
  list(): Promise<readonly string[]>;
  /** Whether a run was driven from this machine and folder. */
  isKnown(runId: string): Promise<boolean>;
  /** Names of the files of a run that were written from this machine and folder. */
  ownWriters(runId: string): Promise<ReadonlySet<string>>;
}

/**
 * Reads the newest runs of a place that were driven from here, and of those only
 * what was written here: what comes with git may say anything, so it is no value for a command.
 */
export class PackageRunsReader {
  readonly #runs: string;
  readonly #listed: ListedRuns;
  #known: ReadonlyMap<string, Read> = new Map();

  /** @param runs the folder of recorded runs, absolute */
  constructor(runs: string, listed: ListedRuns) {
    this.#runs = runs;
    this.#listed = listed;
  }

  /** Never rejects: what cannot be read is named. A run that has not changed is the same object as before. */
  async read(): Promise<PackageRecords> {
    try {
      const before = this.#known;
      const ids = await this.#drivenHere(await this.#listed.list());
      const read = await Promise.all(ids.map(async (id) => [id, await this.#one(id, before).catch((error: unknown) => failed(id, error))] as const));
      const found = read.flatMap(([id, run]) => (run === null ? [] : [[id, run] as const]));
      this.#known = new Map(found);
      return { runs: found.flatMap(([, { state }]) => state ?? []), unread: found.flatMap(([, { unread }]) => unread ?? []) };
    } catch (error) {
      return { runs: [], unread: [{ runId: null, file: null, rootId: null, isOpen: true, words: `The recorded runs could not be listed: ${messageOf(error)}.` }] };
    }
  }

  /** What came with git must not push aside what was driven here. */
  async #drivenHere(ids: readonly string[]): Promise<readonly string[]> {
    const known: string[] = [];
    for (let at = 0; at < ids.length && known.length < NEWEST; at += NEWEST) {
      const some = ids.slice(at, at + NEWEST);
      const are = await Promise.all(some.map((id) => this.#listed.isKnown(id)));
      known.push(...some.filter((_, place) => are[place] === true));
    }
    return known.slice(0, NEWEST);
  }

  async #one(id: string, before: ReadonlyMap<string, Read>): Promise<Read | null> {
    const folder = join(this.#runs, id);
    const { files, mark } = await lookAtRun(folder);
    const known = before.get(id);
    if (known?.mark === mark) return known;
    if (files.length === 0) return null;
    if (files.reduce((sum, { size }) => sum + size, 0) > LARGEST) {
      const { file, partOf, state } = await readSummary(id, files);
      const isOpen = state === 'open' || state === 'unreadable';
      return { mark, state: null, unread: { runId: id, file: file === '' ? null : file, rootId: partOf?.runId ?? id, isOpen, words: `The record of run ${id} is larger than ${String(LARGEST / 1024 / 1024)} MB, so it was not read.` } };
    }
    const { events, findings } = await readRun(folder, id);
    const own = await this.#listed.ownWriters(id);
    const written = events.filter(({ writer, body }) => own.has(writer) || isReviewEvent(body));
    const all = fold(events);
    const here = written.length === events.length ? all : fold(written);
    // That it is over counts whoever said it.
    const state = here.ended === null && all.ended !== null ? { ...here, ended: all.ended } : here;
    const odd = findings.find((finding) => finding.kind !== 'torn' && 'file' in finding && own.has(finding.file.replace(/\.jsonl$/, '')));
    const words = state.startedAt === null ? `Run ${id} was not started on this machine, or by an earlier version, so nothing of it is used.` : odd === undefined ? null : `The record of run ${id} is not whole. ${findingWords(odd)}`;
    const unread = words === null ? null : { runId: id, file: all.file === '' ? null : all.file, rootId: rootIdOf(all), isOpen: all.ended === null, words };
    return { mark, state: state.startedAt === null ? null : state, unread };
  }
}

/** Null: it is gone. */
function failed(runId: string, error: unknown): Read | null {
  if (codeOf(error) === 'ENOENT') return null;
  return { mark: '', state: null, unread: { runId, file: null, rootId: null, isOpen: true, words: `The record of run ${runId} could not be read: ${messageOf(error)}.` } };
}
