import { constants, type Stats } from 'node:fs';
import { lstat, mkdir, open, realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import * as errors from '../../core/userErrors.ts';
import { codeOf } from './failure.ts';

/** Open without following a symbolic link at the end (0 where the system has no such thing). */
export const NO_FOLLOW: number = constants.O_NOFOLLOW ?? 0;

/**
 * Makes sure that a folder inside `boundary` exists and is reached without any
 * symbolic link, and returns its real path. Throws a UserError when it leads
 * anywhere else; passes errors of the file system on.
 */
export async function makeFolder(boundary: string, folder: string): Promise<string> {
  // The editor names a storage folder that it may not have made yet.
  await mkdir(boundary, { recursive: true });
  let at = await realpath(boundary);
  for (const part of partsOf(boundary, folder)) {
    const parent = at;
    at = join(at, part);
    if ((await lookAt(at)) !== null) continue;
    await mkdir(at).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    await assertFolder(at);
    await syncFolder(parent);
  }
  return at;
}

/** The real path of a folder inside `boundary`, or null when there is none. Throws like makeFolder. */
export async function findFolder(boundary: string, folder: string): Promise<string | null> {
  let at: string;
  try {
    at = await realpath(boundary);
  } catch {
    return null;
  }
  for (const part of partsOf(boundary, folder)) {
    at = join(at, part);
    if ((await lookAt(at)) === null) return null;
  }
  return at;
}

/** Makes a folder's entries durable. Not every system can, and those do not need it. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, constants.O_RDONLY | (constants.O_DIRECTORY ?? 0));
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function partsOf(boundary: string, folder: string): readonly string[] {
  const path = relative(boundary, folder);
  if (path === '') return [];
  if (isAbsolute(path) || path.split(sep).includes('..')) throw errors.outsideWorkspace(folder);
  return path.split(sep);
}

async function lookAt(path: string): Promise<Stats | null> {
  try {
    return await assertFolder(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

async function assertFolder(path: string): Promise<Stats> {
  const stat = await lstat(path);
  if (!stat.isDirectory()) throw errors.outsideWorkspace(path);
  return stat;
}
