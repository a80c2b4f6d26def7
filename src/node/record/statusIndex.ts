import { dirname, join } from 'node:path';
import { findingWords } from '../../core/record/findingWords.ts';
import { fold } from '../../core/run/evolve.ts';
import { NOTHING_PAST, type OddRecord, type PastFacts } from '../../core/status/pastFacts.ts';
import { isYetToCome, type RunFacts, runFactsOf } from '../../core/status/runFacts.ts';
import { wasDriven } from './claims.ts';
import { readRun } from './readRun.ts';
import { RunFolders } from './runFolders.ts';
import type { RunsPlace } from './runIndex.ts';
import { lookAtRun } from './runSummary.ts';
import { codeOf, messageOf } from './failure.ts';

/** So many runs are looked at at once. */
const AT_ONCE = 8;

/** What is kept of a run until its files change. */
interface Known {
  readonly mark: string;
  readonly facts: RunFacts | null;
  readonly odd: OddRecord | null;
}

/** What an index asks its machine. */
export interface IndexHost {
  /** The folder of claims (absolute), which says what was driven from here; null: there is none. */
  readonly claims: string | null;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Reads what records say of backups and of what is deployed; each is read again only after its files have changed. */
export class StatusIndex {
  readonly #places: readonly RunsPlace[];
  readonly #host: IndexHost;
  #known: ReadonlyMap<string, Known> = new Map();
  #last: Promise<PastFacts> = Promise.resolve(NOTHING_PAST);

  constructor(places: readonly RunsPlace[], host: IndexHost) {
    this.#places = places;
    this.#host = host;
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
      const newest = await new RunFolders(boundary, runs).list().catch((error: unknown) => {
        odd.push({ runId: runs, words: `The folder ${runs} could not be read: ${messageOf(error)}.`, isUnread: true });
        return [];
      });
      const ids = [...newest].reverse();
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
    const all = await Promise.all([...now].map(([folder, known]) => this.#asItIsNow(folder, known)));
    return { runs: all.flatMap(({ facts }) => facts ?? []), odd: [...odd, ...all.flatMap((known) => known.odd ?? [])] };
  }

  /** With what its files alone do not say. */
  async #asItIsNow(folder: string, known: Known): Promise<Pick<Known, 'facts' | 'odd'>> {
    const { facts, odd } = known;
    if (facts === null) return known;
    const isAhead = facts.facts.some(({ at }) => isYetToCome(at, this.#host.now()));
    const isDriven = this.#host.claims !== null && (await wasDriven(this.#host.claims, dirname(folder), facts.runId));
    const words = `The record of run ${facts.runId} tells of a time that is yet to come: a clock was wrong, so what is newest may not be.`;
    const now = isAhead === facts.isAhead && isDriven === facts.isDriven ? facts : { ...facts, isAhead, isDriven };
    return { facts: now, odd: odd ?? (isAhead ? { runId: facts.runId, words, isUnread: false } : null) };
  }
}

/** One index for each set of places: several documents of a folder share what was read. */
export class StatusIndexes {
  readonly #host: IndexHost;
  readonly #indexes = new Map<string, StatusIndex>();

  constructor(host: IndexHost) {
    this.#host = host;
  }

  at(places: readonly RunsPlace[]): StatusIndex {
    const key = places.map(({ runs }) => runs).sort().join('\n');
    const index = this.#indexes.get(key) ?? new StatusIndex(places, this.#host);
    this.#indexes.set(key, index);
    return index;
  }
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
    const odd = words === null ? null : { runId, words: `The record of run ${runId} is not whole. ${words}`, isUnread: facts === null };
    return { mark, facts, odd: odd ?? misnamedIn(facts) };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    return { mark: '', facts: null, odd: { runId, words: `The record of run ${runId} could not be read: ${messageOf(error)}.`, isUnread: true } };
  }
}

/** Names that were left out: whoever wrote them did not run a block for it. */
function misnamedIn(facts: RunFacts | null): OddRecord | null {
  if (facts === null || facts.misnamed === 0) return null;
  return { runId: facts.runId, words: `The record of run ${facts.runId} holds what cannot be the name of a backup. Such names are left out.`, isUnread: false };
}
