import { createHash } from 'node:crypto';
import { lstat, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { OutputReference } from '../../core/run/events.ts';
import * as errors from '../../core/userErrors.ts';
import { LARGEST_FILE, LARGEST_OUTPUT } from './lines.ts';
import { EXECUTION_ID, OUTPUT_FOLDER, RUN_ID, textFile } from './names.ts';
import { readRun, type RunFiles } from './readRun.ts';
import { readUpTo } from './readUpTo.ts';
import { findFolder, makeFolder } from './safeFolder.ts';
import { watchFolder } from './watchFolder.ts';
import { writeNew } from './writeNew.ts';
import { codeOf } from './failure.ts';

/** Checkouts must not change line ends: hashes and checksums are over bytes. Reviews fold the files away. */
const ATTRIBUTES = 'runs/** -text linguist-generated\n.gitattributes -text\n';

/** The folders of runs on disk, and what is in them. Nothing in here follows a symbolic link. */
export class RunFolders {
  readonly #boundary: string;
  readonly #runs: string;

  constructor(boundary: string, runs: string) {
    this.#boundary = boundary;
    this.#runs = runs;
  }

  /** Makes the folder of a run and returns its path. */
  async make(runId: string): Promise<string> {
    const folder = await makeFolder(this.#boundary, this.#folderOf(runId));
    const top = dirname(dirname(folder));
    if (basename(top) === '.runbooks') await writeAttributes(join(top, '.gitattributes'));
    return folder;
  }

  /** Runs that there are, newest first. */
  async list(): Promise<readonly string[]> {
    const folder = await findFolder(this.#boundary, this.#runs);
    if (folder === null) return [];
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory() && RUN_ID.test(entry.name))
      .map(({ name }) => name)
      .sort()
      .reverse();
  }

  /** Calls back whenever a file of the run that is meant has changed; returns the way to stop. */
  watch(runId: string, changed: () => void, isMeant: (name: string) => boolean): () => void {
    return watchFolder(this.#folderOf(runId), changed, { isMeant });
  }

  /** All events of a run, and what is odd about its files. */
  async read(runId: string): Promise<Pick<RunFiles, 'events' | 'findings'>> {
    const folder = await findFolder(this.#boundary, this.#folderOf(runId));
    return folder === null ? { events: [], findings: [] } : readRun(folder, runId);
  }

  /** Keeps a text of the runbook, durably. Throws when another one stands in its place, which stays. */
  async saveText(runId: string, text: string, sha256?: string): Promise<void> {
    // A rebase that could not be recorded left its text behind, or the run comes back to one that it had.
    if (sha256 !== undefined && (await this.readText(runId, sha256)) === text) return;
    const folder = await this.make(runId);
    await writeNew(join(folder, textFile(sha256)), Buffer.from(text, 'utf8'));
  }

  /** Keeps an output, durably; null when there is one of that name, which stays. */
  async saveOutput(runId: string, executionId: string, text: string): Promise<Pick<OutputReference, 'bytes' | 'sha256'> | null> {
    await this.make(runId);
    const folder = await makeFolder(this.#boundary, join(this.#folderOf(runId), OUTPUT_FOLDER));
    const bytes = Buffer.from(text, 'utf8');
    try {
      await writeNew(outputPath(folder, executionId), bytes);
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return null;
      throw error;
    }
    return { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  }

  async readOutput(runId: string, executionId: string): Promise<string | null> {
    const folder = await findFolder(this.#boundary, join(this.#folderOf(runId), OUTPUT_FOLDER));
    if (folder === null || !EXECUTION_ID.test(executionId)) return null;
    try {
      return (await readUpTo(outputPath(folder, executionId), LARGEST_OUTPUT)).bytes.toString('utf8');
    } catch {
      return null;
    }
  }

  async readText(runId: string, sha256?: string): Promise<string | null> {
    const folder = await findFolder(this.#boundary, this.#folderOf(runId));
    if (folder === null) return null;
    try {
      const { bytes, isCut } = await readUpTo(join(folder, textFile(sha256)), LARGEST_FILE);
      return isCut ? null : bytes.toString('utf8');
    } catch {
      return null;
    }
  }

  #folderOf(runId: string): string {
    if (!RUN_ID.test(runId)) throw errors.noSuchRun(runId.slice(0, 64));
    return join(this.#runs, runId);
  }
}

/** What a person has put there stays. */
async function writeAttributes(path: string): Promise<void> {
  const isThere = await lstat(path).then(() => true, () => false);
  if (isThere) return;
  await writeNew(path, Buffer.from(ATTRIBUTES)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
}

function outputPath(folder: string, executionId: string): string {
  if (!EXECUTION_ID.test(executionId)) throw new Error('the execution has no plain name');
  return join(folder, `${executionId}.txt`);
}
