import { basename, dirname, join } from 'node:path';
import { type Uri, workspace, type WorkspaceFolder } from 'vscode';
import { matchesFilter } from '../../core/record/runFilter.ts';
import type { RunSummary } from '../../core/record/runSummary.ts';
import { runRow, type RunRow } from '../../core/view/runRow.ts';
import * as errors from '../../core/userErrors.ts';
import { RUN_ID } from '../../node/record/names.ts';
import { type FoundRun, RunIndex, type RunPage } from '../../node/record/runIndex.ts';
import { findFolder } from '../../node/record/safeFolder.ts';
import { recordPlaces, runFoldersOf, runsOutside } from '../sessions/recordPlace.ts';
import { folderOf, isOnDisk } from '../workspacePaths.ts';

/** So many runs stand on a page. */
const PAGE = 50;
/** So many runs are looked at for a page before a person is asked to go on. */
const LOOKED = 2_000;
/** So many are looked at for the question whether there are others at all. */
const GLANCED = 500;

export interface RunQuestion {
  /** Words that a run has to answer to; none: every run. */
  readonly words: string;
  /** How many pages are wanted, from 1. */
  readonly pages: number;
}

/** The recorded runs of the workspace, wherever the setting has put them, and those of files outside it. Reads only what is asked for. */
export class Records {
  readonly #storage: string;
  readonly #formatTime: (iso: string) => string;
  readonly #indexes = new Map<string, RunIndex>();
  readonly #outside: RunIndex;
  readonly #searchWords: (iso: string) => string;
  readonly #others = new Map<string, { readonly key: string; readonly answer: boolean }>();

  /**
   * @param storage the extension's global storage folder
   * @param formatTime words for a point in time, as it is shown
   * @param searchWords everything that a person may type for it
   */
  constructor(storage: string, formatTime: (iso: string) => string, searchWords: (iso: string) => string) {
    this.#storage = storage;
    this.#formatTime = formatTime;
    this.#searchWords = searchWords;
    this.#outside = new RunIndex([runsOutside(storage)]);
  }

  /** Runs of a runbook, newest first. */
  async ofRunbook(document: Uri, question: RunQuestion): Promise<RunPage> {
    const folder = folderOf(document);
    const { file } = recordPlaces(document, this.#storage)[0];
    return folder === undefined ? { runs: [], hasMore: false } : this.#find([this.#indexOf(folder)], question, (summary) => summary.file === file);
  }

  /** Runs of runbooks that are not among those that there are. */
  async others(runbooks: readonly Uri[], question: RunQuestion): Promise<RunPage> {
    const pages = diskFolders().map((folder) => {
      const files = this.#filesIn(folder, runbooks);
      return this.#find([this.#indexOf(folder)], question, (summary) => !files.has(summary.file));
    });
    return merged(await Promise.all(pages), question.pages * PAGE);
  }

  /** Whether there are others, or may be among the older runs. Looked up anew when runs or runbooks come or go. */
  async hasOthers(runbooks: readonly Uri[]): Promise<boolean> {
    const answers = diskFolders().map(async (folder) => {
      const index = this.#indexOf(folder);
      const files = this.#filesIn(folder, runbooks);
      const all = await index.list();
      const key = [all.length, all[0]?.runId, ...files].join('\n');
      const known = this.#others.get(folder.uri.toString());
      if (known?.key === key) return known.answer;
      const { runs, hasMore } = await index.find(({ file }) => !files.has(file), 1, GLANCED, all);
      this.#others.set(folder.uri.toString(), { key, answer: runs.length > 0 || hasMore });
      return runs.length > 0 || hasMore;
    });
    return (await Promise.all(answers)).some(Boolean);
  }

  /** Runs of files that are in no folder of the workspace, whichever window ran them. */
  outside(question: RunQuestion): Promise<RunPage> {
    return this.#find([this.#outside], question, () => true);
  }

  /** All runs. */
  search(question: RunQuestion): Promise<RunPage> {
    return this.#find([...diskFolders().map((folder) => this.#indexOf(folder)), this.#outside], question, () => true);
  }

  /**
   * The run in a folder (absolute).
   * @throws UserError when it is not one of this workspace, or is gone
   */
  async at(folder: string): Promise<FoundRun> {
    const runId = basename(folder);
    const place = this.#places().find(({ runs }) => join(runs, runId) === folder);
    if (place === undefined || !RUN_ID.test(runId) || (await findFolder(place.boundary, folder)) === null) throw errors.notARun();
    const summary = await new RunIndex([place]).summary(runId, folder);
    if (summary === null) throw errors.notARun();
    return { summary, folder };
  }

  /** Whether a run's folder can be committed, as far as its place says: not in the storage of this machine. */
  isShared(folder: string): boolean {
    return diskFolders().some(({ uri }) => runFoldersOf(uri, this.#storage).workspace.runs === dirname(folder));
  }

  /** Words for a run; `isNamed`: with its runbook. */
  row(run: FoundRun, isNamed: boolean): RunRow {
    return runRow(run.summary, this.#formatTime, isNamed);
  }

  async #find(indexes: readonly RunIndex[], { words, pages }: RunQuestion, isMeant: (summary: RunSummary) => boolean): Promise<RunPage> {
    const matches = (summary: RunSummary): boolean =>
      isMeant(summary) && matchesFilter(summary, words, summary.startedAt === null ? '' : this.#searchWords(summary.startedAt));
    return merged(await Promise.all(indexes.map((index) => index.find(matches, pages * PAGE, pages * LOOKED))), pages * PAGE);
  }

  #filesIn(folder: WorkspaceFolder, runbooks: readonly Uri[]): ReadonlySet<string> {
    const mine = runbooks.filter((uri) => folderOf(uri)?.uri.toString() === folder.uri.toString());
    return new Set(mine.map((uri) => recordPlaces(uri, this.#storage)[0].file));
  }

  #indexOf({ uri }: WorkspaceFolder): RunIndex {
    const key = uri.toString();
    const index = this.#indexes.get(key) ?? new RunIndex(Object.values(runFoldersOf(uri, this.#storage)));
    this.#indexes.set(key, index);
    return index;
  }

  #places(): readonly { readonly runs: string; readonly boundary: string }[] {
    const inFolders = diskFolders().flatMap(({ uri }) => Object.values(runFoldersOf(uri, this.#storage)));
    return [...inFolders, runsOutside(this.#storage)];
  }
}

function diskFolders(): readonly WorkspaceFolder[] {
  return (workspace.workspaceFolders ?? []).filter(({ uri }) => isOnDisk(uri));
}

function merged(pages: readonly RunPage[], wanted: number): RunPage {
  const runs = pages.flatMap((page) => page.runs).sort((a, b) => (a.summary.runId < b.summary.runId ? 1 : -1));
  return { runs: runs.slice(0, wanted), hasMore: runs.length > wanted || pages.some(({ hasMore }) => hasMore) };
}
