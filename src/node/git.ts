import { stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { resolve } from 'node:path';
import type { Actor, GitState } from '../core/run/events.ts';
import type { Checkout } from '../core/run/setup/preflight.ts';
import type { VersionControl } from '../session/ports.ts';
import { askingGit } from './gitClient.ts';
import { readGitStatus, type GitStatus } from './gitStatus.ts';

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

  async checkout(): Promise<Checkout | null> {
    const status = this.#options.isTrusted() ? await this.#status() : null;
    if (status === null) {
      const head = await this.#fromHead();
      return head === null ? null : { branch: head.branch, commit: head.commit, changed: null, upstream: null, ahead: null, behind: null, tags: await this.#tags(), fetchedAt: null };
    }
    const [tags, fetchedAt] = await Promise.all([this.#tags(), this.#fetchedAt()]);
    return { ...status, tags, fetchedAt };
  }

  async #fromStatus(): Promise<GitState | null> {
    const status = await this.#status();
    return status === null ? this.#fromHead() : { branch: status.branch, commit: status.commit, clean: status.changed === 0 };
  }

  async #status(): Promise<GitStatus | null> {
    // The record itself does not make a working tree unclean.
    const paths = ['--', ':(top)', ':(top,exclude,glob)**/.runbooks/**'];
    const status = await this.#ask(['status', '--porcelain=v2', '--branch', '--untracked-files=normal', '--ignore-submodules=all', ...paths]);
    return status === null ? null : readGitStatus(status);
  }

  async #tags(): Promise<readonly string[]> {
    return ((await this.#ask(['tag', '--points-at', 'HEAD'])) ?? '').split('\n').filter((name) => name !== '');
  }

  /** When git last fetched anything here, in milliseconds since 1970; null when it never did. */
  async #fetchedAt(): Promise<number | null> {
    const path = (await this.#ask(['rev-parse', '--git-path', 'FETCH_HEAD']))?.trim();
    if (path === undefined || path === '') return null;
    return (await stat(resolve(this.#options.base, path)).catch(() => null))?.mtimeMs ?? null;
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
