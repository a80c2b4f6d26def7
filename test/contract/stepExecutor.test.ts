import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HeadlessExecutor } from '../../src/node/headlessExecutor.ts';
import type { ExecutionRequest, StepExecutor } from '../../src/session/ports.ts';
import { ScriptedExecutor } from '../fakes/scriptedExecutor.ts';

let base: string;
let storage: string;
let count = 0;
beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'runbooks-exec-')));
  storage = mkdtempSync(join(tmpdir(), 'runbooks-private-'));
});
afterEach(() => {
  rmSync(base, { recursive: true, force: true });
  rmSync(storage, { recursive: true, force: true });
});

function request(text: string, rest: Partial<ExecutionRequest> = {}): ExecutionRequest {
  return { runId: 'run-1', executionId: `x${String((count += 1))}`, title: 'Step', shell: 'sh', text, sha256: createHash('sha256').update(text).digest('hex'), timeoutSeconds: null, cwd: null, variables: {}, ...rest };
}

const headless = (): HeadlessExecutor => new HeadlessExecutor({ storage, media: join(import.meta.dirname, '../../media/runner'), base, watch: { pollMs: 20 } });

/** The fake understands three words: `exit N`, and `sleep` that lasts until it is stopped. */
function scripted(): ScriptedExecutor {
  return new ScriptedExecutor(({ text }) => {
    const code = /^exit (\d+)$/.exec(text)?.[1];
    return code === undefined ? 'hangs' : { kind: 'exited', code: Number(code) };
  });
}

const EXECUTORS: readonly (readonly [string, () => StepExecutor])[] = [
  ['of the tests', scripted],
  ['without a terminal', headless],
];

describe.each(EXECUTORS)('an executor %s', (_name, make) => {
  test.each([0, 1, 7, 127])('tells exit code %i', async (code) => {
    expect((await make().execute(request(`exit ${String(code)}`))).outcome).toEqual({ kind: 'exited', code });
  });

  test('a block that is stopped ends, and not with success', async () => {
    const executor = make();
    const asked = request('sleep 60');
    const running = executor.execute(asked);
    const result = await stopUntil(executor, asked.executionId, running);
    expect(result.outcome.kind === 'exited' ? result.outcome.code : result.outcome.kind).not.toBe(0);
  });

  test('a block is found again by its id while it runs and afterwards', async () => {
    const executor = make();
    const asked = request('exit 3');
    await executor.execute(asked);
    expect((await executor.recover('run-1', asked.executionId)).outcome).toEqual({ kind: 'exited', code: 3 });
  });
});

describe('the headless executor', () => {
  test('keeps the environment of a terminal beside the run’s apart: given what the run has, handed on within its step, and to nobody else', async () => {
    const executor = headless();
    const beside = (carry: string, anew: boolean): Partial<ExecutionRequest> => ({ terminal: { key: 'lane-1', title: 'beside', carry, anew } });
    const print = 'printf "%s" "$COLOUR"';
    await executor.execute(request('export COLOUR=green'));
    await executor.execute(request('COLOUR="$COLOUR, then red"', beside('abc', true)));
    expect((await executor.execute(request(print, beside('abc', false)))).outputTail).toBe('green, then red');
    expect((await executor.execute(request(print, beside('def', true)))).outputTail).toBe('green');
    expect((await executor.execute(request(print))).outputTail).toBe('green');
    expect((await executor.execute(request(print, beside('abc', true)))).outputTail).toBe('green');
  });

  test('begins alike in every shell before anything was carried', async () => {
    const executor = headless();
    for (const shell of ['sh', 'bash'] as const) expect((await executor.execute(request('printf "%s" "${COLOUR-none}"', { shell, terminal: { key: 'lane-1', title: 'beside', carry: shell, anew: true } }))).outputTail).toBe('none');
  });

  test('says when a block is seen to run', async () => {
    const executor = headless();
    const begun: string[] = [];
    executor.onDidBegin((executionId) => begun.push(executionId));
    const asked = request('sleep 60');
    const running = executor.execute(asked);
    await stopUntil(executor, asked.executionId, running);
    expect(begun).toEqual([asked.executionId]);
  });

  test('carries environment and directory from block to block, and gives a block its own variables only', async () => {
    const executor = headless();
    mkdirSync(join(base, 'sub'));
    await executor.execute(request('export COLOUR=green; cd sub', { variables: { RUNBOOK_FIELD_1: 'x' } }));
    const { outputTail, environmentCarried } = await executor.execute(request('printf "%s|%s|%s" "$COLOUR" "$PWD" "${RUNBOOK_FIELD_1-none}"'));
    expect(outputTail).toBe(`green|${join(base, 'sub')}|none`);
    expect(environmentCarried).toBe(true);
  });

  test('output is observed as it comes, without control sequences', async () => {
    const tails: string[] = [];
    const executor = headless();
    executor.onDidOutput((_id, tail) => tails.push(tail));
    const { outputTail, output } = await executor.execute(request("printf 'a\\033[31mred\\033[0m\\n'; printf 'err\\n' >&2; printf '\\033]633;D;0\\007'; exit 7"));
    expect(outputTail).toBe('ared\nerr');
    expect(output).toEqual({ head: 'ared\nerr\n', tail: null, leftOut: 0, isSeparate: true, isComplete: true });
    expect(tails.at(-1)).toBe('ared\nerr');
  });

  test('output that nobody heard is not made up', async () => {
    const executor = headless();
    const asked = request('echo hello');
    await executor.execute(asked);
    expect(await executor.recover('run-1', asked.executionId)).toMatchObject({ outcome: { kind: 'exited', code: 0 }, outputTail: null, output: null });
  });

  test('both ends of much output are kept', { timeout: 20_000 }, async () => {
    const { output } = await headless().execute(request('seq 300000'));
    expect(output?.head.startsWith('1\n2\n3\n')).toBe(true);
    expect(output?.tail?.endsWith('\n299999\n300000\n')).toBe(true);
  });

  test('a limit ends it', { timeout: 20_000 }, async () => {
    expect((await headless().execute(request('sleep 60', { timeoutSeconds: 1 }))).outcome).toEqual({ kind: 'timedOut', afterSeconds: 1 });
  });

  test('what is asked of standard input gets nothing', async () => {
    expect((await headless().execute(request('read line && exit 0; exit 9'))).outcome).toEqual({ kind: 'exited', code: 9 });
  });

  test('something left in the background does not hold it', { timeout: 10_000 }, async () => {
    const began = performance.now();
    expect((await headless().execute(request('sleep 5 & exit 0'))).outcome).toEqual({ kind: 'exited', code: 0 });
    expect(performance.now() - began).toBeLessThan(4000);
  });

  test.each(['sh', 'bash', 'zsh', 'fish'])('what a %s block prints to standard output is kept apart, and shown as before', async (shell) => {
    if (spawnSync('/bin/sh', ['-c', `command -v ${shell}`]).status !== 0) return expect(shell).toMatch(/zsh|fish/);
    const { outcome, captured, outputTail } = await headless().execute(request("printf '  v1.2.3\\n\\n'; echo aside >&2; exit 0", { shell, captures: true }));
    expect(outcome).toEqual({ kind: 'exited', code: 0 });
    expect(captured).toEqual({ kind: 'text', text: '  v1.2.3\n\n' });
    expect(outputTail).toContain('v1.2.3');
    expect(outputTail).toContain('aside');
  });

  test('capturing keeps exit code, environment and program, and is found again', { timeout: 60_000 }, async () => {
    const executor = headless();
    const asked = request('export COLOUR=green; echo one; exit 7', { captures: true });
    expect(await executor.execute(asked)).toMatchObject({ outcome: { kind: 'exited', code: 7 }, environmentCarried: true, captured: { kind: 'text', text: 'one\n' } });
    expect(await executor.recover('run-1', asked.executionId)).toMatchObject({ outcome: { kind: 'exited', code: 7 }, captured: { kind: 'text', text: 'one\n' } });
    expect((await executor.execute(request('BEGIN { printf "%s", ENVIRON["COLOUR"] }', { shell: 'program', program: ['awk', '-f'], captures: true }))).captured).toEqual({ kind: 'text', text: 'green' });
    expect((await executor.execute(request('true'))).captured).toBeNull();
  });

  test.each([
    ['64 KB', 'head -c 65536 /dev/zero | tr "\\000" x', { kind: 'text', text: 'x'.repeat(65_536) }],
    ['more than that', 'head -c 5000000 /dev/zero | tr "\\000" x', { kind: 'tooLarge' }],
    ['NUL bytes', "printf 'a\\000b'", { kind: 'notText' }],
    ['no UTF-8', "printf 'a\\377b'", { kind: 'notText' }],
    ['nothing', 'true', { kind: 'text', text: '' }],
  ])('of %s a value is taken, or said why not', { timeout: 60_000 }, async (_what, text, captured) => {
    expect(await headless().execute(request(text, { captures: true }))).toMatchObject({ outcome: { kind: 'exited', code: 0 }, captured });
  });

  test('something left in the background does not hold a capture', { timeout: 60_000 }, async () => {
    expect(await headless().execute(request('echo first; sleep 60 & exit 0', { captures: true }))).toMatchObject({ outcome: { kind: 'exited', code: 0 }, captured: { kind: 'text', text: 'first\n' } });
  });

  test('a program gets the block as a file, with its arguments, its variables and what is carried; it leaves the environment as it was', async () => {
    const executor = headless();
    await executor.execute(request('export COLOUR=green'));
    const said = await executor.execute(request('BEGIN { print ENVIRON["COLOUR"], ENVIRON["ONLY"], word; exit 3 }\n', { shell: 'program', program: ['awk', '-v', 'word=$(touch P); a b', '-f'], variables: { ONLY: 'here' } }));
    expect([said.outcome, said.outputTail, said.environmentCarried]).toEqual([{ kind: 'exited', code: 3 }, 'green here $(touch P); a b', true]);
    expect((await executor.execute(request('printf "%s|%s" "$COLOUR" "${ONLY-none}"'))).outputTail).toBe('green|none');
    expect(existsSync(join(base, 'P'))).toBe(false);
  });

  test('a program is looked up on the PATH that the steps before have left', async () => {
    const executor = headless();
    mkdirSync(join(base, 'venv'));
    writeFileSync(join(base, 'venv/tool'), '#!/bin/sh\nprintf "tool of the venv: %s" "$(cat "$1")"\n', { mode: 0o755 });
    expect((await executor.execute(request('hello', { shell: 'program', program: ['tool'] }))).outcome).toEqual({ kind: 'notStarted', reason: expect.stringContaining('not on the PATH') as string });
    await executor.execute(request(`PATH="$PWD/venv:$PATH"; export PATH`));
    expect(await executor.execute(request('hello', { shell: 'program', program: ['tool'] }))).toMatchObject({ outcome: { kind: 'exited', code: 0 }, outputTail: 'tool of the venv: hello' });
  });

  test('a program of the workspace is taken by its real path, and only from inside', async () => {
    const executor = headless();
    writeFileSync(join(base, 'tool'), '#!/bin/sh\ncat "$1"; exit 4\n', { mode: 0o755 });
    writeFileSync(join(base, 'plain'), 'text');
    symlinkSync('/bin/cat', join(base, 'leads-out'));
    const run = (program: string): Promise<{ readonly outcome: unknown }> => executor.execute(request('hello', { shell: 'program', program: [program] }));
    expect(await run('./tool')).toMatchObject({ outcome: { kind: 'exited', code: 4 }, outputTail: 'hello' });
    for (const [program, words] of [['./leads-out', 'leads out of the workspace'], ['./nowhere', 'is not in the workspace'], ['./plain', 'may be executed']] as const) expect((await run(program)).outcome).toEqual({ kind: 'notStarted', reason: expect.stringContaining(words) as string });
  });

  test.each([
    ['a directory that leads out', { cwd: 'out' }],
    ['a directory that is missing', { cwd: 'nowhere' }],
    ['other bytes than were approved', { sha256: '0'.repeat(64) }],
    ['an unknown shell', { shell: '/bin/evil' }],
  ])('runs nothing with %s', async (_what, rest) => {
    symlinkSync(tmpdir(), join(base, 'out'));
    const { outcome } = await headless().execute(request(`touch '${join(base, 'P')}'`, rest));
    expect(outcome.kind).toBe('notStarted');
    expect(existsSync(join(base, 'P'))).toBe(false);
  });

  test('a second process finds a block that still runs', async () => {
    const first = headless();
    const asked = request(`while [ ! -e '${join(base, 'go')}' ]; do sleep 0.05; done; exit 5`);
    void first.execute(asked);
    await until(() => existsSync(join(storage, 'run-1', asked.executionId, 'started')));
    first.dispose();
    const found = headless().recover('run-1', asked.executionId);
    mkdirSync(join(base, 'go'));
    expect((await found).outcome).toEqual({ kind: 'exited', code: 5 });
  });

  test('what is gone is lost, and a run that is released leaves nothing', async () => {
    const executor = headless();
    await executor.execute(request('exit 0'));
    await executor.release('run-1');
    expect(readdirSync(storage)).toEqual([]);
    expect((await executor.recover('run-1', 'x1')).outcome.kind).toBe('lost');
  });
});

/** Presses Stop until the block has ended: it may not have begun at the first time. */
async function stopUntil<T>(executor: StepExecutor, executionId: string, running: Promise<T>): Promise<T> {
  let ended = false;
  void running.then(() => (ended = true));
  await until(async () => {
    await executor.stop(executionId, true);
    return ended;
  });
  return running;
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 15_000;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error('It did not come about.');
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
}
