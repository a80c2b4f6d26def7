import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/** The text of a small file, and when it was written. */
export interface SmallFile {
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly atMs: number;
}

/** Longest file that is believed: the runner's are a few hundred bytes. */
const LIMIT = 4096;

/**
 * Reads a small file of ours.
 *
 * Null when there is none, or when it is not what the runner writes: a symbolic
 * link, not a regular file, another user's, longer than 4096 bytes, unreadable.
 */
export async function readSmallFile(path: string): Promise<SmallFile | null> {
  let handle;
  try {
    // Not blocking: somebody may have put a named pipe there.
    handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch {
    return null;
  }
  try {
    const stat = await handle.stat();
    const uid = process.getuid?.();
    if (!stat.isFile() || stat.size > LIMIT || (uid !== undefined && stat.uid !== uid)) {
      return null;
    }
    const buffer = Buffer.alloc(LIMIT + 1);
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
    return bytesRead > LIMIT ? null : { text: buffer.toString('latin1', 0, bytesRead), atMs: stat.mtimeMs };
  } catch {
    return null;
  } finally {
    await handle.close();
  }
}
