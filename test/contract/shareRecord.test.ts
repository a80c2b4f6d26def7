import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commitRecord, type ShareOptions } from '../../src/node/shareRecord.ts';
import { Clone, Clones, RUN } from './share/clones.ts';

let clones: Clones;
let ada: Clone;
beforeEach(async () => {
  clones = new Clones();
  ada = clones.make('ada');
  await ada.start();
});
afterEach(() => clones.dispose());

const options = (more: Partial<ShareOptions> = {}): ShareOptions => ({ folder: ada.folder, isTrusted: true, ...more });
const commit = (more: Partial<ShareOptions> = {}): ReturnType<typeof commitRecord> => commitRecord(options(more), 'Record of a run');

/** Staged, unstaged, partly staged, renamed, deleted and new files. */
function otherWork(clone: Clone): void {
  clone.write('a', 'a staged\n');
  clone.git('add', 'a');
  clone.write('b', 'b unstaged\n');
  clone.write('c', `c partly\n${'.\n'.repeat(20)}c two\n`);
  clone.git('add', 'c');
  clone.write('c', `c partly\n${'.\n'.repeat(20)}c not staged\n`);
  clone.git('mv', 'd', 'moved');
  clone.git('rm', '-q', 'e');
  clone.write('new', 'new\n');
  clone.write('staged new', 'staged new\n');
  clone.git('add', 'staged new');
}

describe('a commit of a record', () => {
  test('holds the run and the attributes, and nothing else', async () => {
    ada.write('.runbooks/runs/01KE6ZQ5G0ANOTHERRUN000001/w-x.jsonl', '');
    const made = await commit();
    expect(made).toEqual({ branch: 'main', commit: ada.git('rev-parse', 'HEAD').trim() });
    expect(ada.committed()).toEqual(['.runbooks/.gitattributes', `.runbooks/runs/${RUN}/runbook.md`, expect.stringMatching(/\/w-\w+\.jsonl$/)]);
    expect(ada.git('log', '-1', '--format=%B').trim()).toBe('Record of a run');
    await ada.append({ type: 'step.ticked', stepId: 's', note: null });
    await commit();
    expect(ada.committed()).toEqual([expect.stringMatching(/\.jsonl$/)]);
  });

  test('leaves everything else that is staged and changed as it was', async () => {
    otherWork(ada);
    const before = ada.others();
    expect(before).toContain('c not staged');
    await commit();
    expect(ada.others()).toBe(before);
    expect(ada.committed().every((file) => file.startsWith('.runbooks/'))).toBe(true);
  });

  test('is made in a repository without any commit, too', async () => {
    const path = join(clones.root, 'fresh');
    ada.git('init', '-q', '-b', 'main', path);
    const fresh = new Clone(path, clones.home);
    await fresh.start();
    fresh.write('a', 'a');
    fresh.git('add', 'a');
    await commitRecord(options({ folder: fresh.folder }), 'Record');
    expect(fresh.git('ls-tree', '-r', '--name-only', 'HEAD')).not.toMatch(/^a$/m);
    expect(fresh.git('diff', '--cached', '--name-only').trim()).toBe('a');
    await fresh.store.dispose();
  });

  test('works in a folder below the top whose name means something to git', async () => {
    const below = new Clone(join(ada.path, 'ops [*] :x'), clones.home);
    ada.write('ops [*] :x/a', 'a');
    await below.start();
    ada.write('a', 'changed');
    await commitRecord(options({ folder: below.folder }), 'Record');
    expect(ada.committed().every((file) => file.startsWith('ops [*] :x/.runbooks/'))).toBe(true);
    await below.store.dispose();
  });
});

describe('hooks and signing are respected', () => {
  test('a hook that refuses is quoted, and the index is as it was', async () => {
    otherWork(ada);
    const before = [ada.others(), ada.git('ls-files', '-s')];
    ada.hook('pre-commit', 'echo "\\033[31mLint: no record without a ticket\\033[0m" >&2\nexit 1');
    await expect(commit()).rejects.toMatchObject({ code: 'not-committed', message: expect.stringContaining('Lint: no record without a ticket') });
    expect([ada.others(), ada.git('ls-files', '-s')]).toEqual(before);
    expect(ada.git('log', '--format=%s').trim()).toBe('one');
  });

  test('a hook that refuses without a word is no success', async () => {
    ada.hook('pre-commit', 'exit 1');
    await expect(commit()).rejects.toMatchObject({ code: 'not-committed' });
    expect(ada.git('log', '--format=%s').trim()).toBe('one');
  });

  test('what the person had staged of the record stays staged when a hook refuses', async () => {
    ada.git('add', ada.folder);
    const before = ada.git('ls-files', '-s');
    await ada.append({ type: 'step.ticked', stepId: 's', note: null });
    ada.hook('pre-commit', 'exit 1');
    await expect(commit()).rejects.toMatchObject({ code: 'not-committed' });
    expect(ada.git('ls-files', '-s')).toBe(before);
  });

  test('a hook changes the message, and sees the record only', async () => {
    otherWork(ada);
    ada.hook('commit-msg', 'echo "Ticket: OPS-1" >> "$1"');
    ada.hook('pre-commit', `git diff --cached --name-only > '${clones.root}/seen'\ngit status --porc > /dev/null`);
    await commit();
    expect(ada.git('log', '-1', '--format=%B')).toContain('Ticket: OPS-1');
    const seen = readFileSync(join(clones.root, 'seen'), 'utf8').trim().split('\n');
    expect(seen).toHaveLength(3);
    expect(seen.every((file) => file.startsWith('.runbooks/'))).toBe(true);
  });

  test('a commit that cannot be signed says so', async () => {
    const gpg = join(clones.root, 'gpg');
    writeFileSync(gpg, '#!/bin/sh\necho "gpg: signing failed: No secret key" >&2\nexit 2\n', { mode: 0o755 });
    ada.git('config', 'commit.gpgsign', 'true');
    ada.git('config', 'gpg.program', gpg);
    await expect(commit()).rejects.toMatchObject({ code: 'not-signed', message: expect.stringContaining('could not be signed') });
    expect(ada.git('status', '--porcelain')).toMatch(/^\?\? \.runbooks\/$/m);
  });

  test('cancelling stops git, and leaves the index as it was', async () => {
    const cancel = new AbortController();
    ada.hook('pre-commit', `touch '${clones.root}/began'\nexec sleep 60`);
    const committing = commit({ signal: cancel.signal });
    committing.catch(() => undefined);
    await expect.poll(() => existsSync(join(clones.root, 'began')), { timeout: 20_000 }).toBe(true);
    cancel.abort();
    await expect(committing).rejects.toMatchObject({ code: 'git-cancelled' });
    expect(ada.git('status', '--porcelain')).toMatch(/^\?\? \.runbooks\/$/m);
  });

  test('the person is the one that their environment names', async () => {
    process.env['GIT_AUTHOR_NAME'] = 'Grace Hopper';
    process.env['GIT_DIR'] = join(clones.root, 'elsewhere');
    try {
      await commit();
    } finally {
      delete process.env['GIT_AUTHOR_NAME'];
      delete process.env['GIT_DIR'];
    }
    expect(ada.git('log', '-1', '--format=%an').trim()).toBe('Grace Hopper');
  });
});

describe('says why nothing was committed', () => {
  const refused = (code: string, words = /./): Promise<void> => expect(commit()).rejects.toMatchObject({ code, message: expect.stringMatching(words) });

  test('in Restricted Mode, where no hook may run', async () => {
    ada.hook('pre-commit', `touch '${clones.root}/ran'`);
    await expect(commit({ isTrusted: false })).rejects.toMatchObject({ code: 'share-needs-trust' });
    expect(existsSync(join(clones.root, 'ran'))).toBe(false);
  });

  test('without git', async () => {
    const path = process.env['PATH'];
    process.env['PATH'] = clones.home;
    try {
      await refused('no-git');
    } finally {
      process.env['PATH'] = path;
    }
  });

  test('without a repository', async () => {
    rmSync(join(ada.path, '.git'), { recursive: true });
    await refused('no-repository');
  });

  test('without a branch', async () => {
    ada.git('checkout', '-q', '--detach');
    await refused('detached-head');
  });

  test('in the middle of a merge or a rebase', async () => {
    ada.git('checkout', '-qb', 'other');
    ada.write('a', 'theirs');
    ada.git('commit', '-qam', 'theirs');
    ada.git('checkout', '-q', 'main');
    ada.write('a', 'ours');
    ada.git('commit', '-qam', 'ours');
    expect(() => ada.git('merge', '-q', 'other')).toThrow();
    await refused('in-the-middle', /a merge/);
    ada.git('merge', '--abort');
    expect(() => ada.git('rebase', '-q', 'other')).toThrow();
    await refused('in-the-middle', /a rebase/);
  });

  test('when the folder is ignored, or a part of it', async () => {
    ada.write('.gitignore', '.runbooks\n');
    await refused('record-ignored', /\.gitignore, line 1 \(\.runbooks\)/);
    ada.write('.gitignore', '\n*.jsonl\n');
    await refused('record-ignored', /\.gitignore, line 2 \(\*\.jsonl\)/);
    expect(ada.git('diff', '--cached', '--name-only')).toBe('');
  });

  test('when there is nothing new', async () => {
    await commit();
    await refused('nothing-to-commit');
  });

  test('when another git holds the index', async () => {
    ada.write('.git/index.lock', '');
    await refused('not-committed', /index\.lock/);
    renameSync(join(ada.path, '.git', 'index.lock'), join(clones.root, 'lock'));
    await commit();
  });
});
