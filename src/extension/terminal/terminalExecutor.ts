import { type Disposable, env, type TerminalShellExecution, window } from 'vscode';
import { secretMask } from '../../core/record/maskSecrets.ts';
import { UserError } from '../../core/userError.ts';
import * as errors from '../../core/userErrors.ts';
import { createExecutionFolder, type ExecutionFolder, openExecutionFolder, removeRunFolder, removeSecrets } from '../../node/runner/executionFolder.ts';
import type { BlockShell, ExecutionState } from '../../node/runner/executionState.ts';
import { privateRoot } from '../../node/runner/privateRoot.ts';
import { stopExecution } from '../../node/runner/stop.ts';
import { typedLine } from '../../node/runner/typedLine.ts';
import { ExecutionWatcher } from '../../node/runner/watchExecution.ts';
import type { ExecutionRequest, ExecutionResult, StepExecutor } from '../../session/ports.ts';
import type { Log } from '../log.ts';
import { executionProgram } from '../../node/executionProgram.ts';
import { executionCwd } from '../../node/executionCwd.ts';
import { followOutput, OutputListeners } from './followOutput.ts';
import { echoOf } from '../../node/output/echo.ts';
import { HeardOutput } from '../../node/output/heardOutput.ts';
import { readCaptured } from '../../node/runner/captured.ts';
import { lost, notStarted, resultOf } from '../../node/runner/results.ts';
import type { RunTerminals, TerminalKey } from './runTerminals.ts';
import { mayIntegrate, shellName, syntaxOf } from './syntax.ts';
import { typeLine } from './typeLine.ts';

/** Where and with what a runbook's commands are run. */
export interface TerminalSetting {
  /** Folder for private execution folders, absolute. */
  readonly storage: string;
  /** The shipped folder `media/runner`. */
  readonly media: string;
  /** Directory of the workspace folder, or of the runbook outside one. */
  readonly base: string;
  /** Shell of the terminal; empty: the user's default. */
  readonly shellPath: () => string;
}

interface Running {
  readonly place: TerminalKey;
  readonly watcher: ExecutionWatcher;
}

/** Output of an execution, as far as the terminal tells it. */
interface Heard {
  readonly output: HeardOutput;
  readonly finished: Promise<void>;
}

/**
 * How long the last of the output is waited for once the end is known, in milliseconds. It is there within some
 * fifty; a machine that is busy takes longer, and what is not heard by then is said to be unheard.
 */
const LAST_WORDS_MS = 2_000;

const NO_TERMINAL = 'This run has no terminal in this window yet. It gets one with its first command.';
const NOT_BROUGHT_BACK =
  'The editor did not bring this run’s terminal back into this window. What runs in it goes on, its result will be recorded, and Stop reaches it. The next command gets a new terminal.';

const shells: ReadonlySet<string> = new Set<BlockShell>(['bash', 'sh', 'zsh', 'fish', 'pwsh', 'cmd', 'program']);

/**
 * Runs blocks in the run's integrated terminal. How a block ends is read from
 * the runner's files and from nothing else: what the terminal says is shown,
 * and its events only make the watcher look sooner.
 */
export class TerminalExecutor implements StepExecutor, Disposable {
  readonly #setting: TerminalSetting;
  readonly #terminals: RunTerminals;
  readonly #log: Log;
  readonly #running = new Map<string, Running>();
  readonly #output = new OutputListeners();
  readonly #beginListeners = new Set<(executionId: string) => void>();
  readonly #shown = new Set<string>();
  readonly #hints: readonly Disposable[];

  constructor(setting: TerminalSetting, terminals: RunTerminals, log: Log) {
    this.#setting = setting;
    this.#terminals = terminals;
    this.#log = log;
    this.#hints = [window.onDidEndTerminalShellExecution(() => this.#look()), window.onDidCloseTerminal(() => this.#look())];
  }

  async execute(request: ExecutionRequest): Promise<ExecutionResult> {
    try {
      return await this.#execute(request);
    } catch (error) {
      if (error instanceof UserError) return notStarted(error.message);
      this.#log.error(error, `running ${request.executionId}`);
      return notStarted(error instanceof Error ? error.message : 'the terminal could not be used.');
    }
  }

  async recover(runId: string, executionId: string, terminal?: string): Promise<ExecutionResult> {
    const folder = await this.#find(runId, executionId);
    if (folder === null) return lost('its private folder is gone, and with it the result.');
    // Brings back the terminal's place in our books, so that it can be shown.
    const place = { runId, name: terminal ?? null };
    void this.#terminals.whenBack(place);
    return this.#follow({ executionId, timeoutSeconds: null }, place, folder, null);
  }

  async stop(executionId: string, force: boolean): Promise<void> {
    const running = this.#running.get(executionId);
    if (running === undefined) return;
    const state = running.watcher.state;
    const answer = state.kind === 'running' ? await stopExecution(state.started, force ? 'terminate' : 'interrupt') : 'unreachable';
    this.#log.info(`stop ${executionId}${force ? ' by force' : ''}: ${answer}`);
    if (answer === 'unreachable') (await this.#terminals.find(running.place))?.sendText('\u0003', false);
    running.watcher.look();
  }

  show(runId: string, key?: string): void {
    const place = { runId, name: key ?? null };
    void this.#terminals.whenBack(place).then((terminal) => {
      if (terminal !== undefined) terminal.show(false);
      else void window.showInformationMessage(this.#terminals.isElsewhere(place) ? NOT_BROUGHT_BACK : NO_TERMINAL);
    });
  }

  async release(runId: string): Promise<void> {
    this.#terminals.release(runId);
    await removeRunFolder(await this.#root(), runId);
  }

  onDidBegin(listener: (executionId: string) => void): () => void {
    this.#beginListeners.add(listener);
    return () => this.#beginListeners.delete(listener);
  }

  onDidOutput(listener: (executionId: string, tail: string) => void): () => void {
    return this.#output.add(listener);
  }

  dispose(): void {
    for (const hint of this.#hints) hint.dispose();
    for (const { watcher } of this.#running.values()) watcher.dispose();
  }

  async #execute(request: ExecutionRequest): Promise<ExecutionResult> {
    const { runId, executionId, sha256, terminal: own } = request;
    if (!isBlockShell(request.shell)) throw errors.notABlockShell(request.shell);
    const cwd = await executionCwd(request.cwd, this.#setting.base);
    const program = await executionProgram(request.program ?? [], this.#setting.base);
    const shellPath = this.#setting.shellPath();
    const place = { cwd: this.#setting.base, shellPath: shellPath === '' ? undefined : shellPath };
    const key: TerminalKey = { runId, name: own?.key ?? null };
    const { terminal, isNew } = await this.#terminals.take(key, { ...place, title: own?.title ?? null });
    const shell = shellPath === '' ? env.shell : shellPath;
    const syntax = syntaxOf(terminal, shell);
    const folder = await createExecutionFolder(await privateRoot(this.#setting.storage, syntax), this.#setting.media, {
      runId,
      executionId,
      shell: request.shell,
      program,
      captures: request.captures === true,
      block: Buffer.from(request.text, 'utf8'),
      sha256,
      timeoutSeconds: request.timeoutSeconds,
      cwd,
      variables: request.variables,
      secrets: request.secrets ?? {},
      heading: request.title,
      carry: own?.carry ?? null,
      carryAnew: own?.anew ?? true,
    });
    this.#reveal(runId, () => terminal.show(true));
    let heard: Heard | null = null;
    const how = { integrates: mayIntegrate(shellName(terminal, shell)), waits: isNew, clears: !isNew && syntax === 'posix' };
    try {
      await typeLine(terminal, typedLine(folder.path, sha256, syntax), how, (execution) => {
        this.#terminals.own(execution);
        heard = this.#hear(execution, request);
      });
    } catch (error) {
      await removeSecrets(folder);
      throw error;
    }
    const result = await this.#follow(request, key, folder, heard);
    const isDead = result.outcome.kind === 'notStarted' && terminal.exitStatus !== undefined;
    return isDead ? notStarted(deadShell(shell, terminal.exitStatus.code)) : result;
  }

  async #follow(request: Pick<ExecutionRequest, 'executionId' | 'timeoutSeconds'>, place: TerminalKey, folder: ExecutionFolder, heard: Heard | null): Promise<ExecutionResult> {
    const watcher = new ExecutionWatcher(folder);
    watcher.onDidChange((state: ExecutionState) => {
      this.#log.debug(`execution ${request.executionId}: ${state.kind}`);
      if (state.kind === 'running') for (const listener of this.#beginListeners) listener(request.executionId);
    });
    this.#running.set(request.executionId, { place, watcher });
    const end = await watcher.ended;
    this.#running.delete(request.executionId);
    if (end !== null) await removeSecrets(folder);
    // The window goes away. The command may go on, so nothing is said of its end: the next window finds it.
    if (end === null) return new Promise(() => undefined);
    // The result is on disk before the terminal has handed over the last of what it shows.
    if (heard !== null) await Promise.race([heard.finished, new Promise((resolve) => setTimeout(resolve, LAST_WORDS_MS))]);
    this.#output.flush(request.executionId);
    return { ...resultOf(end, request.timeoutSeconds, heard?.output ?? null), captured: await readCaptured(folder.path) };
  }

  #hear(execution: TerminalShellExecution, { executionId, title, text, secrets }: ExecutionRequest): Heard {
    const output = new HeardOutput(echoOf(title, text), secretMask(Object.values(secrets ?? {})));
    return { output, finished: followOutput(execution, output, () => this.#output.changed(executionId, output)) };
  }

  async #find(runId: string, executionId: string): Promise<ExecutionFolder | null> {
    return openExecutionFolder(await this.#root(), runId, executionId);
  }

  /** The folder that `#execute` used: the same for every POSIX shell. */
  #root(): Promise<string> {
    return privateRoot(this.#setting.storage, process.platform === 'win32' ? 'cmd' : 'posix');
  }

  /** A terminal comes into view once; afterwards it stays where the person put it. */
  #reveal(runId: string, reveal: () => void): void {
    if (this.#shown.has(runId)) return;
    this.#shown.add(runId);
    reveal();
  }

  #look(): void {
    for (const { watcher } of this.#running.values()) watcher.look();
  }
}

/** Why nothing was run when the terminal has closed by itself. */
function deadShell(shell: string, code: number | undefined): string {
  const exit = code === undefined ? '' : ` with exit ${code}`;
  return `the terminal’s shell (${shell}) ended${exit} before it ran anything. Is the setting guidedRunbooks.terminal.shellPath right?`;
}

function isBlockShell(shell: string): shell is BlockShell {
  return shells.has(shell);
}
