import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process';

/** Shells that a terminal can have in these tests, and how each is started interactively without its user's files. */
const INTERACTIVE: Readonly<Record<string, string>> = {
  bash: 'bash --norc --noprofile -i',
  sh: 'sh -i',
  zsh: 'zsh -f -i',
  fish: 'fish --no-config -i',
};

/** Whether a program can be found on the PATH. */
export function installed(program: string): boolean {
  return spawnSync('/bin/sh', ['-c', 'command -v "$1"', 'sh', program]).status === 0;
}

/**
 * A real terminal: `script` of util-linux holds a pseudo-terminal for an
 * interactive shell. What is written is typed; `close` hangs it up as a closed
 * terminal does.
 */
export class Terminal {
  readonly #script: ChildProcessWithoutNullStreams;
  #output = '';
  readonly closed: Promise<void>;

  constructor(shell: string, env: NodeJS.ProcessEnv = {}, cwd = '/') {
    const command = INTERACTIVE[shell] ?? shell;
    this.#script = spawn('script', ['-qfec', `stty cols 200 rows 50; exec ${command}`, '/dev/null'], {
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], LANG: 'C.UTF-8', TERM: 'xterm-256color', SHELL: '/bin/sh', PS1: 'prompt> ', ...env },
      cwd,
    });
    this.#script.stdout.on('data', (data: Buffer) => {
      this.#output += data.toString('latin1');
    });
    this.#script.stdin.on('error', () => undefined);
    this.closed = new Promise((resolve) => this.#script.once('close', () => resolve()));
  }

  /** Everything printed so far, as Latin-1. */
  get output(): string {
    return this.#output;
  }

  /** Types text as it is; a line needs its `\r`. */
  type(text: string): void {
    this.#script.stdin.write(text, 'latin1');
  }

  line(text: string): void {
    this.type(`${text}\r`);
  }

  /** Resolves once the output matches; rejects after `ms`, with the output. */
  async see(pattern: RegExp, ms = 10_000): Promise<RegExpExecArray> {
    return until(() => pattern.exec(this.#output), ms, () => `${String(pattern)} in the terminal, which shows:\n${this.#output}`);
  }

  /** Closes the terminal: everything in its foreground gets SIGHUP. */
  async close(): Promise<void> {
    this.#script.kill('SIGKILL');
    await this.closed;
  }
}

/** Looks again and again, without sleeping for luck. Rejects after `ms` milliseconds. */
export async function until<T>(look: () => T | null | undefined | false | Promise<T | null | undefined | false>, ms = 10_000, what: () => string = () => String(look)): Promise<T> {
  const deadline = performance.now() + ms;
  for (;;) {
    const found = await look();
    if (found) {
      return found;
    }
    if (performance.now() > deadline) {
      throw new Error(`not seen within ${ms} ms: ${what()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
