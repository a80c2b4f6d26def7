import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as errors from '../core/userErrors.ts';
import { RUN_ID } from '../node/record/names.ts';

/** Where the runs of a working directory are. */
const RUNS = join('.runbooks', 'runs');

/** Ids of the runs in a working directory, newest first; empty when there are none. */
export function runIds(cwd: string): readonly string[] {
  try {
    const entries = readdirSync(join(cwd, RUNS), { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory() && RUN_ID.test(entry.name)).map(({ name }) => name).sort().reverse();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw errors.recordUnreadable(join(cwd, RUNS), error instanceof Error ? error.message : String(error));
  }
}

/** The folder (absolute) of a run in a working directory. */
export function runFolder(cwd: string, runId: string): string {
  return join(cwd, RUNS, runId);
}

/**
 * The folder (absolute) of the run that somebody means by its id, its folder,
 * or by the beginning or end of an id that no other run has. Throws a UserError
 * when there is none or more than one.
 */
export function findRun(run: string, cwd: string): string {
  const ids = runIds(cwd);
  if (ids.includes(run)) return runFolder(cwd, run);
  const folder = resolve(cwd, run);
  if (run !== '' && statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return folder;
  const part = run.toUpperCase();
  const alike = part === '' ? [] : ids.filter((id) => id.toUpperCase().startsWith(part) || id.toUpperCase().endsWith(part));
  const [only] = alike;
  if (only === undefined) throw errors.noSuchRunHere(run, join(cwd, RUNS));
  if (alike.length > 1) throw errors.ambiguousRun(run, alike);
  return runFolder(cwd, only);
}
