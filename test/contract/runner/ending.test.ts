import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { asleep, membersOf, running as runningOn } from './processGroup.ts';
import type { StartedRecord } from '../../../src/node/runner/executionState.ts';
import { stopExecution } from '../../../src/node/runner/stop.ts';
import { Bench, end, sha256, word, type Typed } from './bench.ts';
import { installed, until } from './terminal.ts';

/** How blocks end when they do not end by themselves. */

vi.setConfig({ testTimeout: 60_000 });
let bench: Bench;
afterEach(async () => bench.dispose());

/** The state `running`, once it is there. */
function running(typed: Typed): Promise<StartedRecord> {
  return runningOn(bench, typed);
}

/** Writes its own pid, so that tests can look after it. */
const TELL_PID = 'echo "pid=$$="\n';

async function pidIn(typed: Typed): Promise<number> {
  await running(typed);
  return Number((await bench.terminal.see(/\npid=(\d+)=/))[1]);
}

for (const shell of ['bash', 'sh', 'zsh', 'fish']) {
  const missing = ['bash', 'sh', 'zsh', 'fish'].includes(shell) && !installed(shell);
  describe.skipIf(missing)(`${shell} blocks${missing ? ' (NOT TESTED: not installed)' : ''}`, () => {
    test('Ctrl-C reaches the block, and the runner survives it', async () => {
      bench = await Bench.open('bash');
      const typed = await bench.start('echo begin\nsleep 1000\n', { shell: shell as 'bash' });
      await asleep(await running(typed));
      bench.terminal.type('\x03');
      expect(word(await end(typed.watcher, bench.terminal))).toBe('exit 130');
      bench.terminal.line('echo terminal "lives"');
      await bench.terminal.see(/terminal lives/);
    });
  });
}

for (const terminalShell of ['bash', 'sh', 'zsh', 'fish']) {
  describe.skipIf(!installed(terminalShell))(`in a ${terminalShell} terminal`, () => {
    test('a closed terminal ends the block, and that is known', async () => {
      bench = await Bench.open(terminalShell);
      const typed = await bench.start('echo begin\nsleep 1000\n');
      const { group } = await running(typed);
      await bench.terminal.see(/\nbegin\r/);
      await bench.terminal.close();
      expect(word(await end(typed.watcher, bench.terminal))).toBe('signalled HUP');
      await until(() => membersOf(group).length === 0, 8000, () => `nothing left: ${membersOf(group).join('\n')}`);
    });

    test('stubborn children do not survive a closed terminal', async () => {
      bench = await Bench.open(terminalShell);
      const typed = await bench.start("trap '' HUP INT TERM\necho begin\nsh -c 'while :; do sleep 1000; done'\n");
      const { group } = await running(typed);
      await bench.terminal.see(/\nbegin\r/);
      await bench.terminal.close();
      expect(word(await end(typed.watcher, bench.terminal))).toBe('signalled HUP');
      await until(() => membersOf(group).length === 0, 8000, () => `nothing left: ${membersOf(group).join('\n')}`);
    });

    test('a suspended block goes on with fg, and ends with a closed terminal', async () => {
      bench = await Bench.open(terminalShell);
      const typed = await bench.start('echo begin\nsleep 0.5\nread -r answer\necho "got $answer"\nexit 3\n');
      await bench.terminal.see(/\nbegin\r/);
      bench.terminal.type('\x1a');
      await bench.terminal.see(/[Ss]topped|suspended/);
      bench.terminal.line('fg');
      await until(() => /fg/.test(bench.terminal.output));
      bench.terminal.line('hello');
      expect(word(await end(typed.watcher, bench.terminal))).toBe('exit 3');
      const second = await bench.start('echo second\nsleep 1000\n');
      await bench.terminal.see(/\nsecond\r/);
      const { group } = await running(second);
      bench.terminal.type('\x1a');
      await bench.terminal.see(/([Ss]topped|suspended)[^]*([Ss]topped|suspended)/);
      await bench.terminal.close();
      expect(word(await end(second.watcher, bench.terminal))).toBe('signalled HUP');
      await until(() => membersOf(group).length === 0, 8000, () => `nothing left: ${membersOf(group).join('\n')}`);
    });
  });
}

describe('ending', () => {
  test('timeout, also of a stubborn block, and without leftovers', async () => {
    bench = await Bench.open('bash');
    const polite = await bench.start('sleep 1000\n', { timeoutSeconds: 1 });
    expect(word(await end(polite.watcher, bench.terminal))).toBe('timedOut');
    const stubborn = await bench.start("trap '' HUP INT TERM\nwhile :; do sleep 1000; done\n", { timeoutSeconds: 1 });
    const { group } = await running(stubborn);
    expect(word(await end(stubborn.watcher, bench.terminal))).toBe('timedOut');
    await until(() => membersOf(group).length === 0, 8000);
  });

  test('the timeout holds when nobody watches', async () => {
    bench = await Bench.open('bash');
    const typed = await bench.start('sleep 1000\n', { timeoutSeconds: 1 });
    typed.watcher.dispose();
    expect(await typed.watcher.ended).toBeNull();
    await until(() => readFile(join(typed.folder.path, 'status'), 'latin1').then((text) => text.includes('result=timeout'), () => false));
    const later = bench.watch(typed.folder);
    expect(word(await end(later, bench.terminal))).toBe('timedOut');
  });

  test('a block that ends before its timeout leaves no watcher behind', async () => {
    bench = await Bench.open('bash');
    const typed = await bench.start('sleep 0.3\n', { timeoutSeconds: 60 });
    const { group } = await running(typed);
    expect(word(await end(typed.watcher, bench.terminal))).toBe('exit 0');
    await until(() => membersOf(group).length === 0, 500, () => `nothing left: ${membersOf(group).join('\n')}`);
  });

  test('SIGKILL of the block is 137', async () => {
    bench = await Bench.open('bash');
    const typed = await bench.start(`${TELL_PID}sleep 1000\n`);
    process.kill(await pidIn(typed), 'SIGKILL');
    expect(word(await end(typed.watcher, bench.terminal))).toBe('exit 137');
  });

  test('SIGKILL of the runner is lost, and what it ran does not go on unwatched', async () => {
    bench = await Bench.open('bash');
    const typed = await bench.start("trap '' TERM HUP\nsleep 1000\n");
    const { pid, group } = await running(typed);
    process.kill(pid, 'SIGKILL');
    expect(word(await end(typed.watcher, bench.terminal))).toBe('lost');
    await until(() => membersOf(group).length === 0, 8000, () => `nothing left: ${membersOf(group).join('\n')}`);
    expect(word(await end(bench.watch(typed.folder), bench.terminal))).toBe('lost');
  });

  test('a server that the block left in the background survives its normal end', async () => {
    bench = await Bench.open('bash');
    const typed = await bench.start('sleep 1000 &\necho "pid=$!="\nexit 0\n');
    const pid = Number((await bench.terminal.see(/\npid=(\d+)=/))[1]);
    expect(word(await end(typed.watcher, bench.terminal))).toBe('exit 0');
    await bench.run('true\n');
    expect(process.kill(pid, 0)).toBe(true);
    process.kill(pid, 'SIGKILL');
  });

  test('stop: interrupt, terminate, kill', async () => {
    bench = await Bench.open('bash');
    const first = await bench.start('echo first\nsleep 1000\n');
    await asleep(await running(first));
    expect(await stopExecution(await running(first), 'interrupt')).toBe('sent');
    expect(word(await end(first.watcher, bench.terminal))).toBe('exit 130');

    const second = await bench.start("trap '' TERM\necho second\nwhile :; do sleep 1; done\n");
    const started = await running(second);
    await bench.terminal.see(/\nsecond\r/);
    expect(await stopExecution(started, 'terminate')).toBe('sent');
    expect(word(await end(second.watcher, bench.terminal))).toBe('signalled TERM');
    await until(() => membersOf(started.group).length === 0, 8000);

    const third = await bench.start('sleep 1000\n');
    expect(await stopExecution(await running(third), 'kill')).toBe('sent');
    expect(word(await end(third.watcher, bench.terminal))).toBe('lost');
    expect(await stopExecution(started, 'kill')).toBe('gone');
  });

  test('stop spares a later process with the same number', async () => {
    bench = await Bench.open('bash');
    const typed = await bench.start('sleep 1000\n');
    const started = await running(typed);
    const [ticks, boot] = started.start.split('@');
    expect(await stopExecution({ ...started, start: `${Number(ticks) - 1}@${boot}` }, 'kill')).toBe('gone');
    expect(await stopExecution({ ...started, namespace: 'pid:[1]' }, 'kill')).toBe('unreachable');
    expect(typed.watcher.state.kind).toBe('running');
  });

  test('a reload: another watcher finds the running block and its end', async () => {
    bench = await Bench.open('bash');
    const typed = await bench.start('read -r line\nexit 11\n');
    await running(typed);
    typed.watcher.dispose();
    const later = bench.watch(typed.folder);
    await until(() => later.state.kind === 'running');
    bench.terminal.line('go on');
    expect(word(await end(later, bench.terminal))).toBe('exit 11');
  });

  test('never started is known, and then it cannot start late', async () => {
    bench = await Bench.open('bash');
    bench.terminal.line('sleep 1000');
    const folder = await bench.prepare('echo too late\n');
    const typed = bench.typeFolder(folder, sha256('echo too late\n'), { notStartedAfterMs: 300 });
    expect(word(await end(typed.watcher, bench.terminal))).toBe('notStarted');
    bench.terminal.type('\x03');
    bench.terminal.line(typed.line);
    await bench.terminal.see(/its time to start had passed/);
    expect(bench.terminal.output).not.toMatch(/\ntoo late/);
    expect(word(await end(bench.watch(folder), bench.terminal))).toBe('notStarted');
  });

  test('the same line again, out of the history, does nothing', async () => {
    bench = await Bench.open('bash');
    const typed = await bench.start('echo "ran $$"\nexit 4\n');
    expect(word(await end(typed.watcher, bench.terminal))).toBe('exit 4');
    bench.terminal.line(typed.line);
    await bench.terminal.see(/not run: this step was already run/);
    expect(bench.terminal.output.match(/\nran \d+/g)).toHaveLength(1);
    expect(word(await end(bench.watch(typed.folder), bench.terminal))).toBe('exit 4');
  });

  test('reading from the terminal, and a password without echo', async () => {
    bench = await Bench.open('bash');
    const typed = await bench.start('printf "name? "; read -r name\nstty -echo; printf "pass? "; read -r pass; stty echo\n[ "$name/$pass" = me/secret ] && [ -t 0 ] && [ -t 1 ] && [ -t 2 ] && exit 21\n');
    await bench.terminal.see(/\r\nname\? /);
    bench.terminal.line('me');
    await bench.terminal.see(/\r\npass\? /);
    bench.terminal.line('secret');
    expect(word(await end(typed.watcher, bench.terminal))).toBe('exit 21');
  });

  test('a block that was killed while the terminal had no echo leaves it usable', async () => {
    bench = await Bench.open('sh');
    const typed = await bench.start(`stty -echo\n${TELL_PID}sleep 1000\n`);
    process.kill(await pidIn(typed), 'SIGKILL');
    expect(word(await end(typed.watcher, bench.terminal))).toBe('exit 137');
    bench.terminal.line('stty -a');
    await bench.terminal.see(/ echo /);
  });

  test('a folder that vanishes is lost, never a success', async () => {
    bench = await Bench.open('bash');
    const typed = await bench.start('echo begin\nread -r line\nexit 0\n');
    await bench.terminal.see(/\nbegin\r/);
    await running(typed);
    await rm(typed.folder.path, { recursive: true });
    bench.terminal.line('');
    await bench.terminal.see(/could not be recorded/);
    const late = bench.watch(typed.folder, { notStartedAfterMs: 300 });
    expect(word(await end(late, bench.terminal))).toBe('lost');
  });
});
