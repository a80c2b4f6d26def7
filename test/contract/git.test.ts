import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Git } from '../../src/node/git.ts';

let base: string;
let home: string;
const path = process.env['PATH'] ?? '';
const realHome = process.env['HOME'];
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'runbooks-git-'));
  home = mkdtempSync(join(tmpdir(), 'runbooks-home-'));
  process.env['HOME'] = home;
});
afterEach(() => {
  process.env['PATH'] = path;
  process.env['HOME'] = realHome;
  rmSync(base, { recursive: true, force: true });
  rmSync(home, { recursive: true, force: true });
});

const git = (...words: readonly string[]): string => execFileSync('git', words, { cwd: base, encoding: 'utf8', env: { PATH: path, HOME: home } });
const open = (isTrusted = true, limitMs = 5000): Git => new Git({ base, isTrusted: () => isTrusted, limitMs });

function repository(): string {
  git('init', '-q', '-b', 'main');
  git('config', 'user.name', 'Ada Lovelace');
  git('config', 'user.email', 'ada@example.org');
  writeFileSync(join(base, 'a'), 'a');
  git('add', 'a');
  git('commit', '-qm', 'one');
  return git('rev-parse', 'HEAD').trim();
}

describe('git', () => {
  test('tells branch, commit, clean state and person', async () => {
    const commit = repository();
    expect(await open().state()).toEqual({ branch: 'main', commit, clean: true });
    expect(await open().actor()).toEqual({ name: 'Ada Lovelace', email: 'ada@example.org' });
    writeFileSync(join(base, 'a'), 'b');
    expect(await open().state()).toMatchObject({ clean: false });
    git('checkout', '-q', '--detach');
    expect(await open().state()).toMatchObject({ branch: null, commit });
  });

  test('the record does not make it unclean', async () => {
    repository();
    mkdirSync(join(base, '.runbooks', 'runs'), { recursive: true });
    writeFileSync(join(base, '.runbooks', 'runs', 'x'), '');
    expect(await open().state()).toMatchObject({ clean: true });
    writeFileSync(join(base, 'new'), '');
    expect(await open().state()).toMatchObject({ clean: false });
  });

  test('a repository without a commit', async () => {
    git('init', '-q', '-b', 'main');
    expect(await open().state()).toEqual({ branch: 'main', commit: null, clean: true });
    expect(await open(false).state()).toEqual({ branch: 'main', commit: null, clean: null });
  });

  test('outside a repository, and without git, there is no state but always a person', async () => {
    expect(await open().state()).toBeNull();
    expect((await open().actor()).name).not.toBe('');
    process.env['PATH'] = home;
    expect(await open().state()).toBeNull();
    expect((await open().actor()).name).not.toBe('');
  });

  test.each([true, false])('runs nothing that the repository configures (trusted: %s)', async (isTrusted) => {
    repository();
    const spy = join(base, 'spy.sh');
    writeFileSync(spy, `#!/bin/sh\ntouch '${join(home, 'P')}'\ncat\n`);
    chmodSync(spy, 0o755);
    for (const key of ['core.fsmonitor', 'core.pager', 'core.sshCommand', 'diff.external', 'core.editor', 'credential.helper']) git('config', key, spy);
    if (!isTrusted) {
      git('config', 'filter.spy.clean', spy);
      writeFileSync(join(base, '.gitattributes'), '* filter=spy\n');
    }
    mkdirSync(join(base, '.git', 'hooks'), { recursive: true });
    for (const hook of ['post-index-change', 'pre-auto-gc']) {
      writeFileSync(join(base, '.git', 'hooks', hook), `#!/bin/sh\ntouch '${join(home, 'P')}'\n`);
      chmodSync(join(base, '.git', 'hooks', hook), 0o755);
    }
    writeFileSync(join(base, 'a'), 'c');
    expect(await open(isTrusted).state()).toMatchObject({ branch: 'main', clean: isTrusted ? false : null });
    await open(isTrusted).actor();
    expect(existsSync(join(home, 'P'))).toBe(false);
  });

  test('never hangs', async () => {
    const slow = join(home, 'git');
    writeFileSync(slow, '#!/bin/sh\nexec sleep 60\n');
    chmodSync(slow, 0o755);
    process.env['PATH'] = home + delimiter + path;
    const began = performance.now();
    expect(await open(true, 200).state()).toBeNull();
    expect(performance.now() - began).toBeLessThan(3000);
  });

  test('an environment that points git elsewhere is not passed on', async () => {
    repository();
    process.env['GIT_DIR'] = join(home, 'elsewhere');
    try {
      expect(await open().state()).toMatchObject({ branch: 'main' });
    } finally {
      delete process.env['GIT_DIR'];
    }
  });
});
