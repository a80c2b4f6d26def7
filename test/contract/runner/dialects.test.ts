import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { EndState } from '../../../src/node/runner/executionState.ts';
import { Bench, end, sha256, word, type Typed } from './bench.ts';
import { asleep, running } from './processGroup.ts';
import { installed } from './terminal.ts';

/**
 * The runner by other shells than this system's /bin/sh: bash is sh on macOS and
 * Fedora, zsh can be on macOS, busybox is on Alpine.
 */

vi.setConfig({ testTimeout: 60_000 });
let bench: Bench;
let work: string;
beforeEach(async () => {
  work = await mkdtemp(join(tmpdir(), 'runner-work-'));
});
afterEach(async () => {
  await bench?.dispose();
  await rm(work, { recursive: true, force: true });
});

async function start(sh: string, block: string, spec = {}): Promise<Typed> {
  const folder = await bench.prepare(block, spec);
  const params = join(folder.path, 'params');
  await writeFile(params, `${await readFile(params, 'latin1')}sh=${sh}\n`);
  const watcher = bench.watch(folder);
  const line = `'${sh}' '${folder.path}/run' ${sha256(block)}`;
  bench.terminal.line(line);
  return { folder, watcher, line };
}

async function run(sh: string, block: string, spec = {}): Promise<EndState> {
  const typed = await start(sh, block, spec);
  return end(typed.watcher, bench.terminal);
}

for (const shell of ['dash', 'bash', 'zsh', 'busybox']) {
  describe.skipIf(!installed(shell))(`${shell} as sh${installed(shell) ? '' : ': NOT TESTED, it is not installed'}`, () => {
    let sh: string;
    beforeEach(async () => {
      sh = join(work, 'sh');
      await symlink(execFileSync('/bin/sh', ['-c', 'command -v "$1"', 'sh', shell], { encoding: 'utf8' }).trim(), sh);
      bench = await Bench.open('bash');
    });

    test('exit codes, carried values, refusals', async () => {
      const nasty = "a\n\texport X=1\n\x01\x7f\x81\xff'\"\\ $(x) `y` !\n\n";
      await writeFile(join(work, 'nasty'), nasty, 'latin1');
      const first = await run(sh, `NASTY=$(cat '${work}/nasty'; echo .)\nexport NASTY="\${NASTY%.}" UID ONE=1 EMPTY=\nunset HOME\ncd /usr/lib\nexit 7\n`, { variables: { STEP: 'it\'s\n"x"\n' } });
      expect([word(first), 'carried' in first && first.carried]).toEqual(['exit 7', true]);
      const second = await run(sh, `printf '%s' "$NASTY" > '${work}/out'\necho "\${HOME-none} $ONE \${EMPTY-unset} $PWD \${STEP-none}" > '${work}/out2'\nenv | grep -c ^UID= >> '${work}/out2'; true\n`);
      expect([word(second), 'carried' in second && second.carried]).toEqual(['exit 0', true]);
      expect(await readFile(join(work, 'out'), 'latin1')).toBe(nasty);
      expect(await readFile(join(work, 'out2'), 'latin1')).toBe(`none 1  /usr/lib none\n${shell === 'zsh' ? 0 : 1}\n`);
      expect(word(await run(sh, `[ "\${HOME-none}" = none ]\n`))).toBe('exit 0');
      expect(word(await run(sh, 'kill -9 $$\n'))).toBe('exit 137');
      await mkdir(join(work, 'gone'));
      await run(sh, `cd '${work}/gone'; rmdir '${work}/gone'\n`);
      expect(word(await run(sh, 'true\n'))).toBe('refused cwd-gone');
      await writeFile(join(bench.root, 'runs/run-1/carry/state'), "export A='");
      expect(word(await run(sh, 'true\n'))).toBe('refused carry-damaged');
    });

    test('Ctrl-C, timeout, hang-up', async () => {
      const first = await start(sh, 'echo begin\nsleep 1000\n');
      await asleep(await running(bench, first));
      bench.terminal.type('\x03');
      expect(word(await end(first.watcher, bench.terminal))).toBe('exit 130');
      expect(word(await run(sh, "trap '' TERM\nwhile :; do sleep 1; done\n", { timeoutSeconds: 1 }))).toBe('timedOut');
      const last = await start(sh, "trap '' HUP TERM\necho last\nwhile :; do sleep 1; done\n");
      await bench.terminal.see(/\nlast\r/);
      await bench.terminal.close();
      expect(word(await end(last.watcher, bench.terminal))).toBe('signalled HUP');
    });
  });
}
