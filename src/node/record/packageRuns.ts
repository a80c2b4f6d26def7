import { join } from 'node:path';
import { fold } from '../../core/run/evolve.ts';
import type { RunState } from '../../core/run/state.ts';
import { readRun } from './readRun.ts';
import { lookAtRun } from './runSummary.ts';

/** So many runs are looked at, newest first. */
const NEWEST = 60;
/** A run that is larger is left out, in bytes. */
const LARGEST = 8 * 1024 * 1024;

/** A run, and a text that is another one once its files have changed. */
interface Read {
  readonly mark: string;
  readonly state: RunState;
}

/** The runs of a place, as far as they are looked at here. */
export interface ListedRuns {
  /** Ids, newest first. */
  list(): Promise<readonly string[]>;
  /** Whether a run was driven from this machine and folder. */
  isKnown(runId: string): Promise<boolean>;
}

/** Reads the newest runs of a place that were driven from here. Of what comes with git the values are not trusted, so it is left out. */
export class PackageRunsReader {
  readonly #runs: string;
  readonly #listed: ListedRuns;
  #known: ReadonlyMap<string, Read> = new Map();

  /** @param runs the folder of recorded runs, absolute */
  constructor(runs: string, listed: ListedRuns) {
    this.#runs = runs;
    this.#listed = listed;
  }

  /** Never rejects: what cannot be read is left out. A run that has not changed is the same object as before. */
  async read(): Promise<readonly RunState[]> {
    const ids = await this.#listed.list().catch(() => []);
    const before = this.#known;
    const read = await Promise.all(ids.slice(0, NEWEST).map(async (id) => [id, await this.#one(id, before).catch(() => null)] as const));
    const found = read.flatMap(([id, run]) => (run === null ? [] : [[id, run] as const]));
    this.#known = new Map(found);
    return found.map(([, { state }]) => state);
  }

  async #one(id: string, before: ReadonlyMap<string, Read>): Promise<Read | null> {
    if (!(await this.#listed.isKnown(id))) return null;
    const folder = join(this.#runs, id);
    const { files, mark } = await lookAtRun(folder);
    const known = before.get(id);
    if (known?.mark === mark) return known;
    if (files.reduce((sum, { size }) => sum + size, 0) > LARGEST) return null;
    return { mark, state: fold((await readRun(folder, id)).events) };
  }
}
