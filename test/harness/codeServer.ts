import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { until } from './deadline.ts';
import { freePort } from './freePort.ts';
import type { ServerTools } from './install.ts';
import { descendants, executableOf, isAlive, signalAll } from './processTree.ts';
import { layOutFolders, type ServerFolders, type Settings, writeSettings } from './serverFolders.ts';

/** How an editor is started. Everything has a default that suits most tests. */
export interface CodeServerOptions {
  /** The folder that is opened; an empty one of the server's own unless told. */
  readonly workspace?: string;
  /** The user's settings, on top of the quiet defaults. */
  readonly settings?: Settings;
  /** VSIX files that are installed before the start. */
  readonly extensions?: readonly string[];
  /** Starts with Workspace Trust on, so that the workspace opens in Restricted Mode. */
  readonly restricted?: boolean;
  /** Lets a page load an extension and its tests from folders: see extensionHost.ts. */
  readonly testDriver?: boolean;
  /** Added to the environment of the editor and of its terminals. */
  readonly env?: Readonly<Record<string, string>>;
  /** The login shell that terminals are told of; /bin/bash unless told. */
  readonly shell?: string;
}

const run = promisify(execFile);

/** A VS Code that is served to a browser, with folders of its own, on a free port of 127.0.0.1. */
export class CodeServer {
  readonly workspace: string;
  readonly folders: ServerFolders;
  readonly #tools: ServerTools;
  readonly #options: CodeServerOptions;
  #process: ChildProcess | undefined;
  #port = 0;
  /** Processes that outlived a `kill`, to be ended with everything else. */
  readonly #spared: number[] = [];

  private constructor(tools: ServerTools, folders: ServerFolders, options: CodeServerOptions) {
    this.#tools = tools;
    this.#options = options;
    this.folders = folders;
    this.workspace = options.workspace ?? folders.workspace;
  }

  /** Lays out the folders, installs the extensions and starts; returns once the server answers. Throws when it does not. */
  static async start(tools: ServerTools, options: CodeServerOptions = {}): Promise<CodeServer> {
    const server = new CodeServer(tools, await layOutFolders(options.settings), options);
    try {
      for (const vsix of options.extensions ?? []) await server.installExtension(vsix);
      server.#port = await freePort();
      await server.#launch();
    } catch (error) {
      await server.dispose();
      throw error;
    }
    return server;
  }

  /** host:port, as it stands in vscode-remote:// addresses. */
  get authority(): string {
    return `127.0.0.1:${this.#port}`;
  }

  /** The address that opens the workspace; `payload` is handed to the workbench as it is. */
  url(payload: readonly (readonly [key: string, value: string])[] = []): string {
    const query = new URLSearchParams({ folder: this.workspace });
    if (payload.length > 0) query.set('payload', JSON.stringify(payload));
    return `http://${this.authority}/?${query.toString()}`;
  }

  /** Installs a VSIX the way a user's `--install-extension` does. Throws with the installer's words when it fails. */
  async installExtension(vsix: string): Promise<void> {
    await run(this.#tools.node, [this.#tools.codeServer, ...this.#folderArgs(), '--install-extension', vsix], {
      env: this.#environment(),
    });
  }

  /**
   * Opens a file in the window that a browser shows, with the editor that the settings name for it.
   * Throws while no browser shows one.
   */
  async openFile(path: string): Promise<void> {
    await run(this.#tools.node, [this.#tools.codeServer, ...this.#folderArgs(), '--reuse-window', path], {
      env: this.#environment(),
    });
  }

  /**
   * Writes the user's settings anew, on top of the quiet defaults. A page takes them when it loads (`reloadWorkbench`);
   * for a change in a running editor write the workspace's .vscode/settings.json, which is watched.
   */
  async setSettings(settings: Settings): Promise<void> {
    await writeSettings(this.folders, settings);
  }

  /** Asks the server to end, and ends by force what has not gone after five seconds. */
  async stop(): Promise<void> {
    const leash = this.#process;
    if (leash?.pid === undefined) return;
    this.#process = undefined;
    leash.stdin?.end();
    await until(() => !isAlive(leash.pid ?? 0), { what: 'code-server to end', timeoutMs: 15_000, everyMs: 50 });
  }

  /**
   * Ends the editor at once (SIGKILL), as a crash would. `spare: 'commands'` kills the editor's own processes
   * only: shells and what runs in them lose their terminal and are otherwise left to themselves.
   */
  async kill(spare: 'nothing' | 'commands' = 'nothing'): Promise<void> {
    const leash = this.#process;
    if (leash?.pid === undefined) return;
    this.#process = undefined;
    const below = descendants(leash.pid);
    const ownNode = executableOf(below[0] ?? leash.pid);
    const doomed = spare === 'nothing' ? below : below.filter((pid) => executableOf(pid) === ownNode);
    this.#spared.push(...below.filter((pid) => !doomed.includes(pid)));
    // The leash first, or it would end the rest in its own, gentler way.
    signalAll([leash.pid, ...doomed], 'SIGKILL');
    await until(() => ![leash.pid ?? 0, ...doomed].some(isAlive), { what: 'the killed editor to be gone', everyMs: 20 });
  }

  /** Starts again, on the same port and folders, after `stop` or `kill`; stops first when still running. */
  async restart(): Promise<void> {
    await this.stop();
    await this.#launch();
  }

  /** Stops, ends what a `kill` spared, and removes the server's folders. A workspace that was passed in is left alone. */
  async dispose(): Promise<void> {
    await this.stop();
    signalAll(this.#spared.splice(0).filter(isAlive), 'SIGKILL');
    await until(() => rm(this.folders.root, { recursive: true, force: true }).then(() => true), {
      what: `${this.folders.root} to be removable`,
      timeoutMs: 5_000,
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.dispose();
  }

  /** What the server has written so far. */
  log(): string {
    return readFileSync(this.folders.log, 'utf8');
  }

  async #launch(): Promise<void> {
    const { node, codeServer } = this.#tools;
    const { restricted = false, testDriver = false } = this.#options;
    const log = openSync(this.folders.log, 'a');
    const leash = spawn(
      node,
      [
        join(import.meta.dirname, 'leash.ts'), node, codeServer, ...this.#folderArgs(),
        '--auth', 'none', '--bind-addr', this.authority, '--disable-telemetry', '--disable-update-check',
        ...(restricted ? [] : ['--disable-workspace-trust']),
        ...(testDriver ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
        this.workspace,
      ],
      { cwd: this.folders.root, env: this.#environment(), stdio: ['pipe', log, log] },
    );
    closeSync(log);
    this.#process = leash;
    await until(
      async () => {
        if (leash.exitCode !== null) return 'ended' as const;
        return (await fetch(`http://${this.authority}/healthz`)).ok && ('healthy' as const);
      },
      { what: `code-server to answer at ${this.authority} (its log: ${this.folders.log})`, timeoutMs: 60_000 },
    ).then((state) => {
      if (state === 'ended') throw new Error(`code-server ended at once (exit code ${leash.exitCode}). It wrote:\n${this.log()}`);
    });
  }

  #folderArgs(): string[] {
    const { root, userData, extensions } = this.folders;
    return ['--config', join(root, 'config.yaml'), '--user-data-dir', userData, '--extensions-dir', extensions];
  }

  /** Only what a person's session would have: a test runner's variables must not reach the terminals. */
  #environment(): NodeJS.ProcessEnv {
    const { PATH = '', LANG = 'C.UTF-8', USER = 'person', TMPDIR } = process.env;
    return {
      PATH: PATH.split(':').filter((folder) => !folder.includes('node_modules')).join(':'),
      LANG,
      USER,
      ...(TMPDIR === undefined ? {} : { TMPDIR }),
      HOME: this.folders.home,
      SHELL: this.#options.shell ?? '/bin/bash',
      ...this.#options.env,
    };
  }
}
