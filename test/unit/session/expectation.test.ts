import { expect, test } from 'vitest';
import { EXIT_ZERO, type Expectation } from '../../../src/core/runbook/expectation.ts';
import { commandOf } from '../../fakes/commands.ts';
import { levelOf, runbookOf, stepOf } from '../../fakes/runbooks.ts';
import { act, answer, SessionKit } from '../../fakes/sessionKit.ts';
import type { RunSession } from '../../../src/session/api.ts';

const UP: Expectation = { exit: [0], output: [{ kind: 'contains', text: 'up' }] };

async function ran(expects: Expectation, code: number, prints: string | null): Promise<{ readonly kit: SessionKit; readonly session: RunSession }> {
  const kit = new SessionKit(() => ({ kind: 'exited', code }));
  kit.executor.prints = prints;
  const session = kit.open(runbookOf([stepOf('a', { commands: [commandOf('one', { expects })] })]));
  await session.perform({ type: 'startRun' });
  await act(session, 'run', 'a');
  await session.whenIdle();
  return { kit, session };
}

const statusOfA = (session: RunSession): string | undefined => session.snapshot.state?.steps.get('a')?.status;

test('an allowed exit code does the step, and the record keeps the real one', async () => {
  const { kit, session } = await ran({ exit: [0, 3], output: [] }, 3, null);
  expect(statusOfA(session)).toBe('done');
  expect(kit.disk.eventsOf(kit.runId).map(({ body }) => body)).toMatchObject([{}, { type: 'command.started', exit: [0, 3] }, { type: 'command.ended', outcome: { kind: 'exited', code: 3 } }]);
});

test('what was expected and what became of it are facts of the record', async () => {
  const { kit, session } = await ran(UP, 0, 'down');
  expect(statusOfA(session)).toBe('failed');
  expect(kit.disk.eventsOf(kit.runId).map(({ body }) => body)).toMatchObject([
    {},
    { expect: [{ kind: 'contains', text: 'up' }] },
    { outcome: { kind: 'exited', code: 0 }, expectation: { result: 'failed', detail: 'Its output does not contain “up”.' } },
  ]);
  const other = await ran(UP, 0, 'it is up');
  expect(statusOfA(other.session)).toBe('done');
});

test('an output that nobody heard is inconclusive, and asks before it runs again', async () => {
  const { session } = await ran(UP, 0, null);
  expect(statusOfA(session)).toBe('unknown');
  await act(session, 'retry', 'a');
  expect(session.snapshot.prompt?.inputs.map(({ label }) => label)).toEqual(['I have verified what the last command did, and it may run again']);
  await answer(session);
  await session.whenIdle();
  expect(session.snapshot.state?.executions.size).toBe(2);
});

test('nothing is said of an output when the exit code is wrong already by being no exit', async () => {
  const kit = new SessionKit(() => ({ kind: 'timedOut', afterSeconds: 5 }));
  kit.executor.prints = 'up';
  const session = kit.open(runbookOf([stepOf('a', { commands: [commandOf('one', { expects: UP })] })]));
  await session.perform({ type: 'startRun' });
  await act(session, 'run', 'a');
  await session.whenIdle();
  expect(statusOfA(session)).toBe('failed');
  expect(kit.disk.eventsOf(kit.runId).at(-1)?.body).not.toHaveProperty('expectation');
});

test('a rollback whose verification prints something else has not succeeded', async () => {
  const kit = new SessionKit();
  kit.executor.prints = 'still there';
  const runbook = runbookOf([stepOf('a', { commands: ['one'] })], { rollbackLevels: [levelOf(1, ['undo'], [], { verify: [commandOf('look', { expects: { exit: [0], output: [{ kind: 'exact', text: 'gone' }] } })] })] });
  const session = kit.open(runbook);
  await session.perform({ type: 'startRun' });
  await session.perform({ type: 'planRollback', level: 1, revision: session.snapshot.revision });
  await session.perform({ type: 'confirmRollback', level: 1, planId: session.snapshot.plan?.planId ?? '' });
  await session.whenIdle();
  expect(kit.executor.texts).toEqual(['undo', 'look']);
  expect(session.snapshot.state?.rollbacks[0]?.outcome).toBe(null);
  kit.executor.prints = 'gone';
  await session.perform({ type: 'retryRollback' });
  await session.whenIdle();
  expect(kit.executor.texts).toEqual(['undo', 'look', 'look']);
  expect(session.snapshot.state?.rollbacks[0]?.outcome).toBe('succeeded');
});

test('a plan whose success was edited is another plan', async () => {
  const kit = new SessionKit();
  const level = (expects: Expectation) => runbookOf([], { rollbackLevels: [levelOf(1, [], [], { commands: [commandOf('undo', { expects })] })] });
  const session = kit.open(level(EXIT_ZERO));
  await session.perform({ type: 'planRollback', level: 1, revision: session.snapshot.revision });
  const planId = session.snapshot.plan?.planId ?? '';
  kit.edit(session, level({ exit: [0, 1], output: [] }));
  await expect(session.perform({ type: 'confirmRollback', level: 1, planId })).rejects.toThrow();
});
