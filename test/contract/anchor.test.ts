import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { anchorOf } from '../../src/node/record/anchor.ts';

let base: string;
let home: string;
const realHome = process.env['HOME'];
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'runbooks-anchor-'));
  home = mkdtempSync(join(tmpdir(), 'runbooks-home-'));
  process.env['HOME'] = home;
});
afterEach(() => {
  process.env['HOME'] = realHome;
  rmSync(base, { recursive: true, force: true });
  rmSync(home, { recursive: true, force: true });
});

const git = (...words: readonly string[]): string =>
  execFileSync('git', words, { cwd: base, encoding: 'utf8', env: { PATH: process.env['PATH'] ?? '', HOME: home, GIT_COMMITTER_DATE: '2026-01-05T14:00:00+00:00', GIT_AUTHOR_DATE: '2026-01-05T14:00:00+00:00' } });
const run = (): string => join(base, '.runbooks', 'runs', 'R1');
const write = (name: string, text: string): void => writeFileSync(join(run(), name), text);
const asked = (isTrusted = true): ReturnType<typeof anchorOf> => anchorOf(run(), { isTrusted });

function commit(...options: readonly string[]): string {
  git('add', '-A');
  git('commit', '-qm', 'x', ...options);
  return git('rev-parse', 'HEAD').trim();
}

function repository(): string {
  git('init', '-q', '-b', 'main');
  git('config', 'user.name', 'Ada Lovelace');
  git('config', 'user.email', 'ada@example.org');
  mkdirSync(join(run(), 'output'), { recursive: true });
  write('w-1.jsonl', 'one\ntwo\n');
  write('runbook.md', '# a\n');
  write('output/x1.txt', 'hello\n');
  return commit();
}

/** A script that leaves a trace when anybody runs it. */
function trap(name: string): { readonly path: string; readonly sprung: () => boolean } {
  const path = join(home, name);
  writeFileSync(path, `#!/bin/sh\ntouch '${path}.sprung'\ncat\n`);
  chmodSync(path, 0o755);
  return { path, sprung: () => existsSync(`${path}.sprung`) };
}

describe('what git says of a record', () => {
  test('nothing outside a repository, and not committed before the first commit of it', async () => {
    mkdirSync(run(), { recursive: true });
    write('w-1.jsonl', '');
    expect(await asked()).toEqual({ kind: 'unknown' });
    git('init', '-q', '-b', 'main');
    expect(await asked()).toEqual({ kind: 'notCommitted' });
    writeFileSync(join(base, 'a'), '');
    git('add', 'a');
    git('-c', 'user.name=A', '-c', 'user.email=a@example.org', 'commit', '-qm', 'a');
    expect(await asked()).toEqual({ kind: 'notCommitted' });
  });

  test('unchanged since the last commit that touched it, whatever was committed beside', async () => {
    const anchor = { kind: 'unchangedSince', commit: repository(), time: '2026-01-05T14:00:00Z', signedBy: null };
    writeFileSync(join(base, 'other'), '');
    commit();
    expect(await asked()).toMatchObject({ ...anchor, time: expect.stringMatching(/^2026-01-05T14:00:00(?:Z|\+00:00)$/) as string });
    expect(await asked(false)).toMatchObject({ kind: 'unchangedSince', commit: anchor.commit, signedBy: null });
  });

  test.each<readonly [string, () => void]>([
    ['a line was appended', () => write('w-1.jsonl', 'one\ntwo\nthree\n')],
    ['a byte of the same length was changed', () => write('w-1.jsonl', 'one\ntwx\n')],
    ['a file was added', () => write('w-2.jsonl', '')],
    ['output was changed', () => write('output/x1.txt', 'HELLO\n')],
    ['a file was taken away', () => rmSync(join(run(), 'runbook.md'))],
    ['a change was staged and taken back in the folder', () => {
      write('w-1.jsonl', 'one\n');
      git('add', '-A');
      write('w-1.jsonl', 'one\ntwo\n');
    }],
    ['it is told to be unchanged', () => {
      git('update-index', '--assume-unchanged', '.runbooks/runs/R1/w-1.jsonl');
      write('w-1.jsonl', 'three\n');
    }],
  ])('changed since, when %s', async (_what, change) => {
    const commit = repository();
    change();
    expect(await asked()).toMatchObject({ kind: 'changedSince', commit });
    expect(await asked(false)).toMatchObject({ kind: 'changedSince', commit });
  });

  test('line ends that a checkout made are no change', async () => {
    const commit = repository();
    write('w-1.jsonl', 'one\r\ntwo\r\n');
    write('runbook.md', '# a\r\n');
    expect(await asked()).toMatchObject({ kind: 'unchangedSince', commit });
  });

  test('removed in the last commit, it is not committed', async () => {
    repository();
    const kept = readFileSync(join(run(), 'w-1.jsonl'));
    git('rm', '-rqf', '.runbooks');
    git('commit', '-qm', 'gone');
    mkdirSync(run(), { recursive: true });
    writeFileSync(join(run(), 'w-1.jsonl'), kept);
    expect(await asked()).toEqual({ kind: 'notCommitted' });
  });
});

describe('signatures', () => {
  function signedBy(allowed: string): void {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(home, 'key')]);
    writeFileSync(join(home, 'allowed'), `${allowed} ${readFileSync(join(home, 'key.pub'), 'utf8')}`);
    writeFileSync(join(home, '.gitconfig'), `[gpg]\n format = ssh\n[gpg "ssh"]\n allowedSignersFile = ${join(home, 'allowed')}\n[user]\n signingkey = ${join(home, 'key.pub')}\n[commit]\n gpgsign = true\n`);
  }

  test('a good one of a key that is known names the signer, in a trusted folder only', async () => {
    signedBy('ada@example.org');
    repository();
    expect(await asked()).toMatchObject({ kind: 'unchangedSince', signedBy: 'ada@example.org' });
    expect(await asked(false)).toMatchObject({ kind: 'unchangedSince', signedBy: null });
  });

  test('one of a key that nobody vouches for does not count', async () => {
    signedBy('ada@example.org');
    repository();
    writeFileSync(join(home, 'allowed'), '');
    expect(await asked()).toMatchObject({ kind: 'unchangedSince', signedBy: null });
  });
});

/** Known before the tests run, for the title of what is skipped says why. */
const hasGpg = spawnSync('gpg', ['--version'], { stdio: 'ignore' }).status === 0;

describe.skipIf(!hasGpg)(`signatures of gpg${hasGpg ? '' : ', skipped: there is no gpg on this machine'}`, () => {
  const realKeys = process.env['GNUPGHOME'];
  const gpg = (...words: readonly string[]): string => execFileSync('gpg', ['--batch', '--quiet', '--no-tty', ...words], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const owner = 'Ada Lovelace <ada@example.org>';

  /** A key ring with one key that is trusted as the person's own; `git()` finds it below HOME, `anchorOf` by its variable as well. */
  function ring(): string {
    const folder = join(home, '.gnupg');
    mkdirSync(folder, { mode: 0o700 });
    process.env['GNUPGHOME'] = folder;
    gpg('--passphrase', '', '--pinentry-mode', 'loopback', '--quick-generate-key', owner, 'ed25519', 'sign', 'never');
    const key = gpg('--list-secret-keys', '--with-colons').split('\n').find((line) => line.startsWith('fpr:'))?.split(':')[9] ?? '';
    writeFileSync(join(home, '.gitconfig'), `[user]\n signingkey = ${key}\n[commit]\n gpgsign = true\n`);
    return key;
  }
  afterEach(() => {
    // The agent that gpg has started would outlive the folder that it serves.
    if (process.env['GNUPGHOME'] !== realKeys) execFileSync('gpgconf', ['--kill', 'all']);
    if (realKeys === undefined) delete process.env['GNUPGHOME'];
    else process.env['GNUPGHOME'] = realKeys;
  });

  test('a good one of a key that is trusted names the signer, in a trusted folder only', async () => {
    ring();
    const commit = repository();
    expect(await asked()).toMatchObject({ kind: 'unchangedSince', commit, signedBy: owner });
    expect(await asked(false)).toMatchObject({ kind: 'unchangedSince', commit, signedBy: null });
  });

  test('a good one of a key that is there and that nobody vouches for does not count', async () => {
    const key = ring();
    repository();
    execFileSync('gpg', ['--batch', '--quiet', '--import-ownertrust'], { input: `${key}:2:\n`, stdio: ['pipe', 'ignore', 'ignore'] });
    expect(git('log', '-1', '--format=%G?').trim()).toBe('U');
    expect(await asked()).toMatchObject({ kind: 'unchangedSince', signedBy: null });
  });

  test('one of a key that is not there does not count', async () => {
    const key = ring();
    repository();
    gpg('--yes', '--delete-secret-and-public-key', key);
    expect(git('log', '-1', '--format=%G?').trim()).toBe('E');
    expect(await asked()).toMatchObject({ kind: 'unchangedSince', signedBy: null });
  });

  test('one that was made for another commit does not count', async () => {
    ring();
    repository();
    const other = git('cat-file', 'commit', 'HEAD').replace(/\n\nx\n/, '\n\ny\n');
    git('update-ref', 'HEAD', execFileSync('git', ['hash-object', '-t', 'commit', '-w', '--stdin'], { cwd: base, input: other, encoding: 'utf8' }).trim());
    expect(git('log', '-1', '--format=%G?').trim()).toBe('B');
    expect(await asked()).toMatchObject({ kind: 'unchangedSince', signedBy: null });
  });
});

test('nothing that the repository names is run in a folder that is not trusted', async () => {
  const traps = ['gpg', 'filter', 'diff', 'monitor', 'ssh', 'pager'].map(trap);
  const [gpg, filter, diff, monitor, ssh, pager] = traps.map(({ path }) => path) as [string, string, string, string, string, string];
  // A commit with something like a signature: who verifies it runs the program.
  repository();
  const plain = git('cat-file', 'commit', 'HEAD');
  const signed = plain.replace(/\n\n/, '\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n\n');
  git('update-ref', 'HEAD', execFileSync('git', ['hash-object', '-t', 'commit', '-w', '--stdin'], { cwd: base, input: signed, encoding: 'utf8' }).trim());
  writeFileSync(join(base, '.gitattributes'), '* filter=evil diff=evil\n');
  git('add', '.gitattributes');
  git('commit', '-qm', 'attributes');
  for (const [key, value] of [['gpg.program', gpg], ['gpg.ssh.program', gpg], ['log.showSignature', 'true'], ['filter.evil.clean', filter], ['filter.evil.smudge', filter], ['diff.external', diff], ['diff.evil.textconv', diff], ['diff.evil.command', diff], ['core.fsmonitor', monitor], ['core.sshCommand', ssh], ['core.pager', pager]] as const) git('config', key, value);
  write('w-1.jsonl', 'one\nTWO\n');
  expect(await asked(false)).toMatchObject({ kind: 'changedSince' });
  expect(traps.map(({ sprung }) => sprung())).toEqual(traps.map(() => false));
  write('w-1.jsonl', 'one\ntwo\n');
  expect(await asked(false)).toMatchObject({ kind: 'unchangedSince', signedBy: null });
  expect(traps.map(({ sprung }) => sprung())).toEqual(traps.map(() => false));
  // The trap works: trusted, the signature is looked at.
  await asked(true);
  expect(traps[0]?.sprung()).toBe(true);
});
