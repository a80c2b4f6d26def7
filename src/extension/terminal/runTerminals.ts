import { type Disposable, type Terminal, ThemeIcon, window } from 'vscode';
import { isAlive } from '../../node/record/processIdentity.ts';
import { DisposableStore } from '../dispose.ts';

/** Marks a run's terminal in its environment, so that it can be told from others. */
const RUN_VARIABLE = 'GUIDED_RUNBOOKS_RUN';

/** How long a terminal that the editor may bring back is waited for, in milliseconds. */
const BACK_MS = 5000;

/** What a run's terminal is made with. */
export interface TerminalPlace {
  /** Directory it starts in; undefined: the editor's choice. */
  readonly cwd: string | undefined;
  /** Shell program; undefined: the user's default profile. */
  readonly shellPath: string | undefined;
}

/** Remembers over a reload which terminal belongs to a run, by the shell's process id. */
export interface TerminalMemory {
  get(runId: string): number | undefined;
  set(runId: string, pid: number | undefined): Thenable<void>;
}

/** One integrated terminal for each run, found again after a reload. */
export class RunTerminals implements Disposable {
  readonly #memory: TerminalMemory;
  readonly #terminals = new Map<string, Terminal>();
  /** Terminals in which something runs that we did not start. */
  readonly #busy = new Set<Terminal>();
  readonly #own = new WeakSet<object>();
  /** Runs whose terminal was waited for in vain. */
  readonly #notComing = new Set<string>();
  readonly #store = new DisposableStore();

  constructor(memory: TerminalMemory) {
    this.#memory = memory;
    this.#store.add(window.onDidCloseTerminal((closed) => this.#forget(closed)));
    this.#store.add(
      window.onDidStartTerminalShellExecution(({ terminal, execution }) => {
        if (!this.#own.has(execution)) this.#busy.add(terminal);
      }),
    );
    this.#store.add(window.onDidEndTerminalShellExecution(({ terminal }) => this.#busy.delete(terminal)));
  }

  /** The run's terminal when it is still open. */
  async find(runId: string): Promise<Terminal | undefined> {
    const known = this.#terminals.get(runId);
    if (known !== undefined) return known.exitStatus === undefined ? known : undefined;
    const pid = this.#memory.get(runId);
    for (const terminal of window.terminals) {
      if (terminal.exitStatus !== undefined || !(await this.#belongs(terminal, runId, pid))) continue;
      this.#terminals.set(runId, terminal);
      return terminal;
    }
    return undefined;
  }

  /**
   * The run's terminal; after a reload the editor brings terminals back one by
   * one, so one whose shell still lives is waited for, a few seconds.
   */
  async whenBack(runId: string): Promise<Terminal | undefined> {
    const known = await this.find(runId);
    const pid = this.#memory.get(runId);
    if (known !== undefined || pid === undefined || !isAlive({ pid, start: null }) || this.#notComing.has(runId)) return known;
    const terminal = await this.#nextOpened(runId);
    // The editor forgets a terminal that was new when the window was loaded again. It is not waited for twice.
    if (terminal === undefined) this.#notComing.add(runId);
    return terminal;
  }

  /** Whether the run had a terminal that this window does not show, although its shell lives. */
  isElsewhere(runId: string): boolean {
    const pid = this.#memory.get(runId);
    return !this.#terminals.has(runId) && pid !== undefined && isAlive({ pid, start: null });
  }

  /** A terminal of the run at which a line can be typed: the one it has, or a new one. */
  async take(runId: string, place: TerminalPlace): Promise<{ readonly terminal: Terminal; readonly isNew: boolean }> {
    const known = await this.whenBack(runId);
    // What is typed while a command runs would go into that command.
    if (known !== undefined && !this.#busy.has(known)) return { terminal: known, isNew: false };
    const terminal = window.createTerminal({
      name: `Runbook ${runId.slice(-4)}`,
      iconPath: new ThemeIcon('checklist'),
      env: { [RUN_VARIABLE]: runId },
      ...(place.cwd === undefined ? {} : { cwd: place.cwd }),
      ...(place.shellPath === undefined ? {} : { shellPath: place.shellPath }),
    });
    this.#terminals.set(runId, terminal);
    void terminal.processId.then((pid) => this.#memory.set(runId, pid));
    return { terminal, isNew: true };
  }

  /** Says that an execution is ours, before its start event arrives. */
  own(execution: object): void {
    this.#own.add(execution);
  }

  /** The run is over; its terminal stays for the person to read. */
  release(runId: string): void {
    this.#terminals.delete(runId);
    void this.#memory.set(runId, undefined);
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #belongs(terminal: Terminal, runId: string, pid: number | undefined): Promise<boolean> {
    const options = terminal.creationOptions;
    if ('env' in options && options.env?.[RUN_VARIABLE] === runId) return true;
    return pid !== undefined && (await terminal.processId) === pid;
  }

  async #nextOpened(runId: string): Promise<Terminal | undefined> {
    const wait = new DisposableStore();
    try {
      return await new Promise<Terminal | undefined>((resolve) => {
        const limit = setTimeout(() => resolve(undefined), BACK_MS);
        wait.defer(() => clearTimeout(limit));
        wait.add(window.onDidOpenTerminal(() => void this.find(runId).then((terminal) => terminal !== undefined && resolve(terminal))));
      });
    } finally {
      wait.dispose();
    }
  }

  #forget(closed: Terminal): void {
    this.#busy.delete(closed);
    for (const [runId, terminal] of this.#terminals) {
      if (terminal === closed) this.#terminals.delete(runId);
    }
  }
}
