import { execFileSync, spawn } from 'node:child_process';
import { access, readFile, writeFile } from 'node:fs/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { join } from 'node:path';
import { stopExecution } from '../../../src/node/runner/stop.ts';
import { clearPrompt, isInForeground } from '../../../src/node/runner/clearPrompt.ts';
import { CLEAR_HALF_TYPED } from '../../../src/node/runner/typedLine.ts';
import { Bench, end, sha256, word } from './bench.ts';
import { installed, until } from './terminal.ts';

/** Unusual places to run in: a shell without job control, no terminal at all. */

vi.setConfig({ testTimeout: 60_000 });
let bench: Bench;
afterEach(async () => bench.dispose());

/** Whether a process is there and is not a zombie. */
function lives(pid: number): boolean {
  try {
    return !execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).startsWith('Z');
  } catch {
    return false;
  }
}

describe('a terminal whose shell has no job control (as pwsh)', () => {
  const SHELL = `sh -c 'while IFS= read -r line; do eval "$line"; done'`;

  test('exit codes, timeout, stop and hang-up; the shell itself is left alone', async () => {
    bench = await Bench.open(SHELL);
    expect(word(await bench.run('(exit 7)\n'))).toBe('exit 7');
    const first = await bench.start("trap '' TERM\nsh -c 'trap \"\" TERM; echo \"pid=$$=\"; while :; do sleep 1; done'\n", { timeoutSeconds: 1 });
    const child = Number((await bench.terminal.see(/\npid=(\d+)=/))[1]);
    expect(word(await end(first.watcher, bench.terminal))).toBe('timedOut');
    await until(() => !lives(child));
    const second = await bench.start('echo second\nwhile :; do sleep 1; done\n');
    await bench.terminal.see(/\nsecond\r/);
    const started = await until(() => (second.watcher.state.kind === 'running' ? second.watcher.state.started : null));
    expect(started.group).not.toBe(started.pid);
    expect(await stopExecution(started, 'interrupt')).toBe('unreachable');
    expect(await stopExecution(started, 'kill')).toBe('unreachable');
    expect(await stopExecution(started, 'terminate')).toBe('sent');
    expect(word(await end(second.watcher, bench.terminal))).toBe('signalled TERM');
    expect(word(await bench.run('exit 3\n'))).toBe('exit 3');
    const last = await bench.start("trap '' HUP TERM\necho last\nwhile :; do sleep 1; done\n");
    await bench.terminal.see(/\nlast\r/);
    await bench.terminal.close();
    expect(word(await end(last.watcher, bench.terminal))).toBe('signalled HUP');
  });
});

describe('what a person was doing in the terminal', () => {
  for (const shell of ['bash', 'sh', 'zsh', 'fish']) {
    test.skipIf(!installed(shell))(`half-typed text is cleared in ${shell}${installed(shell) ? '' : ': NOT TESTED, it is not installed'}`, async () => {
      bench = await Bench.open(shell);
      await bench.run('true\n', { shell: 'sh' });
      for (const half of ['echo wrong > wrong; echo ', 'echo "open ', 'echo end\x01', 'echo mid\x02\x02', '\x1b', 'echo $(touch wrong)\x1b']) {
        bench.terminal.type(half);
        bench.terminal.type(CLEAR_HALF_TYPED);
        expect([half, word(await bench.run('exit 7\n', { shell: 'sh' }))]).toEqual([half, 'exit 7']);
      }
      await expect(access(join(bench.root, 'wrong'))).rejects.toThrow();
    });
  }

  /** Process id of the terminal's shell. */
  const shellOf = async (shell: string): Promise<number> => {
    bench.terminal.line(shell === 'fish' ? 'echo "shell="$fish_pid"="' : 'echo "shell=$$="');
    return Number((await bench.terminal.see(/shell=(\d+)=/))[1]);
  };

  for (const shell of ['bash', 'sh', 'zsh', 'fish']) {
    test.skipIf(!installed(shell))(`a command that is continued over lines is given up in ${shell}${installed(shell) ? '' : ': NOT TESTED, it is not installed'}`, async () => {
      bench = await Bench.open(shell);
      const pid = await shellOf(shell);
      const loop = shell === 'fish' ? 'for i in 1 2\r' : 'for i in 1 2; do\r';
      for (const half of ['', 'echo wrong > wrong; echo ', 'echo "open\r', "echo 'open\rtwo lines\r", loop, `${loop}echo wrong > wrong\recho "\r`, 'echo a \\\r', ...(shell === 'fish' ? [] : ['cat <<EOF > wrong\r'])]) {
        bench.terminal.type(half);
        await until(() => isInForeground(pid));
        await clearPrompt(pid, (keys) => bench.terminal.type(keys));
        expect([half, word(await bench.run('exit 7\n', { shell: 'sh' }))]).toEqual([half, 'exit 7']);
      }
      await expect(access(join(bench.root, 'wrong'))).rejects.toThrow();
    });

    test.skipIf(!installed(shell))(`a program in the foreground of ${shell} is not interrupted${installed(shell) ? '' : ': NOT TESTED, it is not installed'}`, async () => {
      bench = await Bench.open(shell);
      const pid = await shellOf(shell);
      bench.terminal.line(`sh -c 'trap "echo hit > hit" INT; echo going; while :; do sleep 0.05; test -e stop && exit; done'`);
      await bench.terminal.see(/going\r/);
      expect(await isInForeground(pid)).toBe(false);
      const sent: string[] = [];
      await clearPrompt(pid, (keys) => sent.push(keys));
      expect(sent).toEqual([CLEAR_HALF_TYPED]);
      await writeFile(join(bench.root, 'stop'), '');
      await until(() => isInForeground(pid));
      await expect(access(join(bench.root, 'hit'))).rejects.toThrow();
    });
  }

  test('of a shell that is not known, or gone, only the line is cleared', async () => {
    bench = await Bench.open('bash');
    for (const pid of [undefined, 2 ** 22 + 1]) {
      const sent: string[] = [];
      await clearPrompt(pid, (keys) => sent.push(keys));
      expect(sent).toEqual([CLEAR_HALF_TYPED]);
    }
  });

  test('the line types into a program that reads: not started, and the program keeps its lines', async () => {
    bench = await Bench.open('bash');
    bench.terminal.line('cat > typed');
    await until(() => access(join(bench.root, 'typed')).then(() => true, () => false));
    const folder = await bench.prepare('touch ran\n');
    const { watcher, line } = bench.typeFolder(folder, sha256('touch ran\n'), { notStartedAfterMs: 300 });
    expect(word(await end(watcher, bench.terminal))).toBe('notStarted');
    bench.terminal.type('\x04');
    await until(async () => (await readFile(join(bench.root, 'typed'), 'utf8')) === `${line}\n`);
  });

  for (const shell of ['bash', 'sh', 'zsh', 'fish']) {
    test.skipIf(!installed(shell))(`the terminal's own ${shell} is ended: so is the block${installed(shell) ? '' : ' (NOT TESTED, it is not installed)'}`, async () => {
      for (const signal of ['HUP', 'KILL']) {
        bench = await Bench.open(shell);
        const tell = shell === 'fish' ? 'echo "shell="$fish_pid"="' : 'echo "shell=$$="';
        bench.terminal.line(tell);
        const pid = Number((await bench.terminal.see(/shell=(\d+)=/))[1]);
        const typed = await bench.start("trap '' HUP TERM\necho begin\nwhile :; do sleep 1; done\n");
        await bench.terminal.see(/\nbegin\r/);
        process.kill(pid, `SIG${signal}` as NodeJS.Signals);
        expect([signal, word(await end(typed.watcher, bench.terminal))]).toEqual([signal, 'signalled HUP']);
        await bench.dispose();
      }
    });
  }
});

describe('no terminal (the command line tool)', () => {
  test('the runner in a session of its own: output through pipes, exit code, stop', async () => {
    bench = await Bench.open('bash');
    const folder = await bench.prepare('echo out\necho err >&2\nexit 5\n');
    const child = spawn('/bin/sh', [join(folder.path, 'run'), sha256('echo out\necho err >&2\nexit 5\n')], { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (data: Buffer) => chunks.push(data));
    const code = new Promise((resolve) => child.once('close', resolve));
    expect(word(await end(bench.watch(folder), bench.terminal))).toBe('exit 5');
    expect(await code).toBe(5);
    expect(Buffer.concat(chunks).toString()).toBe('Step 1\n  echo out\n  echo err >&2\n  exit 5\nout\n');

    const text = 'sleep 1000\n';
    const second = await bench.prepare(text);
    const process = spawn('/bin/sh', [join(second.path, 'run'), sha256(text)], { detached: true, stdio: 'ignore' });
    const watcher = bench.watch(second);
    const started = await until(() => (watcher.state.kind === 'running' ? watcher.state.started : null));
    expect(started.group).toBe(process.pid);
    expect(await stopExecution(started, 'terminate')).toBe('sent');
    expect(word(await end(watcher, bench.terminal))).toBe('signalled TERM');
  });
});

describe('cost', () => {
  test('a step takes a fraction of a second more than its command', async () => {
    bench = await Bench.open('bash');
    const toStart: number[] = [];
    const toEnd: number[] = [];
    for (let count = 0; count < 10; count += 1) {
      const stamp = join(bench.root, 'stamp');
      const typedAt = Date.now();
      const typed = await bench.start(`date +%s%3N > '${stamp}'\n`);
      const state = await end(typed.watcher, bench.terminal);
      if (state.kind !== 'exited' || !state.started) {
        throw new Error(word(state));
      }
      toStart.push(state.started.atMs - typedAt);
      toEnd.push(state.atMs - Number(await readFile(stamp, 'utf8')));
    }
    const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
    console.info(`from typing to "started": ${median(toStart).toFixed(0)} ms; from the block's end to "status": ${median(toEnd).toFixed(0)} ms (medians of 10)`);
    expect(median(toStart)).toBeLessThan(1000);
    expect(median(toEnd)).toBeLessThan(1000);
  });
});
