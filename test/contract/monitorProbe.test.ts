import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ShellProbe } from '../../src/node/monitorProbe.ts';
import type { MonitorProbe, ProbeRequest } from '../../src/session/ports.ts';
import { ScriptedProbe } from '../fakes/scriptedProbe.ts';
import { until } from '../harness/deadline.ts';

let base: string;
let probe: ShellProbe;
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'guided-runbooks-probe-'));
  probe = new ShellProbe({ storage: join(base, 'private'), base });
});
afterAll(async () => {
  probe.dispose();
  await rm(base, { recursive: true, force: true });
});

const request = (text: string, more: Partial<ProbeRequest> = {}): ProbeRequest => ({ id: `p${String(Math.trunc(performance.now() * 1000))}`, shell: 'sh', text, timeoutSeconds: 30, variables: {}, ...more });
/** A process is there, and no zombie. */
const lives = async (pid: number): Promise<boolean> => {
  const stat = await readFile(`/proc/${String(pid)}/stat`, 'utf8').catch(() => '');
  return stat !== '' && !/\) Z /.test(stat);
};

const scripted = (): MonitorProbe => {
  const fake = new ScriptedProbe();
  fake.answer = ({ text }) => (text.includes('sleep') ? 'hang' : { kind: 'exited', code: Number(/exit (\d+)/.exec(text)?.[1] ?? 0), stdout: `${/echo ([\d.]+)/.exec(text)?.[1] ?? ''}\n` });
  return fake;
};

describe.each<[string, () => MonitorProbe]>([['a shell', () => probe], ['the fake', scripted]])('%s', (_, make) => {
  it('gives the exit code and what was printed', async () => {
    const result = await make().probe(request('echo 4.2\nexit 3\n'));
    expect(result).toMatchObject({ kind: 'exited', code: 3 });
    expect(result.kind === 'exited' ? result.stdout.trim() : null).toBe('4.2');
  });

  it('ends at once when it is cancelled, and says so', async () => {
    const one = make();
    const asked = request('sleep 600\n');
    const result = one.probe(asked);
    one.cancel(asked.id);
    expect(await result).toEqual({ kind: 'failed', reason: 'it was stopped' });
  });
});

describe('a monitor’s command', () => {
  it.each(['sh', 'bash'])('is run by %s byte for byte, in the workspace, with its variables and without input', async (shell) => {
    const text = 'cat\nprintf "%s|%s\\n" "$(pwd -P)" "$URL"\nprintf "\'$(echo 1)\t!\\n"\n';
    const result = await probe.probe(request(text, { shell, variables: { URL: "'; touch pwned #" } }));
    expect(result).toMatchObject({ kind: 'exited', code: 0 });
    const [where, last] = result.kind === 'exited' ? result.stdout.split('\n') : [];
    expect(where).toMatch(/\|'; touch pwned #$/);
    expect(last).toBe("'1\t!");
    expect(await readdir(base)).not.toContain('pwned');
  });

  it('has a limit of time, which ends all that it started', async () => {
    const result = await probe.probe(request('sleep 600 &\necho $! > child\nwait\n', { timeoutSeconds: 1 }));
    expect(result).toEqual({ kind: 'timedOut', afterSeconds: 1 });
    const child = Number(await readFile(join(base, 'child'), 'utf8'));
    expect(child).toBeGreaterThan(1);
    await until(async () => !(await lives(child)), { what: 'what it had started to end' });
  });

  it('has a limit of output', async () => {
    expect(await probe.probe(request('yes\n'))).toEqual({ kind: 'failed', reason: 'it printed more than 64 KB' });
  });

  it('leaves no file behind', async () => {
    await probe.probe(request('echo 1\n'));
    expect(await readdir(join(base, 'private'))).toEqual([]);
  });

  it('is never run by a program that is no shell', async () => {
    for (const shell of ['python3', '/bin/sh', '__proto__', 'toString']) expect(await probe.probe(request('echo 1\n', { shell }))).toMatchObject({ kind: 'failed' });
  });
});

it('gives up on what cannot be ended: a process of its own session holds the output and is left', async () => {
  const pid = join(base, 'left.pid');
  const from = performance.now();
  const result = await probe.probe(request(`setsid sh -c 'echo $$ > ${pid}; exec sleep 60' &\nuntil test -s ${pid}; do sleep 0.05; done\necho 7\n`));
  expect(result).toEqual({ kind: 'exited', code: 0, stdout: '7\n' });
  expect(performance.now() - from).toBeLessThan(30_000);
  process.kill(Number(await readFile(pid, 'utf8')), 'SIGKILL');
});
