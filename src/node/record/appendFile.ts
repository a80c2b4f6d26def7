import { constants, statSync } from 'node:fs';
import { open, unlink, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { TORN } from './lines.ts';
import { NO_FOLLOW, syncFolder } from './safeFolder.ts';
import { messageOf } from './failure.ts';

/** The two calls whose failures matter most, so that tests can make them fail. */
export interface FileCalls {
  /** Returns how many bytes were taken, which may be fewer than asked. */
  readonly write: (handle: FileHandle, bytes: Buffer) => Promise<number>;
  readonly sync: (handle: FileHandle) => Promise<void>;
}

export const SYSTEM_CALLS: FileCalls = {
  write: async (handle, bytes) => (await handle.write(bytes, 0, bytes.length)).bytesWritten,
  sync: (handle) => handle.sync(),
};

/** The file cannot be trusted any more: what was written may not be on disk. */
export class SyncFailed extends Error {}

const LINE_END = Buffer.from('\n');

/** A file of our own that only grows, line by line. */
export class AppendFile {
  readonly path: string;
  readonly #handle: FileHandle;
  readonly #calls: FileCalls;
  readonly #inode: number;
  /** Bytes that were written. */
  #size = 0;
  /** A line that was begun and not finished: the next one starts afresh. */
  #isTorn = false;
  #failed: Error | null = null;

  private constructor(path: string, handle: FileHandle, calls: FileCalls, inode: number) {
    this.path = path;
    this.#handle = handle;
    this.#calls = calls;
    this.#inode = inode;
  }

  /** Makes a new file, which must not exist, and its entry in the folder durable. */
  static async create(path: string, calls: FileCalls): Promise<AppendFile> {
    const handle = await open(path, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_EXCL | NO_FOLLOW, 0o644);
    try {
      await syncFolder(dirname(path));
      return new AppendFile(path, handle, calls, (await handle.stat()).ino);
    } catch (error) {
      await handle.close();
      await unlink(path).catch(() => undefined);
      throw error;
    }
  }

  /** Whether the file at its path is still this one, with all that was written and no more (false after `rm`, `git checkout`, `git stash`, a save in an editor). */
  isInPlace(): boolean {
    try {
      // At once: waiting for an answer takes longer than the question, before every event.
      const { ino, size } = statSync(this.path);
      return ino === this.#inode && size === this.#size;
    } catch {
      return false;
    }
  }

  /**
   * Appends a line and resolves once it is on disk. A line that was written in
   * part is left as it is and the next one begins on a line of its own. After a
   * failed sync nothing is known of what was written, and it is not tried again.
   */
  async append(line: Buffer): Promise<void> {
    if (this.#failed !== null) throw this.#failed;
    const bytes = Buffer.concat(this.#isTorn ? [TORN, LINE_END, line, LINE_END] : [line, LINE_END]);
    for (let done = 0; done < bytes.length; ) {
      const taken = await this.#calls.write(this.#handle, bytes.subarray(done));
      if (taken <= 0) throw new Error('the file takes no more bytes');
      done += taken;
      this.#size += taken;
      this.#isTorn = done < bytes.length;
    }
    try {
      await this.#calls.sync(this.#handle);
    } catch (error) {
      this.#failed = new SyncFailed(messageOf(error));
      throw this.#failed;
    }
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}
