import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const layOutScript = fileURLToPath(new URL('../../runbooks/demo/lay-out.mjs', import.meta.url));

/** How a command ended; `output` is what a person would have seen in the terminal. */
export interface Result {
  readonly code: number | null;
  readonly output: string;
}

/** One bash fence of the runbook. */
export interface Fence {
  readonly id: string;
  readonly attributes: readonly string[];
  readonly text: string;
}

/** What GET /version answers. */
export interface Version {
  readonly release: string;
  readonly pid: number;
  readonly bulkPricing: boolean;
  readonly schema: number;
}

/**
 * A laid-out demo in a temporary folder, and a terminal in it that carries the environment from block to block.
 *
 * The fences are found by a regular expression, so that these tests say something about the runbook even when
 * the project's own parser is wrong.
 */
export class DemoWorkspace {
  readonly #outer: string;
  readonly #leash: ChildProcess;
  readonly folder: string;

  private constructor(outer: string, leash: ChildProcess, folder: string) {
    this.#outer = outer;
    this.#leash = leash;
    this.folder = folder;
  }

  /** @param further the runbooks laid out beside the demo's own, as `--with` takes them; with them comes v2.1.0 */
  static async layOut(further?: string): Promise<DemoWorkspace> {
    const outer = realpathSync(mkdtempSync(join(tmpdir(), 'demo-test-')));
    const leash = removedWithUs(outer);
    // A folder name that every careless quotation breaks on.
    const wanted = join(outer, `it's a "demo"`);
    const { code, output } = await layOut([wanted, '--port', String(await freePort()), ...(further === undefined ? [] : ['--with', further])]);
    const folder = /^workspace: (.+)\n$/m.exec(output)?.[1];
    if (code !== 0 || folder === undefined) throw new Error(`lay-out.mjs ended with ${code}:\n${output}`);
    return new DemoWorkspace(outer, leash, folder);
  }

  /** Ends the service, if it runs, and removes the folder. */
  async end(): Promise<void> {
    const { code, output } = await this.bash('unset ORDERS_ENV; ops/stop');
    rmSync(this.#outer, { recursive: true, force: true });
    this.#leash.kill();
    this.#leash.stdin?.end();
    if (code !== 0) throw new Error(`The demo's service could not be stopped:\n${output}`);
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  read(name: string): string {
    return readFileSync(this.path(name), 'utf8');
  }

  fences(): Fence[] {
    const found = this.read('deploy.runbook.md').matchAll(/^```bash(?: \{(.*)\})?\n([\s\S]*?)^```$/gm);
    return [...found].map(([, annotation = '', text = '']) => {
      const [id = '', ...attributes] = annotation.split(' ');
      return { id: id.replace('#', ''), attributes, text };
    });
  }

  fence(id: string): Fence {
    const found = this.fences().find((fence) => fence.id === id);
    if (found === undefined) throw new Error(`The runbook has no step #${id}.`);
    return found;
  }

  /** Runs one step as the runbook has it. */
  step(id: string): Promise<Result> {
    return this.bash(this.fence(id).text);
  }

  /** Runs steps that have to succeed. */
  async steps(...ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      const { code, output } = await this.step(id);
      if (code !== 0) throw new Error(`Step #${id} ended with ${code}:\n${output}`);
    }
  }

  /** Runs a block in a bash of its own, with what the blocks before it exported. */
  bash(block: string): Promise<Result> {
    const file = join(this.#outer, 'block');
    const carried = join(this.#outer, 'environment');
    // The first `node` of the terminal's PATH must not matter: here it is one that fails.
    const tools = join(this.#outer, 'terminal-bin');
    mkdirSync(tools, { recursive: true });
    writeFileSync(join(tools, 'node'), '#!/bin/sh\necho "the node of the terminal was used" >&2\nexit 99\n', { mode: 0o755 });
    writeFileSync(file, block);
    if (!existsSync(carried)) writeFileSync(carried, '');
    const runner = `. "$2"; trap 'export -p >"$2"' EXIT; . "$1"`;
    return finished('bash', ['-c', runner, 'bash', file, carried], {
      cwd: this.folder,
      env: { ...withoutGit(process.env), PATH: `${tools}:${process.env['PATH']}`, NODE_OPTIONS: '--no-such-option' },
    });
  }

  get url(): string {
    return `http://127.0.0.1:${/^PORT=(\d+)$/m.exec(this.read('.env'))?.[1]}`;
  }

  async get(path: string): Promise<{ status: number; text: string }> {
    const response = await fetch(`${this.url}${path}`, { signal: AbortSignal.timeout(5000) });
    return { status: response.status, text: await response.text() };
  }

  async version(): Promise<Version> {
    return JSON.parse((await this.get('/version')).text) as Version;
  }

  async metric(name: string): Promise<number> {
    const { text } = await this.get('/metrics');
    return Number(text.split('\n').find((line) => line.startsWith(`orders_${name} `))?.split(' ').at(-1));
  }

  /** The only column of the only row. */
  sqlite(query: string): unknown {
    const script = 'const { DatabaseSync } = require("node:sqlite"); const [file, query] = process.argv.slice(1);'
      + 'console.log(JSON.stringify(Object.values(new DatabaseSync(file, { readOnly: true }).prepare(query).get())[0]))';
    return JSON.parse(execFileSync(this.path('bin/node'), ['-e', script, this.path('var/orders.db'), query], { encoding: 'utf8' }));
  }

  git(...args: readonly string[]): string {
    return execFileSync('git', args, { cwd: this.folder, encoding: 'utf8', env: withoutGit(process.env) }).trim();
  }
}

/**
 * Removes the folder as soon as this process has ended, however it ends: the system closes the pipe. The service
 * ends when its folder is gone, so nothing stays behind even when the tests are killed.
 */
function removedWithUs(folder: string): ChildProcess {
  // Twice, for a step that was running may still write when the first one is through.
  const script = 'cat >/dev/null; rm -rf -- "$1"; sleep 5; rm -rf -- "$1"';
  const leash = spawn('sh', ['-c', script, 'sh', folder], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  leash.unref();
  return leash;
}

let nextPort = 20_000 + Math.floor(Math.random() * 11_000);

/**
 * A port that nothing listens on and that no other test of this process gets. Below the range from which the
 * system takes ports for outgoing connections.
 */
async function freePort(): Promise<number> {
  for (;;) {
    const port = (nextPort += 1);
    const probe = createServer();
    const free = await new Promise<boolean>((resolve) => {
      probe.once('error', () => resolve(false));
      probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
    });
    if (free) return port;
  }
}

/** Runs lay-out.mjs with the Node that runs the tests, which may be too old for the demo. */
export function layOut(args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<Result> {
  return finished(process.execPath, [layOutScript, ...args], { env });
}

/**
 * Waits for the program's end and for the end of its output. A service that kept the terminal open would keep
 * this waiting, so every use of it is also a test of that.
 */
function finished(program: string, args: readonly string[], options: { cwd?: string; env: NodeJS.ProcessEnv }): Promise<Result> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}

// Started from a git hook, the tests would otherwise work on the project's own repository.
function withoutGit(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('GIT_')));
}
