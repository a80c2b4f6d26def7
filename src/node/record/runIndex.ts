import { join } from 'node:path';
import type { RunSummary } from '../../core/record/runSummary.ts';
import { RunFolders } from './runFolders.ts';
import { lookAtRun, readSummary } from './runSummary.ts';
import { StatedEnvironments } from './statedEnvironment.ts';

/** A folder of runs, and the one that it must not lead out of. Both absolute. */
export interface RunsPlace {
  readonly runs: string;
  readonly boundary: string;
}

/** A run that there is, and the folder of runs that it lies in. Its own path is made when it is looked at. */
export interface ListedRun {
  readonly runId: string;
  readonly runs: string;
}

/** A run where it lies. */
export interface FoundRun {
  readonly summary: RunSummary;
  /** The run's folder, absolute. */
  readonly folder: string;
}

/** Runs that answer to a question, newest first. */
export interface RunPage {
  readonly runs: readonly FoundRun[];
  /** There may be more: the question was answered, or the look was given up, before the oldest run. */
  readonly hasMore: boolean;
}

/** So many summaries are kept. */
const KEPT = 2_000;
/** So many runs are read at once. */
const AT_ONCE = 16;

/** Lists runs without reading more of them than is asked for. */
export class RunIndex {
  readonly #places: readonly RunsPlace[];
  readonly #environments = new StatedEnvironments();
  readonly #known = new Map<string, { readonly mark: string; readonly summary: RunSummary }>();

  constructor(places: readonly RunsPlace[]) {
    this.#places = places;
  }

  /** All runs, newest first. Costs a look at the folders of runs, and none at a run. */
  async list(): Promise<readonly ListedRun[]> {
    const lists = await Promise.all(this.#places.map(async ({ runs, boundary }) => (await new RunFolders(boundary, runs).list()).map((runId): ListedRun => ({ runId, runs }))));
    return lists.reduce(newestFirst, []);
  }

  /**
   * The newest runs that match.
   * @param wanted how many are asked for
   * @param looked how many runs are looked at before it is given up
   * @param listed what was listed a moment ago, if it was
   */
  async find(matches: (summary: RunSummary) => boolean, wanted: number, looked: number, listed?: readonly ListedRun[]): Promise<RunPage> {
    const all = listed ?? (await this.list());
    const found: FoundRun[] = [];
    const last = Math.min(all.length, looked);
    for (let at = 0; at < last && found.length <= wanted; at += AT_ONCE) {
      const runs = all.slice(at, Math.min(at + AT_ONCE, last)).map(({ runId, runs: place }) => ({ runId, folder: join(place, runId) }));
      const summaries = await Promise.all(runs.map(({ runId, folder }) => this.summary(runId, folder)));
      for (const [index, { folder }] of runs.entries()) {
        const summary = summaries[index];
        if (summary != null && matches(summary)) found.push({ summary, folder });
      }
    }
    return { runs: found.slice(0, wanted), hasMore: found.length > wanted || last < all.length };
  }

  /** What a list says of a run; null when it is gone. Read again only after its files have changed. */
  async summary(runId: string, folder: string): Promise<RunSummary | null> {
    try {
      const { files, mark } = await lookAtRun(folder);
      const known = this.#known.get(folder);
      const summary = known?.mark === mark ? known.summary : await this.#read(runId, folder, files);
      // The one that was used last is forgotten last.
      this.#known.delete(folder);
      this.#known.set(folder, { mark, summary });
      const [oldest] = this.#known.keys();
      if (this.#known.size > KEPT && oldest !== undefined) this.#known.delete(oldest);
      return summary;
    } catch {
      this.#known.delete(folder);
      return null;
    }
  }

  async #read(runId: string, folder: string, files: Parameters<typeof readSummary>[1]): Promise<RunSummary> {
    const summary = await readSummary(runId, files);
    // A field that was filled in says more than what the runbook states.
    return summary.environment === null ? { ...summary, environment: await this.#environments.of(folder) } : summary;
  }
}

/** Two lists that are sorted, as one. Sorting all of them anew would cost more than reading them. */
function newestFirst(one: readonly ListedRun[], other: readonly ListedRun[]): readonly ListedRun[] {
  if (one.length === 0 || other.length === 0) return one.length === 0 ? other : one;
  const all: ListedRun[] = [];
  let at = 0;
  for (const run of one) {
    for (let next = other[at]; next !== undefined && next.runId > run.runId; next = other[at]) {
      all.push(next);
      at += 1;
    }
    all.push(run);
  }
  return [...all, ...other.slice(at)];
}
