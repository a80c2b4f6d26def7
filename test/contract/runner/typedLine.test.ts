import fc from 'fast-check';
import { chmod, lstat, mkdir, mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { privateRoot } from '../../../src/node/runner/privateRoot.ts';
import { LINE_LIMIT, typedLine, UnquotablePathError, type TerminalSyntax } from '../../../src/node/runner/typedLine.ts';
import { Bench, end, word } from './bench.ts';
import { installed } from './terminal.ts';

const HASH = 'ab'.repeat(32);
const SYNTAXES: readonly TerminalSyntax[] = ['posix', 'pwsh', 'cmd'];

/** The line, or null where it is refused as it should be. */
function lineOrNull(folder: string, syntax: TerminalSyntax): string | null {
  try {
    return typedLine(folder, HASH, syntax);
  } catch (error) {
    expect(error).toBeInstanceOf(UnquotablePathError);
    return null;
  }
}

describe('the typed line', () => {
  test('is the runner, the folder and the hash', () => {
    expect(typedLine('/home/me/a b/r/e', HASH, 'posix')).toBe(`///bin/sh '/home/me/a b/r/e/run' ${HASH}`);
    expect(typedLine('C:\\Users\\A B\\r\\e', HASH, 'cmd')).toBe(`powershell.exe -NoProfile -ExecutionPolicy Bypass -File "C:\\Users\\A B\\r\\e\\run.ps1" ${HASH}`);
    expect(typedLine('C:\\Users\\A B\\r\\e', HASH, 'pwsh')).toBe(`powershell.exe -NoProfile -ExecutionPolicy Bypass -File 'C:\\Users\\A B\\r\\e\\run.ps1' ${HASH}`);
  });

  test('names the same program when a shell has dropped its first characters', () => {
    const line = typedLine('/r/e', HASH, 'posix');
    for (const dropped of [0, 1, 2]) expect(line.slice(dropped)).toMatch(/^\/+bin\/sh '/);
  });

  test('never holds anything that a terminal or a shell would act upon', () => {
    const name = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.stringMatching(/^[ -~]*$/));
    const folder = fc.tuple(fc.constantFrom('/', '/home/', 'C:\\', 'c:\\x\\', '', '\\\\host\\'), name).map((parts) => parts.join(''));
    fc.assert(
      fc.property(folder, fc.constantFrom(...SYNTAXES), (path, syntax) => {
        const line = lineOrNull(path, syntax);
        if (line === null) {
          return;
        }
        expect(line).toMatch(/^[\x20-\x7e]*$/);
        expect(line).not.toMatch(/[!$`]/);
        expect(Buffer.byteLength(line)).toBeLessThan(LINE_LIMIT);
        expect(line.endsWith(` ${HASH}`)).toBe(true);
        const quote = syntax === 'cmd' ? '"' : "'";
        expect(line.split(quote)).toHaveLength(3);
        expect(line.split(quote)[1]).toContain(path);
      }),
      { numRuns: 3000 },
    );
  });

  test.each(['/a\nb', '/a\tb', '/a\x03b', '/a\x1b[201~b', "/a'b", '/a!b', '/a$b', '/a`b', '/ä', '/a\\b', 'relative', '', `/${'x'.repeat(500)}`, '/a\x7fb', '/\u202e'])('refuses %j and says why', (folder) => {
    expect(() => typedLine(folder, HASH, 'posix')).toThrow(UnquotablePathError);
    expect(() => typedLine(folder, HASH, 'posix')).toThrow(/cannot be named safely in a terminal: it /);
  });

  test.each(['C:\\a"b', 'C:\\a%TEMP%b', 'C:\\a^b', 'C:\\a!b', '/unix'])('cmd refuses %j', (folder) => {
    expect(() => typedLine(folder, HASH, 'cmd')).toThrow(UnquotablePathError);
  });

  test.each(['', 'x', `${HASH} `, HASH.toUpperCase(), `${HASH}\n`])('takes no hash such as %j', (hash) => {
    expect(() => typedLine('/a', hash, 'posix')).toThrow(TypeError);
  });
});

describe('hostile folder names', () => {
  vi.setConfig({ testTimeout: 60_000 });
  let work: string;
  beforeEach(async () => {
    work = await realpath(await mkdtemp(join(tmpdir(), 'runner-work-')));
  });
  afterEach(async () => {
    await rm(work, { recursive: true, force: true });
  });

  const NAMES = [' two  spaces ', '"quotes"', '#comment', '~', '-rf', '*?[a]{b,c}', ';touch ran;', '&& touch ran', '|cat', '(sub)', '<in>out', '%s', '^caret^x', '@args', '=ls', 'a:b,c+d'];
  for (const shell of ['bash', 'sh', 'zsh', 'fish']) {
    test.skipIf(!installed(shell))(`every name that is not refused works in a ${shell} terminal${installed(shell) ? '' : ': NOT TESTED, it is not installed'}`, async () => {
      const seen: Record<string, string> = {};
      const root = join(work, NAMES.join(''));
      await mkdir(root, { mode: 0o700 });
      for (const name of NAMES) {
        await mkdir(join(root, name), { recursive: true });
        const bench = await Bench.open(shell, {}, join(root, name));
        const { watcher } = await bench.start('exit 7\n');
        seen[name] = word(await end(watcher, bench.terminal));
        await bench.dispose();
      }
      expect(seen).toEqual(Object.fromEntries(NAMES.map((name) => [name, 'exit 7'])));
    });
  }

  test('a root that cannot be typed is replaced by a private folder that can', async () => {
    const good = await privateRoot(join(work, 'plain'), 'posix');
    expect(good).toBe(join(work, 'plain'));
    expect((await lstat(good)).mode & 0o777).toBe(0o700);
    vi.stubEnv('TMPDIR', work);
    for (const name of ["it's", 'müsli', 'a$b', 'x'.repeat(200) + '/' + 'y'.repeat(200)]) {
      const root = await privateRoot(join(work, name), 'posix');
      expect(root).toBe(join(work, `guided-runbooks-${process.getuid?.()}`));
      expect(lineOrNull(join(root, 'run', 'execution'), 'posix')).not.toBeNull();
    }
    expect((await lstat(join(work, `guided-runbooks-${process.getuid?.()}`))).mode & 0o777).toBe(0o700);
    vi.unstubAllEnvs();
  });

  test('a fallback that somebody else has prepared is not used', async () => {
    vi.stubEnv('TMPDIR', work);
    await mkdir(join(work, 'theirs'));
    const trap = join(work, `guided-runbooks-${process.getuid?.()}`);
    await symlink('theirs', trap);
    const root = await privateRoot(join(work, "it's"), 'posix');
    expect(root).not.toBe(trap);
    expect(root.startsWith(`${trap}-`)).toBe(true);
    vi.unstubAllEnvs();
  });

  test('a folder that was open to others is closed', async () => {
    await mkdir(join(work, 'open'));
    await chmod(join(work, 'open'), 0o777);
    await privateRoot(join(work, 'open'), 'posix');
    expect((await lstat(join(work, 'open'))).mode & 0o777).toBe(0o700);
  });
});
