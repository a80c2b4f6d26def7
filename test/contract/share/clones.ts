import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { NewEvent, RunEventBody } from '../../../src/core/run/events.ts';
import { JsonlStore } from '../../../src/node/record/jsonlStore.ts';

export const RUN = '01KE6ZQ5G0SHAREDRECORD0001';

/** One person's copy of a repository, with a record in it. */
export class Clone {
  readonly path: string;
  readonly #home: string;
  readonly #claims: string;
  #store: JsonlStore | null = null;
  #count = 0;

  constructor(path: string, home: string) {
    this.path = path;
    this.#home = home;
    this.#claims = `${path}-claims`;
  }

  get folder(): string {
    return join(this.path, '.runbooks', 'runs', RUN);
  }

  get store(): JsonlStore {
    this.#store ??= new JsonlStore({ runs: join(this.path, '.runbooks', 'runs'), boundary: this.path, claims: this.#claims });
    return this.#store;
  }

  git(...words: readonly string[]): string {
    const env = { PATH: process.env['PATH'], HOME: this.#home, LC_ALL: 'C', GIT_CONFIG_NOSYSTEM: '1' };
    return execFileSync('git', words, { cwd: this.path, encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'pipe'] });
  }

  /** Words of git's own look at what is staged and changed, the record left out. */
  others(): string {
    return this.git('status', '--porcelain=v2', '--untracked-files=all', '--', '.', ':(exclude).runbooks') + this.git('diff', '--cached', '--', '.', ':(exclude).runbooks') + this.git('diff', '--', '.', ':(exclude).runbooks');
  }

  write(name: string, text: string): void {
    mkdirSync(dirname(join(this.path, name)), { recursive: true });
    writeFileSync(join(this.path, name), text);
  }

  hook(name: string, script: string): void {
    this.write(join('.git', 'hooks', name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(this.path, '.git', 'hooks', name), 0o755);
  }

  async append(body: RunEventBody): Promise<void> {
    // What others have written by now is seen before, as a session does.
    await this.store.read(RUN);
    const event: NewEvent = { id: `e-${basename(this.path).replaceAll(/\W/g, '_')}-${String((this.#count += 1))}`, run: RUN, time: '2026-01-05T14:00:00.000Z', actor: { name: 'Ada', email: null }, body };
    await this.store.append(event);
  }

  async start(): Promise<void> {
    await this.store.saveText(RUN, '# Deploy\n');
    await this.append({ type: 'run.started', title: 'Deploy orders', file: 'deploy.md', textSha256: 'a'.repeat(64), git: null });
  }

  /** Files of the last commit, sorted. */
  committed(): readonly string[] {
    return this.git('show', '--name-only', '--no-renames', '--format=', 'HEAD').trim().split('\n').sort();
  }
}

/** Clones with one bare remote and a home folder of their own, which is also the one of this process. */
export class Clones {
  readonly root = mkdtempSync(join(tmpdir(), 'runbooks-share-'));
  readonly home = join(this.root, 'home');
  readonly remote = join(this.root, 'remote.git');
  readonly #kept: readonly (readonly [string, string | undefined])[];
  readonly #made: Clone[] = [];

  constructor() {
    mkdirSync(this.home);
    writeFileSync(join(this.home, '.gitconfig'), '[user]\n\tname = Ada Lovelace\n\temail = ada@example.org\n[init]\n\tdefaultBranch = main\n');
    this.#kept = ['HOME', 'XDG_CONFIG_HOME', 'GIT_CONFIG_NOSYSTEM'].map((key) => [key, process.env[key]] as const);
    process.env['HOME'] = this.home;
    delete process.env['XDG_CONFIG_HOME'];
    process.env['GIT_CONFIG_NOSYSTEM'] = '1';
    execFileSync('git', ['init', '-q', '--bare', '-b', 'main', this.remote]);
  }

  /** The first one has files a to e; those after it are clones of the remote. */
  make(name: string): Clone {
    execFileSync('git', ['clone', '-q', this.remote, join(this.root, name)], { stdio: 'ignore' });
    const clone = new Clone(join(this.root, name), this.home);
    this.#made.push(clone);
    if (this.#made.length > 1) return clone;
    for (const file of ['a', 'b', 'c', 'd', 'e']) clone.write(file, `${file} one\n${'.\n'.repeat(20)}${file} two\n`);
    clone.git('add', '-A');
    clone.git('commit', '-qm', 'one');
    clone.git('push', '-q', '-u', 'origin', 'main');
    return clone;
  }

  async dispose(): Promise<void> {
    for (const { store } of this.#made) await store.dispose();
    for (const [key, value] of this.#kept) {
      if (value === undefined) delete process.env[key];
      else process.env[key] = value;
    }
    rmSync(this.root, { recursive: true, force: true });
  }
}
