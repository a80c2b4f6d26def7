import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { NO_FOLLOW } from './safeFolder.ts';

/** The first bytes of a file. */
export interface FileStart {
  readonly bytes: Buffer;
  /** The file has more than was asked for. */
  readonly isCut: boolean;
}

/** Reads at most `limit` bytes of a file, following no link at its end. Passes errors of the file system on. */
export async function readUpTo(path: string, limit: number): Promise<FileStart> {
  const handle = await open(path, constants.O_RDONLY | NO_FOLLOW | (constants.O_NONBLOCK ?? 0));
  try {
    const { size } = await handle.stat();
    const bytes = Buffer.alloc(Math.min(size, limit));
    return { bytes: bytes.subarray(0, await fill(handle, bytes)), isCut: size > limit };
  } finally {
    await handle.close();
  }
}

async function fill(handle: FileHandle, bytes: Buffer): Promise<number> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesRead } = await handle.read(bytes, done, bytes.length - done, done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return done;
}
