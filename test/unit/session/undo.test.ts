import { expect, test } from 'vitest';
import { activeRollback, rollbackProgress } from '../../../src/core/rollback/progress.ts';
import type { Undo } from '../../../src/core/runbook/model.ts';
import type { RunSession } from '../../../src/session/api.ts';
import { commandOf } from '../../fakes/commands.ts';
import { levelOf, runbookOf, stepOf } from '../../fakes/runbooks.ts';
import { act, answer, SessionKit } from '../../fakes/sessionKit.ts';

const undoOf = (stepId: string, text = `undo ${stepId}`): Undo => ({ stepIds: [stepId], command: commandOf(text) });
const STEPS = ['a', 'b', 'c'].map((id) => stepOf(id, { commands: [`do ${id}`] }));
const RUNBOOK = runbookOf(STEPS, { undos: [undoOf('a'), undoOf('b'), undoOf('c')], rollbackLevels: [levelOf(1, ['level 1'])] });

async function ran(kit: SessionKit, ...ids: readonly string[]): Promise<RunSession> {
  const session = kit.open(RUNBOOK);
  await session.perform({ type: 'startRun' });
  for (const id of ids) {
    await act(session, 'run', id);
    await session.whenIdle();
  }
  return session;
}

async function undo(session: RunSession): Promise<void> {
  await session.perform({ type: 'planRollback', level: 0, revision: session.snapshot.revision });
  await session.perform({ type: 'confirmRollback', level: 0, planId: session.snapshot.plan?.planId ?? '' });
}

const undone = (kit: SessionKit): readonly string[] => kit.executor.texts.filter((text) => text.startsWith('undo'));

test('what started is undone in reverse, and nothing else; then the run ends as rolled back', async () => {
  const kit = new SessionKit(({ text }) => ({ kind: 'exited', code: text === 'do b' ? 1 : 0 }));
  const session = await ran(kit, 'a', 'b');
  await session.perform({ type: 'planRollback', level: 0, revision: 1 });
  expect(kit.executor.texts).toEqual(['do a', 'do b']);
  expect(session.snapshot.plan?.commands.map(({ text, undoes }) => [text, undoes])).toEqual([['undo b', ['b']], ['undo a', ['a']]]);
  await undo(session);
  await session.whenIdle();
  expect(undone(kit)).toEqual(['undo b', 'undo a']);
  await session.perform({ type: 'endRun' });
  expect(session.snapshot.state?.ended?.outcome).toBe('rolled-back');
});

test('without anything to undo nothing is begun', async () => {
  const kit = new SessionKit();
  const session = await ran(kit);
  await expect(undo(session)).rejects.toMatchObject({ code: 'nothing-to-undo' });
});

test('killed after any event, it goes on at the first undo that is not done and repeats none', async () => {
  for (let kill = 1; kill < 16; kill += 1) {
    const kit = new SessionKit();
    const session = await ran(kit, 'a', 'b', 'c');
    let seen = 0;
    session.onDidChange(() => {
      if (++seen === kill) kit.kill(session);
    });
    await undo(session).catch(() => undefined);
    await Promise.race([session.whenIdle(), new Promise((resolve) => void setImmediate(resolve))]);
    kit.kill(session);
    const again = kit.open(RUNBOOK);
    await again.resume(kit.runId);
    await again.whenIdle();
    const begun = again.snapshot.state?.rollbacks.length ?? 0;
    if (begun === 0) await undo(again);
    else if (activeRollback(again.snapshot.state) !== null) await again.perform({ type: 'retryRollback' });
    await again.whenIdle();
    expect(again.snapshot.state?.rollbacks.map(({ outcome }) => outcome)).toEqual(['succeeded']);
    expect(undone(kit)).toEqual(['undo c', 'undo b', 'undo a']);
  }
});

test('an undo that fails stays where it is; given up and begun anew it leaves out what is undone', async () => {
  let fails = true;
  const kit = new SessionKit(({ text }) => ({ kind: 'exited', code: text === 'undo b' && fails ? 1 : 0 }));
  const session = await ran(kit, 'a', 'b', 'c');
  await undo(session);
  await session.whenIdle();
  const { state } = session.snapshot;
  expect(state !== null && rollbackProgress(state, state.rollbacks[0]!)).toMatchObject({ phase: 'failed', next: 1 });
  await session.perform({ type: 'abandonRollback' });
  await answer(session, { reason: 'mending it' });
  fails = false;
  await undo(session);
  expect(session.snapshot.plan?.commands.map(({ text }) => text)).toEqual(['undo b', 'undo a']);
  await session.whenIdle();
  expect(undone(kit)).toEqual(['undo c', 'undo b', 'undo b', 'undo a']);
});

test('an undo that hangs is stopped by a person and is not called done; one that is lost has to be verified', async () => {
  const kit = new SessionKit(({ text }) => (text === 'undo c' ? 'hangs' : text === 'undo b' ? { kind: 'lost', reason: 'gone' } : { kind: 'exited', code: 0 }));
  const session = await ran(kit, 'a', 'b', 'c');
  await undo(session);
  await session.perform({ type: 'stopRollback' });
  await session.whenIdle();
  expect(activeRollback(session.snapshot.state)).not.toBeNull();
  kit.executor.script = ({ text }) => (text === 'undo b' ? { kind: 'lost', reason: 'gone' } : { kind: 'exited', code: 0 });
  await session.perform({ type: 'retryRollback' });
  await session.whenIdle();
  kit.executor.script = () => ({ kind: 'exited', code: 0 });
  await session.perform({ type: 'retryRollback' });
  expect(session.snapshot.prompt?.title).toBe('Run the last undo again');
  await answer(session);
  await session.whenIdle();
  expect(undone(kit)).toEqual(['undo c', 'undo c', 'undo b', 'undo b', 'undo a']);
  expect(session.snapshot.state?.rollbacks[0]?.outcome).toBe('succeeded');
});

test('undo blocks that were edited in the run have to be read first; edited midway it does not go on', async () => {
  const kit = new SessionKit(({ text }) => ({ kind: 'exited', code: text.startsWith('other') ? 1 : 0 }));
  const session = await ran(kit, 'a');
  kit.edit(session, runbookOf(STEPS, { undos: [undoOf('a', 'other')] }));
  await undo(session);
  expect(session.snapshot.prompt?.difference).toBeDefined();
  await answer(session);
  await session.whenIdle();
  expect(kit.executor.texts).toEqual(['do a', 'other']);
  kit.edit(session, runbookOf(STEPS, { undos: [undoOf('a', 'rm -rf /')] }));
  await expect(session.perform({ type: 'retryRollback' })).rejects.toMatchObject({ code: 'plan-changed-midway' });
  expect(kit.executor.texts).toHaveLength(2);
});
