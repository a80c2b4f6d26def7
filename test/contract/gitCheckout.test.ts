import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Git } from '../../src/node/git.ts';

/** What a start is held against, with a real git and a real remote. */

let root: string;
let base: string;
const realHome = process.env['HOME'];
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'runbooks-checkout-')));
  base = join(root, 'work');
  process.env['HOME'] = root;
  mkdirSync(base);
});
afterEach(() => {
  process.env['HOME'] = realHome;
  rmSync(root, { recursive: true, force: true });
});

const gitIn = (cwd: string, ...words: readonly string[]): string => execFileSync('git', words, { cwd, encoding: 'utf8', env: { PATH: process.env['PATH'], HOME: root }, stdio: ['ignore', 'pipe', 'ignore'] });
const commitIn = (cwd: string, name: string): void => {
  writeFileSync(join(cwd, name), name);
  gitIn(cwd, 'add', '.');
  gitIn(cwd, '-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', 'commit', '-qm', name);
};
const checkout = (isTrusted = true): ReturnType<Git['checkout']> => new Git({ base, isTrusted: () => isTrusted }).checkout();

function cloned(): string {
  gitIn(root, 'init', '-q', '--bare', '-b', 'main', 'remote.git');
  gitIn(base, 'init', '-q', '-b', 'main');
  commitIn(base, 'a');
  gitIn(base, 'remote', 'add', 'origin', join(root, 'remote.git'));
  gitIn(base, 'push', '-q', '-u', 'origin', 'main');
  const other = join(root, 'other');
  gitIn(root, 'clone', '-q', join(root, 'remote.git'), other);
  return other;
}

describe('what git tells before a start', () => {
  test('where there is no repository, or no commit', async () => {
    expect(await checkout()).toBeNull();
    gitIn(base, 'init', '-q', '-b', 'main');
    expect(await checkout()).toEqual({ branch: 'main', commit: null, changed: 0, upstream: null, ahead: null, behind: null, tags: [], fetchedAt: null });
  });

  test('ahead, behind, changed, tagged and fetched, against a real remote', async () => {
    const other = cloned();
    expect(await checkout()).toMatchObject({ branch: 'main', changed: 0, upstream: 'origin/main', ahead: 0, behind: 0, tags: [], fetchedAt: null });
    commitIn(other, 'b');
    gitIn(other, 'push', '-q');
    // Nobody is asked over the network.
    expect(await checkout()).toMatchObject({ behind: 0 });
    const before = Date.now();
    gitIn(base, 'fetch', '-q');
    commitIn(base, 'c');
    gitIn(base, 'tag', 'v1');
    gitIn(base, '-c', 'user.name=A', '-c', 'user.email=a@b', 'tag', '-m', 'x', 'v2');
    writeFileSync(join(base, 'a'), 'changed');
    writeFileSync(join(base, 'new'), '');
    mkdirSync(join(base, '.runbooks'));
    writeFileSync(join(base, '.runbooks', 'x'), '');
    const found = await checkout();
    expect(found).toMatchObject({ ahead: 1, behind: 1, changed: 2, tags: ['v1', 'v2'] });
    expect(found?.fetchedAt).toBeGreaterThanOrEqual(before - 2000);
  });

  test('a followed branch that is gone, and no branch at all', async () => {
    cloned();
    gitIn(base, 'update-ref', '-d', 'refs/remotes/origin/main');
    expect(await checkout()).toMatchObject({ upstream: 'origin/main', ahead: null, behind: null });
    gitIn(base, 'checkout', '-q', '--detach');
    expect(await checkout()).toMatchObject({ branch: null, upstream: null, ahead: null });
  });

  test('without trust the working tree is not looked at', async () => {
    cloned();
    writeFileSync(join(base, '.gitattributes'), '* filter=spy\n');
    gitIn(base, 'config', 'filter.spy.clean', `touch '${join(root, 'P')}'; cat`);
    writeFileSync(join(base, 'a'), 'changed');
    expect(await checkout(false)).toMatchObject({ branch: 'main', changed: null, upstream: null });
    expect(existsSync(join(root, 'P'))).toBe(false);
  });
});
