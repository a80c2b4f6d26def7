import { type Disposable, type Terminal, ThemeIcon, window } from 'vscode';
import { RUN_VARIABLE } from '../../core/run/setup/variables.ts';
import { isAlive } from '../../node/record/processIdentity.ts';
import { DisposableStore } from '../dispose.ts';
import { shortRunId } from '../../core/run/shortRunId.ts';

/** Which of the run's terminals it is; absent in the run's own. `RUN_VARIABLE` beside it tells a run's terminal from others. */
const NAME_VARIABLE = 'GUIDED_RUNBOOKS_TERMINAL';

/** How long a terminal that the editor may bring back is waited for, in milliseconds. */
const BACK_MS = 5000;

/** A terminal of a run: its own, or one beside it. */
export interface TerminalKey {
  readonly runId: string;
  /** Null: the run's own. */
  readonly name: string | null;
}

/** What a run's terminal is made with. */
export interface TerminalPlace {
  /** Words for the tab of one beside the run's own; null: the run's own. */
  readonly title: string | null;
  /** Directory it starts in; undefined: the editor's choice. */
  readonly cwd: string | undefined;
  /** Shell program; undefined: the user's default profile. */
  readonly shellPath: string | undefined;
}

/** Remembers over a reload which terminal belongs to a run, by the shell's process id. */
export interface TerminalMemory {
  get(key: string): number | undefined;
  set(key: string, pid: number | undefined): Thenable<void>;
  /** Forgets all of a run. */
  forget(runId: string): Thenable<void>;
}

/** The integrated terminals of runs, found again after a reload: one for each run, and those beside it. */
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

  /** The terminal when it is still open. */
  async find(key: TerminalKey): Promise<Terminal | undefined> {
    const id = idOf(key);
    const known = this.#terminals.get(id);
    if (known !== undefined) return known.exitStatus === undefined ? known : undefined;
    const pid = this.#memory.get(id);
    for (const terminal of window.terminals) {
      if (terminal.exitStatus !== undefined || !(await this.#belongs(terminal, key, pid))) continue;
      this.#terminals.set(id, terminal);
      return terminal;
    }
    return undefined;
  }

  /**
   * The terminal; after a reload the editor brings terminals back one by one,
   * so one whose shell still lives is waited for, a few seconds.
   */
  async whenBack(key: TerminalKey): Promise<Terminal | undefined> {
    const id = idOf(key);
    const known = await this.find(key);
    const pid = this.#memory.get(id);
    if (known !== undefined || pid === undefined || !isAlive({ pid, start: null }) || this.#notComing.has(id)) return known;
    const terminal = await this.#nextOpened(key);
    // The editor forgets a terminal that was new when the window was loaded again. It is not waited for twice.
    if (terminal === undefined) this.#notComing.add(id);
    return terminal;
  }

  /** Whether there was a terminal that this window does not show, although its shell lives. */
  isElsewhere(key: TerminalKey): boolean {
    const pid = this.#memory.get(idOf(key));
    return !this.#terminals.has(idOf(key)) && pid !== undefined && isAlive({ pid, start: null });
  }

  /** A terminal at which a line can be typed: the one that there is, or a new one. */
  async take(key: TerminalKey, place: TerminalPlace): Promise<{ readonly terminal: Terminal; readonly isNew: boolean }> {
    const known = await this.whenBack(key);
    // What is typed while a command runs would go into that command.
    if (known !== undefined && !this.#busy.has(known)) return { terminal: known, isNew: false };
    const terminal = window.createTerminal({
      name: place.title ?? `Runbook ${shortRunId(key.runId)}`,
      iconPath: new ThemeIcon('checklist'),
      env: { [RUN_VARIABLE]: key.runId, ...(key.name === null ? {} : { [NAME_VARIABLE]: key.name }) },
      ...(place.cwd === undefined ? {} : { cwd: place.cwd }),
      ...(place.shellPath === undefined ? {} : { shellPath: place.shellPath }),
    });
    this.#terminals.set(idOf(key), terminal);
    void terminal.processId.then((pid) => this.#memory.set(idOf(key), pid));
    return { terminal, isNew: true };
  }

  /** Says that an execution is ours, before its start event arrives. */
  own(execution: object): void {
    this.#own.add(execution);
  }

  /** The run is over; its terminals stay for the person to read. */
  release(runId: string): void {
    for (const id of this.#terminals.keys()) if (isOfRun(id, runId)) this.#terminals.delete(id);
    void this.#memory.forget(runId);
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #belongs(terminal: Terminal, { runId, name }: TerminalKey, pid: number | undefined): Promise<boolean> {
    const options = terminal.creationOptions;
    if ('env' in options && options.env?.[RUN_VARIABLE] === runId && (options.env[NAME_VARIABLE] ?? null) === name) return true;
    return pid !== undefined && (await terminal.processId) === pid;
  }

  async #nextOpened(key: TerminalKey): Promise<Terminal | undefined> {
    const wait = new DisposableStore();
    try {
      return await new Promise<Terminal | undefined>((resolve) => {
        const limit = setTimeout(() => resolve(undefined), BACK_MS);
        wait.defer(() => clearTimeout(limit));
        wait.add(window.onDidOpenTerminal(() => void this.find(key).then((terminal) => terminal !== undefined && resolve(terminal))));
      });
    } finally {
      wait.dispose();
    }
  }

  #forget(closed: Terminal): void {
    this.#busy.delete(closed);
    for (const [id, terminal] of this.#terminals) {
      if (terminal === closed) this.#terminals.delete(id);
    }
  }
}

/** The name by which a terminal is kept: the run's id alone for the run's own. */
function idOf({ runId, name }: TerminalKey): string {
  return name === null ? runId : `${runId} ${name}`;
}

/** Whether a terminal that is kept by this name belongs to the run. */
export function isOfRun(id: string, runId: string): boolean {
  return id === runId || id.startsWith(`${runId} `);
}
