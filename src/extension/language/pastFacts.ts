import { env, type TextDocument } from 'vscode';
import { type PastFacts } from '../../core/language/hover/pastFacts.ts';
import { durationsOf } from '../../core/report/pastDurations.ts';
import type { Runbook } from '../../core/runbook/model.ts';
import { type PastRun, pastRuns } from '../../node/record/pastRuns.ts';
import { recordPlaces } from '../sessions/recordPlace.ts';
import { timeFormat } from '../sessions/timeFormat.ts';

/** What was read counts for so long, in milliseconds: somebody who writes moves the mouse over many words. */
const COUNTS_MS = 30_000;

interface Reading {
  readonly at: number;
  readonly runs: Promise<readonly PastRun[]>;
}

/** Earlier runs of documents, read from their records when a hover asks. */
export class PastReader {
  readonly #storage: string;
  readonly #read = new Map<string, Reading>();

  /** @param storage the extension's global storage folder */
  constructor(storage: string) {
    this.#storage = storage;
  }

  async of(document: TextDocument, runbook: Runbook): Promise<PastFacts> {
    const runs = document.uri.scheme === 'file' ? await this.#runsOf(document) : [];
    return {
      durations: durationsOf(runbook, runs.map(({ successes }) => successes)),
      rehearsals: runs.flatMap(({ rehearsals }) => rehearsals),
      formatTime: timeFormat(env.language, () => Date.now()),
    };
  }

  #runsOf(document: TextDocument): Promise<readonly PastRun[]> {
    const key = document.uri.toString();
    const known = this.#read.get(key);
    if (known !== undefined && Date.now() - known.at < COUNTS_MS) return known.runs;
    const places = recordPlaces(document.uri, this.#storage);
    const runs = Promise.all(places.map(({ boundary, runs: folder, file }) => pastRuns(boundary, folder, file))).then((found) => found.flat());
    this.#read.set(key, { at: Date.now(), runs });
    return runs;
  }
}
