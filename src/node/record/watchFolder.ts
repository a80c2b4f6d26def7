import { watch, type FSWatcher } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Times in milliseconds, and which files are meant. */
export interface WatchTimes {
  /** What is written meanwhile is told of once. */
  readonly settleMs?: number;
  /** The slow look, for what a file watch misses: network drives, a folder that is put in place of another. */
  readonly pollMs?: number;
  /** Whether changes of a file of this name are told of; every file's unless told. */
  readonly isMeant?: (name: string) => boolean;
}

/**
 * Calls back a little after something in a folder has changed, and never while
 * nothing has. Returns the way to stop. The folder need not be there.
 */
export function watchFolder(folder: string, changed: () => void, { settleMs = 100, pollMs = 2000, isMeant = () => true }: WatchTimes = {}): () => void {
  let known: string | null = null;
  let settling: NodeJS.Timeout | undefined;
  let watcher: FSWatcher | null = null;
  let stopped = false;

  const look = async (): Promise<void> => {
    const now = await stamp(folder, isMeant);
    if (stopped || now === known) return;
    const isFirst = known === null;
    known = now;
    if (!isFirst) changed();
  };
  const hint = (_event: string, name: string | null): void => {
    if (name !== null && !isMeant(name)) return;
    clearTimeout(settling);
    if (!stopped) settling = setTimeout(() => void look(), settleMs);
  };
  const poll = setInterval(() => void look(), pollMs);
  // Waiting for others keeps no process alive.
  poll.unref();
  try {
    watcher = watch(folder, { persistent: false }, hint);
    watcher.on('error', () => watcher?.close());
  } catch {
    // Out of watches, or not there yet: the slow look goes on.
  }
  void look();
  return () => {
    stopped = true;
    clearInterval(poll);
    clearTimeout(settling);
    watcher?.close();
  };
}

/** Names, sizes and times of the files in a folder that are meant; empty when it cannot be read. */
async function stamp(folder: string, isMeant: (name: string) => boolean): Promise<string> {
  const names = (await readdir(folder).catch(() => [])).filter(isMeant);
  const files = await Promise.all(names.sort().map(async (name) => [name, await stat(join(folder, name)).then(({ size, mtimeMs }) => `${size} ${mtimeMs}`, () => '')]));
  return JSON.stringify(files);
}
