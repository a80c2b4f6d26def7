import { spawn } from 'node:child_process';

/** Says what is being done and since how long, one line at a time, so that no minute passes in silence. */
export class Progress {
  readonly #started = Date.now();
  readonly #write: (line: string) => void;

  constructor(write: (line: string) => void = (line) => void process.stderr.write(`${line}\n`)) {
    this.#write = write;
  }

  /** Prints one line, headed by the seconds since this progress began. */
  say(text: string): void {
    const seconds = Math.round((Date.now() - this.#started) / 1000);
    this.#write(`[${String(seconds).padStart(4)} s] ${text}`);
  }
}

export interface RunOptions {
  readonly progress: Progress;
  /** Shown in the progress lines and in the error. */
  readonly what: string;
  /** Added to the first line only: why, or how long it takes. */
  readonly note?: string;
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

const HEARTBEAT_MS = 10_000;
const KEPT_LINES = 30;

/**
 * Runs a command to its end and returns what it wrote, with a progress line every ten seconds.
 * Throws when it cannot be started or exits with another code than 0; the error holds its last lines.
 */
export async function runWithProgress(
  command: string,
  args: readonly string[],
  { progress, what, note, cwd, env }: RunOptions,
): Promise<string> {
  progress.say(note === undefined ? what : `${what} (${note})`);
  const child = spawn(command, args, { cwd, env: env ?? process.env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  const heartbeat = setInterval(() => {
    progress.say(`${what} … ${lastTelling(output)}`);
  }, HEARTBEAT_MS);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    if (code !== 0) throw new Error(`it ended with exit code ${code ?? 'none (a signal)'}`);
    return output;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `${what} failed: ${reason}\n  command: ${[command, ...args].join(' ')}\n  its last lines:\n${lastLines(output, KEPT_LINES)}`,
      { cause: error },
    );
  } finally {
    clearInterval(heartbeat);
  }
}

/** The last line that says what is being done: a compiler's excerpts and npm's warnings do not. */
function lastTelling(text: string): string {
  const telling = (line: string): boolean => /[a-z]{3}/i.test(line) && !/\||\bwarn\b|warning:|note:/i.test(line);
  return (text.split('\n').findLast(telling) ?? '').trim().slice(0, 80);
}

function lastLines(text: string, count: number): string {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}
