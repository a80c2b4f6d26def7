import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProbeResult } from '../core/monitor/sample.ts';
import type { MonitorProbe, ProbeRequest } from '../session/ports.ts';

/** More output than this is no number, in bytes. */
const MOST_OUTPUT = 64 * 1024;

/** After the end of a command its pipe is listened to for so long, in milliseconds: what left its group may hold it. */
const HOLDS_PIPE_MS = 1000;

/** How each interpreter is told to run a file. Anything else is never run. */
const PROGRAMS: Readonly<Record<string, { readonly file: string; readonly args: readonly string[] }>> = {
  sh: { file: 'block.sh', args: [] },
  bash: { file: 'block.bash', args: [] },
  zsh: { file: 'block.zsh', args: [] },
  fish: { file: 'block.fish', args: [] },
  pwsh: { file: 'block.ps1', args: ['-NoProfile', '-NonInteractive', '-File'] },
};

export interface ProbeSetting {
  /** Folder for private files, absolute. */
  readonly storage: string;
  /** Directory that the commands are run in, absolute. */
  readonly base: string;
}


/** Runs a monitor's block as a file of its own, with a limit of time and of output, and ends all that it started. */
export class ShellProbe implements MonitorProbe {
  readonly #setting: ProbeSetting;
  readonly #going = new Map<string, ChildProcess>();
  readonly #cancelled = new Set<string>();
  readonly #atExit = (): void => this.#endAll();

  constructor(setting: ProbeSetting) {
    this.#setting = setting;
    process.once('exit', this.#atExit);
  }

  async probe(request: ProbeRequest): Promise<ProbeResult> {
    const program = Object.hasOwn(PROGRAMS, request.shell) ? PROGRAMS[request.shell] : undefined;
    if (program === undefined) return { kind: 'failed', reason: `monitors cannot be run with ${request.shell}` };
    let folder: string | null = null;
    try {
      await mkdir(this.#setting.storage, { recursive: true, mode: 0o700 });
      folder = await mkdtemp(join(this.#setting.storage, 'm-'));
      const file = join(folder, program.file);
      await writeFile(file, request.text, { mode: 0o600, flag: 'wx' });
      return await this.#run(request, request.shell, [...program.args, file]);
    } catch (error) {
      return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
    } finally {
      this.#cancelled.delete(request.id);
      if (folder !== null) await rm(folder, { recursive: true, force: true }).catch(() => undefined);
    }
  }

  cancel(id: string): void {
    this.#cancelled.add(id);
    end(this.#going.get(id));
  }

  dispose(): void {
    process.removeListener('exit', this.#atExit);
    this.#endAll();
  }

  #run({ id, timeoutSeconds, variables }: ProbeRequest, program: string, args: readonly string[]): Promise<ProbeResult> {
    if (this.#cancelled.has(id)) return Promise.resolve({ kind: 'failed', reason: 'it was stopped' });
    // A group of its own: what it starts ends with it.
    const child = spawn(program, args, { cwd: this.#setting.base, env: { ...process.env, ...variables }, stdio: ['ignore', 'pipe', 'ignore'], detached: process.platform !== 'win32', windowsHide: true });
    this.#going.set(id, child);
    const chunks: Buffer[] = [];
    let bytes = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MOST_OUTPUT) chunks.push(chunk);
      else end(child);
    });
    return new Promise((resolve) => {
      const done = (result: ProbeResult): void => {
        clearTimeout(limit);
        if (this.#going.get(id) === child) this.#going.delete(id);
        resolve(result);
      };
      // What cannot be ended (it became another user, or hangs in the kernel) may not hold up the next look.
      const limit = setTimeout(() => {
        end(child);
        child.stdout.destroy();
        done({ kind: 'timedOut', afterSeconds: timeoutSeconds });
      }, timeoutSeconds * 1000);
      child.once('error', (error) => done({ kind: 'failed', reason: error.message }));
      // What it left in the background may hold the pipe; its own end is what counts.
      child.once('exit', () => {
        end(child);
        setTimeout(() => child.stdout.destroy(), HOLDS_PIPE_MS).unref();
      });
      child.once('close', (code, signal) => {
        if (this.#cancelled.has(id)) return done({ kind: 'failed', reason: 'it was stopped' });
        if (bytes > MOST_OUTPUT) return done({ kind: 'failed', reason: `it printed more than ${String(MOST_OUTPUT / 1024)} KB` });
        if (code === null) return done({ kind: 'failed', reason: `it was ended by ${signal ?? 'something'}` });
        done({ kind: 'exited', code, stdout: Buffer.concat(chunks).toString('utf8') });
      });
    });
  }

  #endAll(): void {
    for (const child of this.#going.values()) end(child);
  }
}

/** Ends a command and its group, which may outlive it. */
function end(child: ChildProcess | undefined): void {
  if (child?.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended with all that it started.
  }
}
