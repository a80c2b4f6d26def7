import { simpleGit, type SimpleGitOptions } from 'simple-git';
import * as errors from '../../core/userErrors.ts';

/** Git ended, and not with success. */
export class GitFailed extends Error {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;

  constructor(code: number | null, out: string, err: string) {
    super(`git ended with ${String(code)}`);
    this.code = code;
    this.out = out;
    this.err = err;
  }
}

export interface PersonGitOptions {
  /** Directory that git works in, absolute. */
  readonly base: string;
  /** Gives up when it is aborted. */
  readonly signal?: AbortSignal | undefined;
  /** Longest time for one act, in milliseconds. Hooks may run tests, and a passphrase has to be typed. */
  readonly limitMs?: number | undefined;
}

const LIMIT_MS = 10 * 60_000;
/** After git's end its output is awaited for so long, in milliseconds: a program that a hook left behind may hold it open for ever. */
const OUTPUT_MS = 2000;
/** Variables of git that a person sets for all repositories. Those that point git at another one (GIT_DIR, GIT_INDEX_FILE) are not passed on. */
const PERSONAL = /^GIT_(?:SSH|SSH_COMMAND|SSH_VARIANT|ASKPASS|PROXY_COMMAND|SSL_\w+|HTTP_\w+|(?:AUTHOR|COMMITTER)_\w+|CONFIG_\w+|EXEC_PATH)$/i;
/** Nobody sits at a terminal to answer, and messages are read by this program: in git's own words, not translated. */
const QUIET = { GIT_TERMINAL_PROMPT: '0', GIT_EDITOR: ':', LANGUAGE: 'C' } as const;

/**
 * The library guards against foreign words in arguments and environment. The
 * arguments here are fixed, and the environment is the person's own: their SSH
 * agent, their askpass, their configuration.
 */
const UNSAFE: NonNullable<SimpleGitOptions['unsafe']> = {
  // Else hooks are given a variable that forbids short forms to the git that they call.
  allowAbbreviatedOptions: true,
  allowUnsafeAskPass: true,
  allowUnsafeConfigEnvCount: true,
  allowUnsafeConfigPaths: true,
  allowUnsafeCredentialHelper: true,
  allowUnsafeEditor: true,
  allowUnsafeExec: true,
  allowUnsafeGitProxy: true,
  allowUnsafeGpgProgram: true,
  allowUnsafeHooksPath: true,
  allowUnsafePager: true,
  allowUnsafeSshCommand: true,
  allowUnsafeUrlRewrite: true,
};

/**
 * Git as the person would call it: with their whole environment, hooks and
 * signing. For acts of a trusted workspace only; questions go through Git.
 *
 * @throws GitFailed when git fails, UserError when it is missing, took too long or was cancelled
 */
export class PersonGit {
  readonly #options: PersonGitOptions;

  constructor(options: PersonGitOptions) {
    this.#options = options;
  }

  /** What git prints. `input` is what it reads. */
  async run(words: readonly string[], input?: string): Promise<string> {
    const { base, signal, limitMs = LIMIT_MS } = this.#options;
    const limit = AbortSignal.timeout(limitMs);
    const env = environment();
    let failed: GitFailed | null = null;
    const git = simpleGit({
      baseDir: base,
      abort: signal === undefined ? limit : AbortSignal.any([signal, limit]),
      completion: { onClose: true, onExit: OUTPUT_MS },
      allowEnvironment: Object.keys(env),
      unsafe: UNSAFE,
      ...(input === undefined ? {} : { input: () => input }),
      // The library takes a failure that says nothing for success, and wraps an error of ours into one of its own.
      errors: (error, { exitCode, stdOut, stdErr }) => {
        if (exitCode === 0) return error;
        failed = new GitFailed(exitCode, wordsOf(stdOut), wordsOf(stdErr));
        return failed;
      },
    }).env(env);
    try {
      return await git.raw([...words]);
    } catch (error) {
      if (signal?.aborted === true) throw errors.gitCancelled();
      if (limit.aborted) throw errors.gitTooSlow(limitMs / 1000);
      const cause: unknown = failed ?? error;
      throw /spawn \S+ ENOENT/.test(cause instanceof GitFailed ? cause.err : String(cause)) ? errors.noGit() : cause;
    }
  }

  /** Whether git says yes (0) or no (1). */
  async asks(words: readonly string[]): Promise<boolean> {
    return (await this.answer(words, 1)) !== null;
  }

  /** What git prints, or null when it ends with the code that means no. */
  async answer(words: readonly string[], no: number): Promise<string | null> {
    try {
      return await this.run(words);
    } catch (error) {
      if (error instanceof GitFailed && error.code === no) return null;
      throw error;
    }
  }
}

function environment(): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [key, value] of Object.entries(process.env)) {
    if (value !== undefined && (!/^GIT_/i.test(key) || PERSONAL.test(key))) kept[key] = value;
  }
  return { ...kept, ...QUIET };
}

function wordsOf(chunks: readonly Buffer[]): string {
  return Buffer.concat([...chunks]).toString('utf8');
}
