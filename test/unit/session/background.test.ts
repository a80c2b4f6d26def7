import { expect, test, vi } from 'vitest';
import { statusOf } from '../../../src/core/run/derived.ts';
import type { RunSession } from '../../../src/session/api.ts';
import { levelOf, runbookOf, stepOf } from '../../fakes/runbooks.ts';
import { act, answer, SessionKit } from '../../fakes/sessionKit.ts';

const RUNBOOK = runbookOf([stepOf('build', { commands: ['make'] }), stepOf('serve', { commands: ['serve'], background: true }), stepOf('use', { commands: ['use'] })], { rollbackLevels: [levelOf(1, ['back'])] });
const STAYS_UP_MS = 2_000;

const status = (session: RunSession, id: string): string => statusOf(session.snapshot.runbook, session.snapshot.state, id);
const bodies = (kit: SessionKit): readonly { readonly type: string }[] => kit.disk.eventsOf(kit.runId).map(({ body }) => body);
/** Until what goes on by itself has been recorded: what runs in the background does not count as work that is left. */
const until = (condition: () => void): Promise<void> => vi.waitFor(condition, { interval: 1 });

function newKit(): SessionKit {
  return new SessionKit(({ text }) => (text === 'serve' ? 'hangs' : { kind: 'exited', code: 0 }));
}

async function serving(kit = newKit(), runbook = RUNBOOK): Promise<{ readonly kit: SessionKit; readonly session: RunSession; readonly executionId: string }> {
  const session = kit.open(runbook);
  await session.perform({ type: 'startRun' });
  await act(session, 'run', 'build');
  await session.whenIdle();
  await act(session, 'run', 'serve');
  const executionId = kit.executor.running[0] ?? '';
  kit.clock.advance(STAYS_UP_MS);
  await session.whenIdle();
  return { kit, session, executionId };
}

test('it holds up what comes after it until it has stayed up, and is never called done', async () => {
  const kit = newKit();
  const session = kit.open(RUNBOOK);
  await session.perform({ type: 'startRun' });
  await act(session, 'run', 'serve');
  kit.clock.advance(STAYS_UP_MS - 1);
  expect(status(session, 'serve')).toBe('running');
  await expect(act(session, 'run', 'use')).rejects.toMatchObject({ code: 'already-running' });
  kit.clock.advance(1);
  await session.whenIdle();
  expect([status(session, 'serve'), session.snapshot.state?.activeExecutionId]).toEqual(['background', null]);
  await act(session, 'run', 'use');
  await session.whenIdle();
  expect([status(session, 'use'), kit.executor.running.length]).toEqual(['done', 1]);
});

test('running on goes past it, and it runs in a terminal and an environment of its own, without the limit of the file', async () => {
  const kit = newKit();
  const runbook = runbookOf([...RUNBOOK.steps], { frontMatter: { ...RUNBOOK.frontMatter, timeoutSeconds: 60 } });
  const session = kit.open(runbook);
  await session.perform({ type: 'startRun' });
  await session.perform({ type: 'runUntilGate', revision: session.snapshot.revision });
  await until(() => expect(kit.executor.texts).toEqual(['make', 'serve']));
  kit.clock.advance(STAYS_UP_MS);
  await until(() => expect(kit.executor.texts).toEqual(['make', 'serve', 'use']));
  await session.whenIdle();
  const [build, serve] = kit.executor.requests;
  expect([build?.terminal, build?.timeoutSeconds, serve?.timeoutSeconds]).toEqual([undefined, 60, null]);
  expect(serve?.terminal).toMatchObject({ title: 'Step serve: background', anew: true });
  expect(bodies(kit).filter(({ type }) => type === 'command.started')).toMatchObject([{}, { background: true }, {}]);
});

test('one that fails before it has stayed up is a failure, and nothing follows', async () => {
  const kit = new SessionKit(() => ({ kind: 'exited', code: 3 }));
  const session = kit.open(RUNBOOK);
  await session.perform({ type: 'startRun' });
  await act(session, 'run', 'serve');
  await session.whenIdle();
  kit.clock.advance(STAYS_UP_MS);
  await session.whenIdle();
  expect(status(session, 'serve')).toBe('failed');
  expect(kit.types).not.toContain('command.stayedUp');
});

test.each([
  [1, 'failed'],
  [0, 'done'],
])('one that ends by itself with exit %i makes its step %s and pauses what goes on by itself', async (code, becomes) => {
  const { kit, session, executionId } = await serving();
  kit.executor.script = () => 'hangs';
  await session.perform({ type: 'runUntilGate', revision: session.snapshot.revision });
  expect(session.snapshot.runningOn).toBe(true);
  kit.executor.finish(executionId, { kind: 'exited', code });
  await until(() => expect(status(session, 'serve')).toBe(becomes));
  await until(() => expect(session.snapshot.runningOn).toBe(false));
  expect(status(session, 'use')).toBe('running');
});

test('one that is stopped by a person stays settled, and is not done', async () => {
  const { kit, session } = await serving();
  await act(session, 'stop', 'serve');
  await until(() => expect(session.snapshot.state?.running.size).toBe(0));
  expect(status(session, 'serve')).toBe('background');
  expect(bodies(kit).at(-1)).toMatchObject({ type: 'command.ended', outcome: { kind: 'cancelled' }, environmentCarried: false });
});

test('restarting asks, ends the old one first, and never has two of it', async () => {
  const { kit, session, executionId } = await serving();
  await act(session, 'retry', 'serve');
  expect(session.snapshot.prompt?.title).toContain('Restart');
  await answer(session);
  expect(kit.executor.stops).toEqual([{ executionId, force: false }]);
  expect([kit.executor.texts.filter((text) => text === 'serve').length, kit.executor.mostAtOnce, status(session, 'serve')]).toEqual([2, 1, 'running']);
  kit.clock.advance(STAYS_UP_MS);
  await session.whenIdle();
  expect(status(session, 'serve')).toBe('background');
});

test('the end of the run stops it before the end is recorded', async () => {
  const { kit, session } = await serving();
  await act(session, 'run', 'use');
  await session.whenIdle();
  await session.perform({ type: 'endRun' });
  expect(session.snapshot.state?.ended?.outcome).toBe('completed');
  expect(kit.types.slice(-3)).toEqual(['command.stopRequested', 'command.ended', 'run.ended']);
  expect(kit.executor.released).toEqual([kit.runId]);
});

test('what does not go is forced; what cannot be stopped holds up the end, and only abandoning says it may still run', async () => {
  const { kit, session, executionId } = await serving();
  kit.executor.onStop = 'ignores';
  await act(session, 'run', 'use');
  await session.whenIdle();
  const ending = session.perform({ type: 'endRun' }).catch((error: unknown) => error);
  await until(() => expect(kit.executor.stops).toHaveLength(1));
  kit.clock.advance(5_000);
  await until(() => expect(kit.executor.stops.at(-1)).toEqual({ executionId, force: true }));
  kit.clock.advance(10_000);
  expect(await ending).toMatchObject({ code: 'background-still-runs' });
  expect(session.snapshot.state?.ended).toBeNull();
  await session.perform({ type: 'abandonRun' });
  expect(session.snapshot.prompt?.text).toContain('What runs in the background is stopped.');
  const abandoning = answer(session, { reason: 'it hangs' });
  await until(() => expect(kit.executor.stops).toHaveLength(3));
  kit.clock.advance(5_000);
  await until(() => expect(kit.executor.stops).toHaveLength(4));
  kit.clock.advance(10_000);
  await abandoning;
  expect(session.snapshot.state?.ended?.outcome).toBe('abandoned');
  expect(bodies(kit).at(-2)).toMatchObject({ type: 'command.ended', outcome: { kind: 'lost' } });
});

test('a rollback runs beside it, and its end as rolled back stops it', async () => {
  const { kit, session } = await serving();
  await session.perform({ type: 'planRollback', level: 1, revision: session.snapshot.revision });
  await session.perform({ type: 'confirmRollback', level: 1, planId: session.snapshot.plan?.planId ?? '' });
  await session.whenIdle();
  expect([session.snapshot.state?.rollbacks[0]?.outcome, session.snapshot.state?.running.size]).toEqual(['succeeded', 1]);
  await session.perform({ type: 'endRun' });
  expect([session.snapshot.state?.ended?.outcome, kit.executor.running]).toEqual(['rolled-back', []]);
});

test('the next window finds it again, and hears of its end', async () => {
  const { kit, session, executionId } = await serving();
  kit.kill(session);
  const next = kit.open(RUNBOOK);
  await next.resume(kit.runId);
  await next.whenIdle();
  expect([status(next, 'serve'), next.snapshot.foundAgain.has(executionId)]).toEqual(['background', true]);
  await act(next, 'run', 'use');
  await next.whenIdle();
  expect(status(next, 'use')).toBe('done');
  kit.executor.finish(executionId, { kind: 'exited', code: 7 });
  await until(() => expect(status(next, 'serve')).toBe('failed'));
});

test('one that had only begun when the window went is still seen to stay up', async () => {
  const kit = newKit();
  const session = kit.open(RUNBOOK);
  await session.perform({ type: 'startRun' });
  await act(session, 'run', 'serve');
  kit.kill(session);
  const next = kit.open(RUNBOOK);
  await next.resume(kit.runId);
  expect(status(next, 'serve')).toBe('running');
  kit.clock.advance(STAYS_UP_MS);
  await next.whenIdle();
  expect(status(next, 'serve')).toBe('background');
});

test('stopped before it has stayed up, it never counts as settled, however long it takes to go', async () => {
  const kit = newKit();
  kit.executor.onStop = 'ignores';
  const session = kit.open(RUNBOOK);
  await session.perform({ type: 'startRun' });
  await act(session, 'run', 'serve');
  const [executionId = ''] = kit.executor.running;
  kit.clock.advance(STAYS_UP_MS / 2);
  await act(session, 'stop', 'serve');
  kit.clock.advance(STAYS_UP_MS);
  expect(bodies(kit).map(({ type }) => type)).not.toContain('command.stayedUp');
  kit.executor.finish(executionId, { kind: 'signalled', signal: 'SIGINT' });
  await session.whenIdle();
  expect(status(session, 'serve')).toBe('failed');
});

test('a soak counts from when it stayed up, and stopping it at the end of the run begins no other', async () => {
  const HOUR = 3_600_000;
  const soaking = runbookOf([stepOf('build', { commands: ['make'] }), stepOf('serve', { commands: ['serve'], background: true, soak: { seconds: 3600, words: '1h' } }), stepOf('use', { commands: ['use'] })]);
  const { kit, session } = await serving(newKit(), soaking);
  await expect(act(session, 'run', 'use')).rejects.toThrow('waits for the soak of Step serve');
  kit.clock.advance(HOUR);
  await act(session, 'run', 'use');
  await session.whenIdle();
  const end = session.perform({ type: 'endRun' });
  await until(() => expect(kit.executor.stops).toHaveLength(1));
  await end;
  expect(session.snapshot.state?.ended?.outcome).toBe('completed');
});

test('one that ends without having been told to holds up the rest of a group that is being run', async () => {
  const parallel = 'section warm';
  const kit = new SessionKit(({ text }) => (text === 'make' || text === 'use' ? { kind: 'exited', code: 0 } : 'hangs'));
  const ids = ['a', 'b', 'c', 'd', 'e'];
  const session = kit.open(runbookOf([stepOf('serve', { commands: ['serve'], background: true }), ...ids.map((id) => stepOf(id, { commands: [id], parallel }))]));
  await session.perform({ type: 'startRun' });
  await act(session, 'run', 'serve');
  const [serve = ''] = kit.executor.running;
  kit.clock.advance(STAYS_UP_MS);
  await session.whenIdle();
  await session.perform({ type: 'runNext', revision: session.snapshot.revision, stepId: 'a' });
  await until(() => expect(kit.executor.texts).toEqual(['serve', 'a', 'b', 'c', 'd']));
  kit.executor.finish(serve, { kind: 'exited', code: 1 });
  await until(() => expect(status(session, 'serve')).toBe('failed'));
  for (const executionId of kit.executor.running) kit.executor.finish(executionId, { kind: 'exited', code: 0 });
  await session.whenIdle();
  expect(kit.executor.texts).toEqual(['serve', 'a', 'b', 'c', 'd']);
});
