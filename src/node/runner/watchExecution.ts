import { watch, type FSWatcher } from 'node:fs';
import { mkdir, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExecutionFolder } from './executionFolder.ts';
import { isEnd, type EndState, type ExecutionState, type StatusRecord } from './executionState.ts';
import { livenessOf } from './processes.ts';
import { readStarted, readStatus } from './status.ts';

/** Times in milliseconds. */
export interface WatchOptions {
  /** Without a sign of the runner for so long, it is not started, and cannot start any more. */
  readonly notStartedAfterMs?: number;
  /** The slow look, for what a file watch misses. */
  readonly pollMs?: number;
}

/**
 * Watches one execution folder and says how it goes. May be attached at any
 * time, also to a folder of an earlier window: the files tell everything.
 *
 * `onDidChange` hears every new state once; `ended` resolves with the last one,
 * or with null when the watching was disposed of before. Never rejects.
 */
export class ExecutionWatcher {
  readonly ended: Promise<EndState | null>;
  readonly #folder: ExecutionFolder;
  readonly #giveUpAt: number;
  readonly #notStartedAfterMs: number;
  readonly #listeners = new Set<(state: ExecutionState) => void>();
  readonly #timer: NodeJS.Timeout;
  #settle: (state: EndState | null) => void = () => undefined;
  #watch: FSWatcher | null = null;
  #state: ExecutionState = { kind: 'waiting' };
  #looking = false;
  #lookAgain = false;
  #disposed = false;
  #claimedSince: number | null = null;

  constructor(folder: ExecutionFolder, options: WatchOptions = {}) {
    this.#folder = folder;
    this.#notStartedAfterMs = options.notStartedAfterMs ?? 5000;
    this.#giveUpAt = performance.now() + this.#notStartedAfterMs;
    this.ended = new Promise((resolve) => {
      this.#settle = resolve;
    });
    this.#timer = setInterval(() => this.look(), options.pollMs ?? 500);
    try {
      this.#watch = watch(folder.path, () => this.look());
      // Out of watches, or the folder has gone: the poll goes on.
      this.#watch.on('error', () => this.#closeWatch());
    } catch {
      this.#watch = null;
    }
    this.look();
  }

  get state(): ExecutionState {
    return this.#state;
  }

  /** Calls back with every new state; returns the way to stop listening. */
  onDidChange(listener: (state: ExecutionState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A hint that something may have happened: looks now. */
  look(): void {
    if (this.#looking) {
      this.#lookAgain = true;
      return;
    }
    this.#looking = true;
    void this.#lookUntilQuiet();
  }

  dispose(): void {
    if (this.#disposed) {
      return;
    }
    this.#disposed = true;
    clearInterval(this.#timer);
    this.#closeWatch();
    this.#listeners.clear();
    this.#settle(null);
  }

  #closeWatch(): void {
    this.#watch?.close();
    this.#watch = null;
  }

  async #lookUntilQuiet(): Promise<void> {
    do {
      this.#lookAgain = false;
      const state = await this.#observe();
      if (this.#disposed) {
        break;
      }
      if (state.kind !== this.#state.kind) {
        this.#state = state;
        this.#tell(state);
      }
      if (isEnd(state)) {
        this.#settle(state);
        this.dispose();
      }
    } while (this.#lookAgain && !this.#disposed);
    this.#looking = false;
  }

  #tell(state: ExecutionState): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(state);
      } catch (error) {
        // A listener's mistake must not stop the watching.
        process.emitWarning(error instanceof Error ? error : String(error));
      }
    }
  }

  /** One look at the folder. */
  async #observe(): Promise<ExecutionState> {
    const { path, nonce } = this.#folder;
    const status = await readStatus(path, nonce);
    const started = await readStarted(path, nonce);
    if (status) {
      return ended(status, started);
    }
    if (started) {
      if ((await livenessOf(started)) !== 'gone') {
        return { kind: 'running', started };
      }
      // It may have written the status and gone between the two looks.
      const last = await readStatus(path, nonce);
      return last ? ended(last, started) : { kind: 'lost', started };
    }
    return this.#observeUnstarted();
  }

  /** Nothing has been heard of the runner. */
  async #observeUnstarted(): Promise<ExecutionState> {
    const claim = join(this.#folder.path, 'claim');
    const now = performance.now();
    if (this.#claimedSince === null && now >= this.#giveUpAt && (await takeClaim(claim))) {
      return { kind: 'notStarted' };
    }
    if (!(await stat(claim).catch(() => null))) {
      // Not there, and it could not be taken: the folder itself has gone.
      return now >= this.#giveUpAt ? { kind: 'lost', started: null } : { kind: 'waiting' };
    }
    if (await stat(join(claim, 'host')).catch(() => null)) {
      return { kind: 'notStarted' };
    }
    // The runner has it and says nothing: it checks the hash, or it is dead.
    this.#claimedSince ??= now;
    return now - this.#claimedSince >= this.#notStartedAfterMs * 2 ? { kind: 'lost', started: null } : { kind: 'waiting' };
  }
}

/**
 * Makes a late start impossible: the runner takes the same directory first of
 * all. False when the runner was faster, or when the folder has gone.
 */
async function takeClaim(claim: string): Promise<boolean> {
  try {
    await mkdir(claim, { mode: 0o700 });
  } catch {
    return false;
  }
  // For a later look, which has to know whose claim it was.
  await mkdir(join(claim, 'host'), { mode: 0o700 }).catch(() => rmdir(claim).catch(() => undefined));
  return true;
}

function ended(status: StatusRecord, started: EndedStart): EndState {
  return { ...status.result, carried: status.carried, atMs: status.atMs, started };
}

type EndedStart = Extract<EndState, { kind: 'exited' }>['started'];
