import type * as fs from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

type Calls = typeof fs;
type Call = (...given: unknown[]) => Promise<unknown>;

/** Everything of `node:fs/promises` that a record uses. */
const CALLS = ['open', 'link', 'lstat', 'mkdir', 'readdir', 'readFile', 'realpath', 'rename', 'rm', 'stat', 'unlink', 'writeFile'] as const;
const HANDLE_CALLS = ['write', 'writeFile', 'sync', 'stat', 'read', 'close'] as const;

/** Counts the calls to the file system, and makes one of them fail. */
export class FailingDisk {
  /** The call that fails, from 0; null: none does. */
  failing: number | null = null;
  /** So many calls after it fail too. */
  more = 0;
  /** Calls so far. */
  count = 0;
  /** What failed, by name. */
  readonly failed: string[] = [];

  /** Healthy from here on. */
  mend(): void {
    this.failing = null;
  }

  /** From here on the n-th call fails, and so many after it. */
  failAt(call: number, more = 0): void {
    this.count = 0;
    this.failed.length = 0;
    this.failing = call;
    this.more = more;
  }

  /** The module with calls that are counted. */
  over(real: Calls): Calls {
    const counted: Record<string, unknown> = { ...real };
    for (const name of CALLS) {
      const call = real[name] as Call;
      counted[name] = async (...given: unknown[]) => {
        this.#next(name);
        const result = await call(...given);
        return name === 'open' ? this.#handle(result as FileHandle) : result;
      };
    }
    return counted as Calls;
  }

  #handle(handle: FileHandle): FileHandle {
    for (const name of HANDLE_CALLS) {
      const call = (handle[name] as Call).bind(handle);
      const counted: Call = async (...given) => {
        try {
          this.#next(`handle.${name}`);
        } catch (error) {
          // A write that fails may have taken a part, and a handle that fails to close is closed.
          if (name === 'close') await call();
          const [bytes] = given;
          if (Buffer.isBuffer(bytes) && (name === 'write' || name === 'writeFile')) await handle.appendFile(bytes.subarray(0, bytes.length >> 1));
          throw error;
        }
        // The system's own writeFile may call write: that is one call here.
        return name === 'writeFile' ? handle.appendFile(given[0] as Buffer) : call(...given);
      };
      Object.defineProperty(handle, name, { value: counted, configurable: true });
    }
    return handle;
  }

  #next(name: string): void {
    const call = this.count;
    this.count += 1;
    if (this.failing === null || call < this.failing || call > this.failing + this.more) return;
    this.failed.push(name);
    throw Object.assign(new Error(`EIO: i/o error, ${name}`), { code: 'EIO' });
  }
}
