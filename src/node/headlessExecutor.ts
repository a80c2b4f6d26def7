import { setTimeout as delay } from 'node:timers/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { secretMask } from '../core/record/maskSecrets.ts';
import * as errors from '../core/userErrors.ts';
import type { ExecutionRequest, ExecutionResult, StepExecutor } from '../session/ports.ts';
import { executionProgram } from './executionProgram.ts';
import { executionCwd } from './executionCwd.ts';
import { echoOf } from './output/echo.ts';
import { HeardOutput } from './output/heardOutput.ts';
import { createExecutionFolder, openExecutionFolder, removeRunFolder, removeSecrets, type ExecutionFolder } from './runner/executionFolder.ts';
import type { BlockShell } from './runner/executionState.ts';
import { privateRoot } from './runner/privateRoot.ts';
import { readCaptured } from './runner/captured.ts';
import { lost, notStarted, resultOf } from './runner/results.ts';
import { stopExecution } from './runner/stop.ts';
import { ExecutionWatcher, type WatchOptions } from './runner/watchExecution.ts';

export interface HeadlessSetting {
  /** Folder for private execution folders, absolute. */
  readonly storage: string;
  /** The shipped folder `media/runner`. */
  readonly media: string;
  /** Directory that commands start in and must not leave with `cwd=`, absolute. */
  readonly base: string;
  /** Hears what the blocks print, as it comes. */
  readonly onOutput?: (chunk: string) => void;
  readonly watch?: WatchOptions;
}

const SHELLS: ReadonlySet<string> = new Set<BlockShell>(['bash', 'sh', 'zsh', 'fish', 'pwsh', 'cmd', 'program']);
/** So long what was printed may still be on its way after the end is known, in milliseconds. */
const DRAIN_MS = 500;

/**
 * Runs blocks without a terminal, by the same runner, with the same states and
 * the same files as in one. Standard input is empty: what asks, gets nothing.
 */
export class HeadlessExecutor implements StepExecutor {
  readonly #setting: HeadlessSetting;
  readonly #running = new Map<string, ExecutionWatcher>();
  readonly #listeners = new Set<(executionId: string, tail: string) => void>();

  readonly #beginListeners = new Set<(executionId: string) => void>();

  constructor(setting: HeadlessSetting) {
    this.#setting = setting;
  }

  async execute(request: ExecutionRequest): Promise<ExecutionResult> {
    try {
      return await this.#execute(request);
    } catch (error) {
      return notStarted(error instanceof Error ? error.message : String(error));
    }
  }

  async recover(runId: string, executionId: string): Promise<ExecutionResult> {
    const folder = await openExecutionFolder(await this.#root(), runId, executionId).catch(() => null);
    if (folder === null) return lost('its private folder is gone, and with it the result.');
    return this.#follow(executionId, folder, null, null);
  }

  async stop(executionId: string, force: boolean): Promise<void> {
    const watcher = this.#running.get(executionId);
    if (watcher?.state.kind === 'running') await stopExecution(watcher.state.started, force ? 'terminate' : 'interrupt');
    watcher?.look();
  }

  /** There is nothing to show. */
  show(): void {}

  async release(runId: string): Promise<void> {
    await removeRunFolder(await this.#root(), runId);
  }

  onDidBegin(listener: (executionId: string) => void): () => void {
    this.#beginListeners.add(listener);
    return () => this.#beginListeners.delete(listener);
  }

  onDidOutput(listener: (executionId: string, tail: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Stops watching; what runs goes on and can be found again. */
  dispose(): void {
    for (const watcher of this.#running.values()) watcher.dispose();
  }

  async #execute(request: ExecutionRequest): Promise<ExecutionResult> {
    const { runId, executionId, sha256, shell, text } = request;
    if (!isBlockShell(shell)) throw errors.notABlockShell(shell);
    const { media, base } = this.#setting;
    const cwd = await executionCwd(request.cwd, base);
    const program = await executionProgram(request.program ?? [], base);
    const folder = await createExecutionFolder(await this.#root(), media, {
      runId,
      executionId,
      shell,
      program,
      captures: request.captures === true,
      block: Buffer.from(text, 'utf8'),
      sha256,
      timeoutSeconds: request.timeoutSeconds,
      cwd,
      variables: request.variables,
      secrets: request.secrets ?? {},
      heading: request.title,
      carry: request.terminal?.carry ?? null,
      carryAnew: request.terminal?.anew ?? true,
    });
    const heard = new HeardOutput(echoOf(request.title, text), secretMask(Object.values(request.secrets ?? {})));
    // A session of its own: signals reach the whole block and nothing else.
    const child = execa('/bin/sh', [join(folder.path, 'run'), sha256], { cwd: base, stdin: 'ignore', all: true, buffer: false, reject: false, detached: true, cleanup: false });
    child.all.setEncoding('utf8');
    child.all.on('data', (chunk: string) => {
      heard.add(chunk);
      this.#setting.onOutput?.(chunk);
      for (const listener of this.#listeners) listener(executionId, heard.tail);
    });
    // Broken off or not: how the block ended is told by its files alone.
    child.all.on('error', () => undefined);
    child.all.once('end', () => heard.complete());
    const closed = child.then(
      () => undefined,
      () => undefined,
    );
    return this.#follow(executionId, folder, request.timeoutSeconds, heard, async () => {
      await Promise.race([closed, delay(DRAIN_MS, undefined, { ref: false })]);
      // Something that was left in the background may hold the pipe; it must not hold us.
      for (const stream of [child.all, child.stdout, child.stderr]) stream.destroy();
      child.unref();
    });
  }

  async #follow(executionId: string, folder: ExecutionFolder, timeoutSeconds: number | null, heard: HeardOutput | null, drain?: () => Promise<void>): Promise<ExecutionResult> {
    const watcher = new ExecutionWatcher(folder, this.#setting.watch);
    this.#running.set(executionId, watcher);
    watcher.onDidChange(({ kind }) => {
      if (kind === 'running') for (const listener of this.#beginListeners) listener(executionId);
    });
    const end = await watcher.ended;
    this.#running.delete(executionId);
    if (end !== null) await removeSecrets(folder);
    // Disposed of: it may go on, so nothing is said of its end.
    if (end === null) return new Promise(() => undefined);
    await drain?.();
    return { ...resultOf(end, timeoutSeconds, heard), captured: await readCaptured(folder.path) };
  }

  #root(): Promise<string> {
    return privateRoot(this.#setting.storage, 'posix');
  }
}

function isBlockShell(shell: string): shell is BlockShell {
  return SHELLS.has(shell);
}
