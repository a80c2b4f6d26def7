import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createExecutionFolder, type ExecutionFolder, type ExecutionSpec } from '../../../src/node/runner/executionFolder.ts';
import type { EndState } from '../../../src/node/runner/executionState.ts';
import { typedLine } from '../../../src/node/runner/typedLine.ts';
import { ExecutionWatcher, type WatchOptions } from '../../../src/node/runner/watchExecution.ts';
import { Terminal } from './terminal.ts';

/** The shipped runner. */
export const MEDIA = join(import.meta.dirname, '../../../media/runner');

/** One execution that has been typed into a terminal. */
export interface Typed {
  readonly folder: ExecutionFolder;
  readonly watcher: ExecutionWatcher;
  readonly line: string;
}

/** A run in a terminal, the way the extension does it. Dispose of it at the end of the test. */
export class Bench {
  readonly root: string;
  terminal: Terminal;
  readonly #shell: string;
  #count = 0;
  readonly #watchers: ExecutionWatcher[] = [];
  readonly #terminals: Terminal[] = [];

  private constructor(root: string, shell: string, terminal: Terminal) {
    this.root = root;
    this.#shell = shell;
    this.terminal = terminal;
    this.#terminals.push(terminal);
  }

  static async open(shell = 'bash', env: NodeJS.ProcessEnv = {}, root?: string): Promise<Bench> {
    const folder = root ?? (await mkdtemp(join(tmpdir(), 'runner-test-')));
    return new Bench(folder, shell, new Terminal(shell, env, folder));
  }

  /** A new terminal for the same run, as after a reload. */
  reopen(env: NodeJS.ProcessEnv = {}, shell = this.#shell): void {
    this.terminal = new Terminal(shell, env, this.root);
    this.#terminals.push(this.terminal);
  }

  /** Prepares a block without typing anything. */
  async prepare(block: string | Uint8Array, spec: Partial<ExecutionSpec> = {}): Promise<ExecutionFolder> {
    const bytes = typeof block === 'string' ? Buffer.from(block) : block;
    this.#count += 1;
    return createExecutionFolder(join(this.root, 'runs'), MEDIA, {
      runId: 'run-1',
      executionId: `e${this.#count}`,
      shell: 'bash',
      block: bytes,
      sha256: sha256(bytes),
      timeoutSeconds: null,
      cwd: null,
      variables: {},
      heading: `Step ${this.#count}`,
      ...spec,
    });
  }

  watch(folder: ExecutionFolder, options?: WatchOptions): ExecutionWatcher {
    const watcher = new ExecutionWatcher(folder, options);
    this.#watchers.push(watcher);
    return watcher;
  }

  /** Types a prepared block. */
  typeFolder(folder: ExecutionFolder, hash: string, options?: WatchOptions): Typed {
    const line = typedLine(folder.path, hash, 'posix');
    const watcher = this.watch(folder, options);
    this.terminal.line(line);
    return { folder, watcher, line };
  }

  async start(block: string | Uint8Array, spec: Partial<ExecutionSpec> = {}): Promise<Typed> {
    const folder = await this.prepare(block, spec);
    return this.typeFolder(folder, spec.sha256 ?? sha256(typeof block === 'string' ? Buffer.from(block) : block));
  }

  /** Runs a block to its end. */
  async run(block: string | Uint8Array, spec: Partial<ExecutionSpec> = {}): Promise<EndState> {
    const { watcher } = await this.start(block, spec);
    return end(watcher, this.terminal);
  }

  async dispose(): Promise<void> {
    for (const watcher of this.#watchers) {
      watcher.dispose();
    }
    await Promise.all(this.#terminals.map((terminal) => terminal.close()));
    // What a hang-up has left is ended by the watcher within two seconds, and
    // may still write meanwhile.
    await rm(this.root, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }).catch(() => undefined);
  }
}

export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The final state; rejects with what the terminal shows when it does not come. */
export async function end(watcher: ExecutionWatcher, terminal: Terminal, ms = 20_000): Promise<EndState> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no end within ${ms} ms, state ${JSON.stringify(watcher.state)}; the terminal shows:\n${terminal.output}`)), ms);
  });
  try {
    const state = await Promise.race([watcher.ended, late]);
    if (!state) {
      throw new Error('disposed of');
    }
    return state;
  } finally {
    clearTimeout(timer);
  }
}

/** A short word for an end, for tables: `exit 7`, `signalled HUP`, `timedOut`, `refused x`, `lost`, `notStarted`. */
export function word(state: EndState): string {
  switch (state.kind) {
    case 'exited':
      return `exit ${state.code}`;
    case 'signalled':
      return `signalled ${state.signal}`;
    case 'refused':
      return `refused ${state.reason}`;
    default:
      return state.kind;
  }
}
