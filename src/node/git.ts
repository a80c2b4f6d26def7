import { userInfo } from 'node:os';
import type { Actor, GitState } from '../core/run/events.ts';
import type { VersionControl } from '../session/ports.ts';
import { askingGit } from './gitClient.ts';

export interface GitOptions {
  /** Directory that is asked about, absolute. */
  readonly base: string;
  /**
   * Whether the workspace is trusted. Looking at the working tree can run
   * programs that the repository's configuration names (clean filters), so
   * without trust only branch and commit are read, which cannot.
   */
  readonly isTrusted: () => boolean;
  /** Longest time for one question, in milliseconds. */
  readonly limitMs?: number;
}

const LIMIT_MS = 5000;

/**
 * Asks git about a directory. Every question has a time limit; without git,
 * outside a repository or when it takes too long, the answer is null or unknown.
 */
export class Git implements VersionControl {
  readonly #options: GitOptions;

  constructor(options: GitOptions) {
    this.#options = options;
  }

  async state(): Promise<GitState | null> {
    return this.#options.isTrusted() ? this.#fromStatus() : this.#fromHead();
  }

  async actor(): Promise<Actor> {
    const [name, email] = await Promise.all([this.#ask(['config', '--get', 'user.name']), this.#ask(['config', '--get', 'user.email'])]);
    return { name: name?.trim() || loginName(), email: email?.trim() || null };
  }

  async #fromStatus(): Promise<GitState | null> {
    // The record itself does not make a working tree unclean.
    const paths = ['--', ':(top)', ':(top,exclude,glob)**/.runbooks/**'];
    const status = await this.#ask(['status', '--porcelain=v2', '--branch', '--untracked-files=normal', '--ignore-submodules=all', ...paths]);
    if (status === null) return this.#fromHead();
    const lines = status.split('\n');
    const header = (name: string): string | null => lines.find((line) => line.startsWith(`# branch.${name} `))?.slice(`# branch.${name} `.length) ?? null;
    const commit = header('oid');
    const branch = header('head');
    return {
      branch: branch === '(detached)' ? null : branch,
      commit: commit === '(initial)' ? null : commit,
      clean: lines.every((line) => line === '' || line.startsWith('#')),
    };
  }

  async #fromHead(): Promise<GitState | null> {
    if ((await this.#ask(['rev-parse', '--is-inside-work-tree']))?.trim() !== 'true') return null;
    const [commit, branch] = await Promise.all([this.#ask(['rev-parse', '--verify', '--quiet', 'HEAD']), this.#ask(['symbolic-ref', '--short', '--quiet', 'HEAD'])]);
    return { branch: branch?.trim() || null, commit: commit?.trim() || null, clean: null };
  }

  /** What git prints, or null when it fails in any way. */
  async #ask(question: readonly string[]): Promise<string | null> {
    try {
      return await askingGit(this.#options.base, this.#options.limitMs ?? LIMIT_MS).raw([...question]);
    } catch {
      return null;
    }
  }
}

function loginName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown';
  }
}
