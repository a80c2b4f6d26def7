import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type PastSuccess, successesIn } from '../../core/report/pastDurations.ts';
import { type Rehearsal, rehearsalsIn } from '../../core/rollback/rehearsals.ts';
import { fold } from '../../core/run/evolve.ts';
import { RUN_ID, WRITER_FILE } from './names.ts';
import { readRun } from './readRun.ts';
import { findFolder } from './safeFolder.ts';

/** What other runs of a runbook say of it. */
export interface PastRun {
  readonly successes: readonly PastSuccess[];
  readonly rehearsals: readonly Rehearsal[];
}

/** So many runs say enough. */
const NEWEST = 20;
/** Most that is read for it, in bytes; a run that is larger than what is left is passed over. */
const READ_LIMIT = 8 * 1024 * 1024;
/** Folders that are looked at: most of them may be runs of other runbooks. */
const LOOKED_AT = 200;

/**
 * What succeeded in the newest runs of a runbook that have ended, and what was rehearsed in them or in one that goes on, newest first.
 * Never throws: a run that cannot be read is passed over.
 *
 * @param runs the folder of recorded runs, inside `boundary`
 * @param file the runbook's path as the record has it
 */
export async function pastRuns(boundary: string, runs: string, file: string): Promise<readonly PastRun[]> {
  const found: PastRun[] = [];
  let left = READ_LIMIT;
  try {
    const folder = await findFolder(boundary, runs);
    const entries = folder === null ? [] : await readdir(folder, { withFileTypes: true });
    const ids = entries.filter((entry) => entry.isDirectory() && RUN_ID.test(entry.name)).map(({ name }) => name);
    for (const id of ids.sort().reverse().slice(0, LOOKED_AT)) {
      const path = join(folder ?? runs, id);
      const bytes = await sizeOf(path).catch(() => Infinity);
      if (bytes > left) continue;
      left -= bytes;
      const state = fold((await readRun(path, id).catch(() => ({ events: [] }))).events);
      if (state.file !== file) continue;
      const rehearsals = rehearsalsIn(state);
      if (state.ended !== null || rehearsals.length > 0) found.push({ successes: state.ended === null ? [] : successesIn(state), rehearsals });
      if (found.length === NEWEST) break;
    }
  } catch {
    // Without the folder nothing is known of earlier runs, and nothing depends on it.
  }
  return found;
}

/** Bytes of what the writers of a run have left. */
async function sizeOf(folder: string): Promise<number> {
  const names = (await readdir(folder)).filter((name) => WRITER_FILE.test(name));
  const sizes = await Promise.all(names.map(async (name) => (await lstat(join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
