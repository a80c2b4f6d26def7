import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { link, lstat, open, rename, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { NO_FOLLOW, syncFolder } from './safeFolder.ts';

/** What file systems without hard links say. */
const NO_LINKS: ReadonlySet<unknown> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

/**
 * Writes a file that must not exist, and resolves once it and its entry in the
 * folder are on disk. Until all of it is there it stands under another name,
 * so that a disk that fails in between never leaves a part that reads as the
 * whole. Passes errors of the file system on; `EEXIST`: there is one, which stays.
 */
export async function writeNew(path: string, bytes: Buffer): Promise<void> {
  const part = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.part`);
  try {
    await writePart(part, bytes);
    await putInPlace(part, path);
  } finally {
    await unlink(part).catch(() => undefined);
  }
  try {
    await syncFolder(dirname(path));
  } catch (error) {
    // Nobody knows whether it will be there: it is not to be found half the time.
    await unlink(path).catch(() => undefined);
    throw error;
  }
}

async function writePart(part: string, bytes: Buffer): Promise<void> {
  const handle = await open(part, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | NO_FOLLOW, 0o644);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Gives the file its name, which nothing may have. */
async function putInPlace(part: string, path: string): Promise<void> {
  try {
    await link(part, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && NO_LINKS.has(error.code))) throw error;
    if (await exists(path)) throw Object.assign(new Error('there is one already'), { code: 'EEXIST' });
    await rename(part, path);
  }
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
}
