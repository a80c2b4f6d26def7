import { expect, test, vi } from 'vitest';
import { MOST_AT_ONCE } from '../../../src/core/run/beside.ts';
import { statusOf } from '../../../src/core/run/derived.ts';
import type { Runbook } from '../../../src/core/runbook/model.ts';
import type { RunSession } from '../../../src/session/api.ts';
import { levelOf, runbookOf, stepOf } from '../../fakes/runbooks.ts';
import { act, answer, SessionKit } from '../../fakes/sessionKit.ts';

const group = { parallel: 'section warm' } as const;
const RUNBOOK = runbookOf(
  [stepOf('before', { commands: ['before'] }), stepOf('a', { commands: ['a'], ...group }), stepOf('b', { commands: ['b one', 'b two'], ...group }), stepOf('c', { commands: ['c'], ...group }), stepOf('after', { commands: ['after'] })],
  { rollbackLevels: [levelOf(1, ['back'])] },
);

const status = (session: RunSession, id: string): string => statusOf(session.snapshot.runbook, session.snapshot.state, id);
const until = (condition: () => void): Promise<void> => vi.waitFor(condition, { interval: 1 });
const now = (kit: SessionKit): readonly string[] => kit.executor.requests.filter(({ executionId }) => kit.executor.running.includes(executionId)).map(({ text }) => text);

function finish(kit: SessionKit, text: string, code = 0): void {
  const request = kit.executor.requests.find((each) => each.text === text && kit.executor.running.includes(each.executionId));
  if (request === undefined) throw new Error(`${text} does not run`);
  kit.executor.finish(request.executionId, { kind: 'exited', code });
}

/** Everything but the first and the last step lasts until the test ends it. */
async function opened(runbook: Runbook = RUNBOOK): Promise<{ readonly kit: SessionKit; readonly session: RunSession }> {
  const kit = new SessionKit(({ text }) => (text === 'before' || text === 'after' || text === 'back' ? { kind: 'exited', code: 0 } : 'hangs'));
  const session = kit.open(runbook);
  await session.perform({ type: 'startRun' });
  return { kit, session };
}

async function runningOn(runbook?: Runbook): Promise<{ readonly kit: SessionKit; readonly session: RunSession }> {
  const made = await opened(runbook);
  await made.session.perform({ type: 'runUntilGate', revision: made.session.snapshot.revision });
  return made;
}

test('a group runs at the same time, each in a terminal of its own, and what follows waits for all', async () => {
  const { kit, session } = await runningOn();
  await until(() => expect(now(kit)).toEqual(['a', 'b one', 'c']));
  expect(kit.executor.requests.slice(1).map(({ terminal }) => terminal?.key)).toEqual(['lane-1', 'lane-2', 'lane-3']);
  finish(kit, 'a');
  finish(kit, 'c');
  finish(kit, 'b one');
  await until(() => expect(now(kit)).toEqual(['b two']));
  expect(kit.executor.texts).not.toContain('after');
  finish(kit, 'b two');
  await session.whenIdle();
  expect(RUNBOOK.steps.map(({ id }) => status(session, id))).toEqual(['done', 'done', 'done', 'done', 'done']);
  expect(kit.executor.texts.at(-1)).toBe('after');
});

test('a step’s second block has the environment of its first, and nothing of the group is carried on', async () => {
  const { kit, session } = await runningOn();
  await until(() => expect(now(kit)).toHaveLength(3));
  for (const text of ['b one', 'b two', 'a', 'c']) {
    await until(() => expect(now(kit)).toContain(text));
    finish(kit, text);
  }
  await session.whenIdle();
  const own = (text: string): unknown => kit.executor.requests.find((request) => request.text === text)?.terminal;
  expect(own('b one')).toMatchObject({ anew: true });
  expect(own('b two')).toMatchObject({ anew: false, carry: (own('b one') as { readonly carry: string }).carry });
  expect(own('a')).not.toMatchObject({ carry: (own('b one') as { readonly carry: string }).carry });
  expect(own('after')).toBeUndefined();
  const carried = new Map([...(session.snapshot.state?.executions.values() ?? [])].map(({ text, environmentCarried }) => [text, environmentCarried]));
  expect(Object.fromEntries(carried)).toEqual({ before: true, a: false, 'b one': true, 'b two': false, c: false, after: true });
});

test('a failure lets the others finish and stops what follows', async () => {
  const { kit, session } = await runningOn();
  await until(() => expect(now(kit)).toHaveLength(3));
  finish(kit, 'a', 1);
  await until(() => expect(status(session, 'a')).toBe('failed'));
  expect(now(kit)).toEqual(['b one', 'c']);
  finish(kit, 'b one');
  await until(() => expect(now(kit)).toContain('b two'));
  finish(kit, 'b two');
  finish(kit, 'c');
  await session.whenIdle();
  expect(['a', 'b', 'c', 'after'].map((id) => status(session, id))).toEqual(['failed', 'done', 'done', 'open']);
  expect([session.snapshot.runningOn, kit.executor.texts.includes('after')]).toEqual([false, false]);
});

test('stopping acts on one of them', async () => {
  const { kit, session } = await runningOn();
  await until(() => expect(now(kit)).toHaveLength(3));
  await act(session, 'stop', 'b');
  await until(() => expect(status(session, 'b')).toBe('failed'));
  expect(now(kit)).toEqual(['a', 'c']);
});

test('there are never more at once than there may be; the others begin as one ends, and a failure keeps them from it', async () => {
  const ids = Array.from({ length: MOST_AT_ONCE + 3 }, (_, at) => `s${String(at)}`);
  const { kit, session } = await runningOn(runbookOf(ids.map((id) => stepOf(id, { commands: [id], ...group }))));
  await until(() => expect(now(kit)).toEqual(ids.slice(0, MOST_AT_ONCE)));
  finish(kit, 's1');
  await until(() => expect(now(kit)).toContain(`s${String(MOST_AT_ONCE)}`));
  expect(kit.executor.requests.at(-1)?.terminal?.key).toBe('lane-2');
  finish(kit, 's0', 1);
  await until(() => expect(status(session, 's0')).toBe('failed'));
  for (const text of now(kit)) finish(kit, text);
  await session.whenIdle();
  expect([kit.executor.mostAtOnce, kit.executor.texts.length, status(session, 's6')]).toEqual([MOST_AT_ONCE, MOST_AT_ONCE + 1, 'open']);
});

test('running the next step runs its group and stops behind it', async () => {
  const { kit, session } = await opened();
  await act(session, 'run', 'before');
  await session.whenIdle();
  await session.perform({ type: 'runNext', revision: session.snapshot.revision, stepId: 'a' });
  await until(() => expect(now(kit)).toEqual(['a', 'b one', 'c']));
  for (const text of ['a', 'b one', 'b two', 'c']) {
    await until(() => expect(now(kit)).toContain(text));
    finish(kit, text);
  }
  await session.whenIdle();
  expect(status(session, 'after')).toBe('open');
});

test('a person may run one alone, and another beside it, but nothing else', async () => {
  const { kit, session } = await opened();
  await act(session, 'run', 'c');
  expect(now(kit)).toEqual(['c']);
  await expect(act(session, 'run', 'after')).rejects.toMatchObject({ code: 'already-running' });
  await expect(act(session, 'run', 'c')).rejects.toMatchObject({ code: 'step-runs' });
  await act(session, 'run', 'a');
  expect(now(kit)).toEqual(['c', 'a']);
  await session.perform({ type: 'planRollback', level: 1, revision: session.snapshot.revision });
  await expect(session.perform({ type: 'confirmRollback', level: 1, planId: session.snapshot.plan?.planId ?? '' })).rejects.toMatchObject({ code: 'stop-first' });
  await expect(session.perform({ type: 'abandonRun' })).rejects.toMatchObject({ code: 'already-running' });
});

test('what asks first asks before the others begin; cancelling begins none', async () => {
  const asking = runbookOf([stepOf('a', { commands: ['a'], ...group }), stepOf('b', { commands: ['b'], confirm: true, ...group })]);
  for (const goesOn of [true, false]) {
    const { kit, session } = await runningOn(asking);
    await until(() => expect(session.snapshot.prompt?.title).toContain('Step b'));
    expect(kit.executor.texts).toEqual([]);
    if (goesOn) await answer(session);
    else await session.answer(session.snapshot.prompt?.id ?? '', null);
    if (goesOn) await until(() => expect(now(kit)).toEqual(['b', 'a']));
    else expect(kit.executor.texts).toEqual([]);
  }
});

test('the next window finds each of them again, running or ended', async () => {
  const { kit, session } = await runningOn();
  await until(() => expect(now(kit)).toHaveLength(3));
  kit.kill(session);
  finish(kit, 'a');
  const next = kit.open(RUNBOOK);
  await next.resume(kit.runId);
  await until(() => expect(status(next, 'a')).toBe('done'));
  expect([status(next, 'b'), status(next, 'c')]).toEqual(['running', 'running']);
  finish(kit, 'c', 4);
  await until(() => expect(status(next, 'c')).toBe('failed'));
  finish(kit, 'b one');
  await next.whenIdle();
  expect(status(next, 'b')).toBe('partly');
});

test('a question that is left for something else takes the group with it: a step run alone later starts no other', async () => {
  const asking = runbookOf([stepOf('a', { commands: ['a'], confirm: true, ...group }), stepOf('b', { commands: ['b one'], ...group }), stepOf('c', { commands: ['c'], ...group })]);
  const { kit, session } = await opened(asking);
  await session.perform({ type: 'runNext', revision: session.snapshot.revision });
  expect(session.snapshot.prompt).not.toBeNull();
  await session.perform({ type: 'closeRollback' });
  expect(session.snapshot.prompt).toBeNull();
  await act(session, 'run', 'b');
  finish(kit, 'b one');
  await session.whenIdle();
  expect(kit.executor.texts).toEqual(['b one']);
});

test('a step between two of its blocks takes its place among those that may run at once', async () => {
  const ids = Array.from({ length: MOST_AT_ONCE + 2 }, (_, at) => `s${String(at)}`);
  const { kit, session } = await runningOn(runbookOf([stepOf('s0', { commands: ['s0', 's0 two'], ...group }), ...ids.slice(1).map((id) => stepOf(id, { commands: [id], ...group }))]));
  await until(() => expect(now(kit)).toHaveLength(MOST_AT_ONCE));
  finish(kit, 's1');
  finish(kit, 's0');
  await until(() => expect(now(kit)).toContain('s0 two'));
  await until(() => expect(now(kit)).toContain('s4'));
  expect([kit.executor.mostAtOnce, status(session, 's5')]).toEqual([MOST_AT_ONCE, 'open']);
});
