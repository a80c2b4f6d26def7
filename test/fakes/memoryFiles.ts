import type { FileNow } from '../../src/core/run/fileWrite.ts';
import * as errors from '../../src/core/userErrors.ts';
import type { WrittenFiles } from '../../src/session/ports.ts';
import { CountingIds } from './countingIds.ts';

/** A workspace's files in memory; it outlives windows. */
export class MemoryFiles implements WrittenFiles {
  readonly files = new Map<string, string>();
  /** Called right before a file is written. */
  onWrite: (path: string) => void = () => undefined;

  look(path: string): Promise<FileNow> {
    const text = this.files.get(path) ?? null;
    return Promise.resolve({ realPath: path, sha256: text === null ? null : hash(text), text, bytes: text?.length ?? 0 });
  }

  write(path: string, text: string, before: string | null): Promise<void> {
    this.onWrite(path);
    const now = this.files.get(path);
    if ((now === undefined ? null : hash(now)) !== before) return Promise.reject(errors.fileChanged(path));
    this.files.set(path, text);
    return Promise.resolve();
  }
}

/** As the sessions of these tests have it. */
function hash(text: string): string {
  return new CountingIds().sha256(text);
}
