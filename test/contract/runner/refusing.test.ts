import { execFileSync } from 'node:child_process';
import { access, chmod, mkdir, mkdtemp, readFile, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Bench, end, sha256, word } from './bench.ts';
import { until } from './terminal.ts';

/** What must not run does not run; what cannot be written down is never a success. */

vi.setConfig({ testTimeout: 60_000 });
let bench: Bench;
let work: string;
beforeEach(async () => {
  work = await realpath(await mkdtemp(join(tmpdir(), 'runner-work-')));
});
afterEach(async () => {
  await bench.dispose();
  await rm(work, { recursive: true, force: true });
});

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** A folder of links to the tools that the runner may use, but for some. */
async function pathWithout(...names: readonly string[]): Promise<string> {
  const bin = join(work, 'bin');
  await mkdir(bin);
  const tools = 'sh bash zsh fish mkdir cat mv rm rmdir sed tail tr wc sync readlink sleep stty sha256sum shasum openssl ps awk env script kill'.split(' ');
  for (const tool of tools.filter((name) => !names.includes(name))) {
    try {
      await symlink(execFileSync('/bin/sh', ['-c', 'command -v "$1"', 'sh', tool], { encoding: 'utf8' }).trim(), join(bin, tool));
    } catch {
      // Not on this machine either.
    }
  }
  return bin;
}

describe('refusals', () => {
  test('a block that was changed after it was approved', async () => {
    bench = await Bench.open('bash');
    const folder = await bench.prepare(`echo good\n`);
    await writeFile(join(folder.path, 'block'), `touch '${work}/ran'\n`);
    const { watcher } = bench.typeFolder(folder, sha256('echo good\n'));
    expect(word(await end(watcher, bench.terminal))).toBe('refused hash-mismatch');
    await bench.terminal.see(/not the ones that were approved/);
    expect(await exists(join(work, 'ran'))).toBe(false);
  });

  test('a missing hash, a wrong one, one for another block', async () => {
    bench = await Bench.open('bash');
    for (const hash of ['', '0'.repeat(64), sha256('other')]) {
      const folder = await bench.prepare(`touch '${work}/ran'\n`);
      const watcher = bench.watch(folder);
      bench.terminal.line(`/bin/sh '${folder.path}/run' ${hash}`);
      expect(word(await end(watcher, bench.terminal))).toBe('refused hash-mismatch');
    }
    expect(await exists(join(work, 'ran'))).toBe(false);
  });

  test('no tool that computes SHA-256; any of the three will do', async () => {
    const all = ['sha256sum', 'shasum', 'openssl'];
    for (const kept of [null, ...all]) {
      const PATH = await pathWithout(...all.filter((name) => name !== kept));
      if (kept && !(await exists(join(PATH, kept)))) {
        console.warn(`NOT TESTED: ${kept} is not installed`);
      } else {
        bench = await Bench.open('bash');
        bench.terminal.line(`PATH='${PATH}'`);
        expect([kept, word(await bench.run('exit 3\n'))]).toEqual([kept, kept ? 'exit 3' : 'refused no-sha256']);
        await bench.dispose();
      }
      await rm(PATH, { recursive: true });
    }
  });

  test('a shell that is not installed', async () => {
    bench = await Bench.open('bash');
    bench.terminal.line(`PATH='${await pathWithout('zsh', 'fish', 'bash')}'`);
    for (const shell of ['zsh', 'fish', 'bash', 'pwsh'] as const) {
      expect(word(await bench.run(`touch '${work}/ran'\n`, { shell }))).toBe('refused missing-interpreter');
      await bench.terminal.see(new RegExp(`${shell} is not installed`));
    }
    expect(await exists(join(work, 'ran'))).toBe(false);
  });

  test('a directory swapped for a link to another place', async () => {
    bench = await Bench.open('bash');
    await mkdir(join(work, 'deploy'));
    await mkdir(join(work, 'elsewhere'));
    const text = 'touch ran\n';
    const folder = await bench.prepare(text, { cwd: join(work, 'deploy') });
    await rename(join(work, 'deploy'), join(work, 'moved'));
    await symlink('elsewhere', join(work, 'deploy'));
    const { watcher } = bench.typeFolder(folder, sha256(text));
    expect(word(await end(watcher, bench.terminal))).toBe('refused cwd-changed');
    expect(await exists(join(work, 'elsewhere/ran'))).toBe(false);
    const again = await bench.run(text, { cwd: join(work, 'nowhere') });
    expect(word(again)).toBe('refused cwd-gone');
  });

  test('parameters that were tampered with', async () => {
    bench = await Bench.open('bash');
    for (const [index, damage] of ['shell=$(touch ran)', 'timeout=5;x', 'more=1', 'version=2', 'shell=perl', 'timeout=1\nsh=`x`'].entries()) {
      const folder = await bench.prepare('touch ran\n', { cwd: work });
      const params = await readFile(join(folder.path, 'params'), 'latin1');
      await writeFile(join(folder.path, 'params'), `${params}${damage}\n`);
      const { watcher } = bench.typeFolder(folder, sha256('touch ran\n'));
      expect([index, word(await end(watcher, bench.terminal))]).toEqual([index, index === 4 ? 'refused unknown-shell' : 'refused bad-parameters']);
    }
    expect(await exists(join(work, 'ran'))).toBe(false);
  });

  test('a hang-up and Ctrl-C before the block has begun', async () => {
    bench = await Bench.open('bash');
    // The echo is made to wait on a pipe, which is when the signal comes.
    const text = `touch '${work}/ran'\n`;
    const folder = await bench.prepare(text);
    await rm(join(folder.path, 'echo'));
    await writeFile(join(folder.path, 'echo'), `${'x'.repeat(100)}\n`.repeat(30_000));
    const { watcher } = bench.typeFolder(folder, sha256(text));
    await until(() => watcher.state.kind === 'running');
    bench.terminal.type('\x03');
    expect(word(await end(watcher, bench.terminal))).toBe('refused interrupted');
    expect(await exists(join(work, 'ran'))).toBe(false);
  });
});

describe('nothing of a step is read by a shell', () => {
  const HOSTILE = ["$(touch ran)", "`touch ran`", "'; touch ran #", '"; touch ran; "', '-rf', '${IFS}', 'a\nb', '\\', '%s%n', '!!', '*', '~'];

  test('variables hold any text as it is', async () => {
    bench = await Bench.open('bash');
    for (const shell of ['bash', 'sh'] as const) {
      const variables = Object.fromEntries(HOSTILE.map((value, index) => [`V${index}`, value]));
      const block = HOSTILE.map((_, index) => `printf '%s\\0' "$V${index}"`).join('\n');
      expect(word(await bench.run(`{\n${block}\n} > out\n`, { shell, variables, cwd: work }))).toBe('exit 0');
      expect((await readFile(join(work, 'out'), 'utf8')).split('\0').slice(0, -1)).toEqual(HOSTILE);
    }
    expect(await exists(join(work, 'ran'))).toBe(false);
  });

  test('headings and directories hold any text as it is', async () => {
    bench = await Bench.open('bash');
    for (const [index, name] of HOSTILE.entries()) {
      const directory = join(work, `d${index} ${name}`);
      await mkdir(directory);
      expect([name, word(await bench.run('touch here\n', { cwd: directory, heading: name }))]).toEqual([name, 'exit 0']);
      expect(await exists(join(directory, 'here'))).toBe(true);
    }
    expect(await exists(join(work, 'ran'))).toBe(false);
  });

  test('the terminal shows a block without being driven by it', async () => {
    bench = await Bench.open('bash');
    const before = bench.terminal.output.length;
    const block = ': \x1b]0;title\x07 \x1b[2J \x9b2J \u009b2J \u202e rtl \u200b zero \u00a0 nbsp \u00e9 ok \r over\n';
    const bytes = Buffer.concat([Buffer.from('# '), Buffer.from(block)]);
    const state = await bench.run(bytes, { heading: 'evil \x1b[31m heading \u202e\x07' });
    expect(word(state)).toBe('exit 0');
    const shown = Buffer.from(bench.terminal.output.slice(before), 'latin1').toString('utf8');
    const lines = shown.split(/[\r\n]+/);
    const text = lines.find((line) => line.includes('nbsp'));
    expect(text).toBe('  # : ^[]0;title^G ^[[2J <C1>2J <C1>2J <U+202E> rtl <U+200B> zero <U+00A0> nbsp \u00e9 ok ^M over');
    expect(lines.find((line) => line.includes('heading'))).toBe('\x1b[2mevil ^[[31m heading <U+202E>^G\x1b[0m');
  });

  test('the environment of a block holds nothing of the runner', async () => {
    bench = await Bench.open('bash');
    await bench.run('export A=1\n');
    for (const shell of ['bash', 'sh', 'zsh', 'fish'] as const) {
      const state = await bench.run(`env > '${work}/env'\n`, { shell });
      if (word(state) === 'refused missing-interpreter') {
        console.warn(`NOT TESTED: ${shell} is not installed`);
        continue;
      }
      expect(await readFile(join(work, 'env'), 'latin1')).not.toMatch(/gr_|nonce|guided/i);
    }
  });

  test('the folder and its files are private, and secrets do not stay in them', async () => {
    bench = await Bench.open('bash');
    bench.terminal.line('umask 000');
    const typed = await bench.start('read -r line\n', { variables: { TOKEN: 'seeded-secret' } });
    await until(() => typed.watcher.state.kind === 'running');
    const modes = execFileSync('find', [join(bench.root, 'runs'), '-printf', '%m %y %f\n'], { encoding: 'utf8' });
    expect(modes.trim().split('\n').filter((line) => !/^(700 d|600 f) /.test(line))).toEqual([]);
    bench.terminal.line('');
    expect(word(await end(typed.watcher, bench.terminal))).toBe('exit 0');
    await until(async () => !(await exists(join(typed.folder.path, 'env'))));
    expect(() => execFileSync('grep', ['-r', 'seeded-secret', join(bench.root, 'runs')])).toThrow();
  });
});

describe('what cannot be written down is never a success', () => {
  /** A small disk of its own, or null where this is not allowed. */
  function smallDisk(path: string): boolean {
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m,mode=700', 'tmpfs', path], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  }

  test('a disk that is full at the end; a disk that is full at the start', async (context) => {
    const disk = join(work, 'disk');
    await mkdir(disk);
    if (!smallDisk(disk)) {
      bench = await Bench.open('bash');
      context.skip('NOT TESTED: mounting a small disk needs root');
    }
    try {
      bench = await Bench.open('bash', {}, disk);
      expect(word(await bench.run(`export A=1\n`))).toBe('exit 0');
      const full = await bench.prepare(`touch '${disk}/never'\n`);
      // What the runner could clear away to make room goes first.
      const last = await bench.prepare('', { executionId: 'probe' }).then((folder) => join(folder.path, '..', 'e4'));
      const fill = (file: string): string => `cat /dev/zero > '${disk}/${file}' 2>/dev/null\n`;
      const state = await bench.run(`rm -f '${last}/given' '${last}/show.sed'\nexport A=2\n${fill('fill')}exit 0\n`);
      expect(word(state)).toBe('lost');
      await bench.terminal.see(/could not be recorded/);
      bench.terminal.line(fill('fill2').trim());
      const { watcher } = bench.typeFolder(full, sha256(`touch '${disk}/never'\n`), { notStartedAfterMs: 500 });
      expect(['refused cannot-record', 'lost', 'notStarted']).toContain(word(await end(watcher, bench.terminal)));
      await bench.terminal.see(/not run/);
      expect(await exists(join(disk, 'never'))).toBe(false);
      await rm(join(disk, 'fill2'));
      await rm(join(disk, 'fill'));
      // The runner's own files make room for the status.
      expect(word(await bench.run(`${fill('fill')}exit 6\n`))).toBe('exit 6');
      await rm(join(disk, 'fill'));
      // What was carried before is whole.
      expect(word(await bench.run('[ "$A" = 1 ]\n'))).toBe('exit 0');
    } finally {
      await bench.terminal.close();
      execFileSync('umount', ['-l', disk]);
    }
  });

  test('a folder that has become read-only', async (context) => {
    bench = await Bench.open('bash');
    if (process.getuid?.() === 0) {
      context.skip('NOT TESTED: root may write everywhere');
    }
    const typed = await bench.start('chmod 500 "$FOLDER"\nexit 0\n', { variables: { FOLDER: join(bench.root, 'runs/run-1/e1') } });
    expect(word(await end(typed.watcher, bench.terminal))).toBe('lost');
    await chmod(typed.folder.path, 0o700);
  });

  test('a block that removes its own folder', async () => {
    bench = await Bench.open('bash');
    const typed = await bench.start(`rm -rf '${join(bench.root, 'runs')}'\nexit 0\n`);
    await bench.terminal.see(/could not be recorded/);
    typed.watcher.look();
    expect(['lost']).toContain(word(await end(bench.watch(typed.folder, { notStartedAfterMs: 200 }), bench.terminal)));
  });
});
