import { expect, test } from 'vitest';
import { activeRollback, rollbackProgress } from '../../../src/core/rollback/progress.ts';
import type { Runbook } from '../../../src/core/runbook/model.ts';
import type { RunSession } from '../../../src/session/api.ts';
import { levelOf, runbookOf, stepOf } from '../../fakes/runbooks.ts';
import { act, answer, SessionKit } from '../../fakes/sessionKit.ts';

const LEVELS = [levelOf(1, ['flag off', 'drain'], ['probe'], { budgetSeconds: 120 }), levelOf(2, ['redeploy <tag>'])];
const RUNBOOK = runbookOf([stepOf('a', { commands: ['deploy'] }), stepOf('check', { aside: true })], { rollbackLevels: LEVELS });

async function started(kit: SessionKit, runbook: Runbook = RUNBOOK): Promise<RunSession> {
  const session = kit.open(runbook);
  await session.perform({ type: 'startRun' });
  return session;
}

async function rollBack(session: RunSession, level: number): Promise<void> {
  await session.perform({ type: 'planRollback', level, revision: session.snapshot.revision });
  await session.perform({ type: 'confirmRollback', level, planId: session.snapshot.plan?.planId ?? '' });
}

test('a level runs its commands, then those that verify it, and ends by itself; the run then ends as rolled back', async () => {
  const kit = new SessionKit();
  const session = await started(kit);
  await act(session, 'run', 'a');
  await session.whenIdle();
  await session.perform({ type: 'planRollback', level: 1, revision: 1 });
  expect(kit.executor.texts).toEqual(['deploy']);
  expect(session.snapshot.plan).toMatchObject({ level: 1, startedStepIds: ['a'] });
  await rollBack(session, 1);
  await session.whenIdle();
  expect(kit.executor.texts).toEqual(['deploy', 'flag off', 'drain', 'probe']);
  expect(session.snapshot.state?.rollbacks[0]).toMatchObject({ outcome: 'succeeded' });
  await expect(act(session, 'run', 'a')).rejects.toMatchObject({ code: 'step-waits' });
  await act(session, 'tick', 'check');
  await session.perform({ type: 'endRun' });
  expect(session.snapshot.state?.ended?.outcome).toBe('rolled-back');
});

test('a rollback without a run begins a record first', async () => {
  const kit = new SessionKit();
  const session = kit.open(RUNBOOK);
  await rollBack(session, 1);
  await session.whenIdle();
  expect(kit.types.slice(0, 3)).toEqual(['run.started', 'rollback.started', 'command.started']);
  expect(session.snapshot.state?.rollbacks[0]?.outcome).toBe('succeeded');
});

test('a failure stays where it is: nothing escalates, and going on begins at the failed command', async () => {
  let fails = true;
  const kit = new SessionKit(({ text }) => ({ kind: 'exited', code: text === 'drain' && fails ? 1 : 0 }));
  const session = await started(kit);
  await rollBack(session, 1);
  await session.whenIdle();
  const state = session.snapshot.state;
  expect(state !== null && rollbackProgress(state, state.rollbacks[0]!)).toMatchObject({ phase: 'failed', next: 1 });
  expect(state?.rollbacks).toHaveLength(1);
  await expect(act(session, 'run', 'a')).rejects.toMatchObject({ code: 'step-waits' });
  fails = false;
  await session.perform({ type: 'retryRollback' });
  await session.whenIdle();
  expect(kit.executor.texts).toEqual(['flag off', 'drain', 'drain', 'probe']);
  expect(session.snapshot.state?.rollbacks[0]?.outcome).toBe('succeeded');
});

test('going on to the next level ends the failed one; its placeholders are asked for', async () => {
  const kit = new SessionKit(({ text }) => ({ kind: 'exited', code: text === 'flag off' ? 1 : 0 }));
  const session = await started(kit);
  await rollBack(session, 1);
  await session.whenIdle();
  await rollBack(session, 2);
  expect(session.snapshot.prompt?.inputs.map(({ name }) => name)).toEqual(['field:tag']);
  expect(session.snapshot.state?.rollbacks).toHaveLength(1);
  await answer(session, { 'field:tag': 'v1' });
  await session.whenIdle();
  expect(session.snapshot.state?.rollbacks.map(({ outcome }) => outcome)).toEqual(['failed', 'succeeded']);
  expect(kit.executor.requests.at(-1)).toMatchObject({ text: 'redeploy "${RUNBOOK_FIELD_1}"', variables: { RUNBOOK_FIELD_1: 'v1', GUIDED_RUNBOOKS_RUN: kit.runId } });
});

test('a plan that changed between looking and confirming is refused and shown anew', async () => {
  const kit = new SessionKit();
  const session = await started(kit);
  await session.perform({ type: 'planRollback', level: 1, revision: 1 });
  const planId = session.snapshot.plan?.planId ?? '';
  kit.edit(session, runbookOf(RUNBOOK.steps, { rollbackLevels: [levelOf(1, ['rm -rf /'])] }));
  await expect(session.perform({ type: 'confirmRollback', level: 1, planId })).rejects.toMatchObject({ code: 'plan-changed' });
  expect(kit.executor.requests).toHaveLength(0);
  expect(session.snapshot.plan?.commands.map(({ text }) => text)).toEqual(['rm -rf /']);
});

test('while a command runs a rollback says to stop it first', async () => {
  const kit = new SessionKit(({ text }) => (text === 'deploy' ? 'hangs' : { kind: 'exited', code: 0 }));
  const session = await started(kit);
  await act(session, 'run', 'a');
  await expect(rollBack(session, 1)).rejects.toMatchObject({ code: 'stop-first' });
  await act(session, 'stop', 'a');
  await session.whenIdle();
  await rollBack(session, 1);
  await session.whenIdle();
  expect(session.snapshot.state?.rollbacks[0]?.outcome).toBe('succeeded');
});

test('the budget only gives notice', async () => {
  const kit = new SessionKit(() => 'hangs');
  const session = await started(kit);
  await rollBack(session, 1);
  let notices = 0;
  session.onDidChange(({ overBudget }) => (notices += overBudget ? 1 : 0));
  kit.clock.advance(119_999);
  expect(session.snapshot.overBudget).toBe(false);
  kit.clock.advance(1);
  expect(notices).toBe(1);
  expect(session.snapshot.overBudget).toBe(true);
  expect(kit.executor.running).toHaveLength(1);
  expect(session.snapshot.state?.rollbacks).toHaveLength(1);
});

test('giving up asks why; stopping leaves the rollback under way', async () => {
  const kit = new SessionKit(() => 'hangs');
  const session = await started(kit);
  await rollBack(session, 1);
  await session.perform({ type: 'stopRollback' });
  await session.whenIdle();
  expect(activeRollback(session.snapshot.state)).not.toBeNull();
  await expect(session.perform({ type: 'endRun' }).then(() => answer(session, { reason: 'x' }))).rejects.toMatchObject({ code: 'rollback-active' });
  await session.perform({ type: 'abandonRollback' });
  await answer(session, { reason: 'fixed forward' });
  expect(session.snapshot.state?.rollbacks[0]).toMatchObject({ outcome: 'abandoned', reason: 'fixed forward' });
});

test('killed after any event, it goes on at the first command that is not done and never repeats one that is', async () => {
  for (let kill = 0; kill < 9; kill += 1) {
    const kit = new SessionKit();
    const session = await started(kit);
    let seen = 0;
    session.onDidChange(() => {
      if (++seen === kill) kit.kill(session);
    });
    await rollBack(session, 1).catch(() => undefined);
    await Promise.race([session.whenIdle(), settle()]);
    kit.kill(session);
    const again = kit.open(RUNBOOK);
    await again.resume(kit.runId);
    await again.whenIdle();
    if (activeRollback(again.snapshot.state) === null && again.snapshot.state?.rollbacks.length === 0) continue;
    if (activeRollback(again.snapshot.state) !== null) {
      await again.perform({ type: 'retryRollback' });
      await again.whenIdle();
    }
    expect(again.snapshot.state?.rollbacks.map(({ outcome }) => outcome)).toEqual(['succeeded']);
    expect(kit.executor.texts).toEqual(['flag off', 'drain', 'probe']);
  }
});

test('a rollback does not go on when its level was edited meanwhile', async () => {
  const kit = new SessionKit(() => ({ kind: 'exited', code: 1 }));
  const session = await started(kit);
  await rollBack(session, 1);
  await session.whenIdle();
  kit.edit(session, runbookOf(RUNBOOK.steps, { rollbackLevels: [levelOf(1, ['something else'])] }));
  await expect(session.perform({ type: 'retryRollback' })).rejects.toMatchObject({ code: 'plan-changed-midway' });
  expect(kit.executor.requests).toHaveLength(1);
});

test('levels that are missing or empty run nothing', async () => {
  const kit = new SessionKit();
  const session = await started(kit, runbookOf([], { rollbackLevels: [levelOf(1, [])] }));
  await expect(rollBack(session, 1)).rejects.toMatchObject({ code: 'empty-level' });
  await expect(rollBack(session, 7)).rejects.toMatchObject({ code: 'no-such-level' });
});

/** Lets everything that is ready happen. */
function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

test('what is confirmed bears the name of what happens: rolling back, going on, or running it again', async () => {
  let lost = false;
  const kit = new SessionKit(({ text }) => (text === 'drain' ? (lost ? { kind: 'lost', reason: 'it is gone' } : { kind: 'exited', code: 1 }) : { kind: 'exited', code: 0 }));
  const hidden = { codePoint: 'U+00A0', name: 'no-break space', offset: 0 };
  const [level] = LEVELS;
  if (level === undefined) throw new Error('no level');
  const session = await started(kit, runbookOf(RUNBOOK.steps, { rollbackLevels: [{ ...level, commands: level.commands.map((command) => ({ ...command, hidden: [hidden] })) }] }));
  const asked = (): readonly unknown[] => [session.snapshot.prompt?.title, session.snapshot.prompt?.confirmLabel];
  await rollBack(session, 1);
  expect(asked()).toEqual(['Roll back to level 1: Level 1', 'Roll back']);
  await answer(session);
  await session.whenIdle();
  lost = true;
  await session.perform({ type: 'retryRollback' });
  expect(asked()).toEqual(['Go on with the rollback to level 1: Level 1', 'Go on']);
  await answer(session);
  await session.whenIdle();
  await session.perform({ type: 'retryRollback' });
  expect(asked()).toEqual(['Run the last command again: rollback to level 1: Level 1', 'Run it again']);
});
