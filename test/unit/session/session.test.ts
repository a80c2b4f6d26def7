import { expect, test } from 'vitest';
import { statusOf } from '../../../src/core/run/derived.ts';
import type { RunSession } from '../../../src/session/api.ts';
import { commandOf } from '../../fakes/commands.ts';
import { runbookOf, sectionOf, stepOf } from '../../fakes/runbooks.ts';
import { act, answer, SessionKit } from '../../fakes/sessionKit.ts';

const RUNBOOK = runbookOf(
  [
    stepOf('look'),
    stepOf('build', { commands: ['make'] }),
    stepOf('ship', { commands: ['push one', 'push two'] }),
    stepOf('go', { kind: 'gate', decision: 'go', sectionId: 'gate' }),
    stepOf('no', { kind: 'gate', decision: 'no-go', sectionId: 'gate' }),
    stepOf('after', { commands: ['smoke'] }),
  ],
  { sections: [sectionOf('gate')] },
);

const status = (session: RunSession, id: string): string => statusOf(session.snapshot.runbook, session.snapshot.state, id);

async function started(kit: SessionKit, runbook = RUNBOOK): Promise<RunSession> {
  const session = kit.open(runbook);
  await session.perform({ type: 'startRun' });
  return session;
}

test('a start is on disk before the executor hears of it, and the end before it is shown', async () => {
  const kit = new SessionKit();
  const session = await started(kit);
  kit.executor.onExecute = ({ executionId }) => {
    expect(kit.disk.eventsOf(kit.runId).some(({ body }) => body.type === 'command.started' && body.executionId === executionId)).toBe(true);
  };
  session.onDidChange(({ state }) => {
    const ended = [...(state?.executions.values() ?? [])].filter(({ outcome }) => outcome !== null).length;
    expect(kit.types.filter((type) => type === 'command.ended').length).toBeGreaterThanOrEqual(ended);
  });
  await act(session, 'run', 'build');
  await session.whenIdle();
  expect(status(session, 'build')).toBe('done');
  expect(kit.types).toEqual(['run.started', 'command.started', 'command.ended']);
});

test('several commands run in order, a failure stops there, and retry goes on at the failed one', async () => {
  let code = 1;
  const kit = new SessionKit(({ text }) => ({ kind: 'exited', code: text === 'push two' ? code : 0 }));
  const session = await started(kit);
  await act(session, 'run', 'ship');
  await session.whenIdle();
  expect(status(session, 'ship')).toBe('failed');
  code = 0;
  await act(session, 'retry', 'ship');
  await session.whenIdle();
  expect(kit.executor.texts).toEqual(['push one', 'push two', 'push two']);
  expect(status(session, 'ship')).toBe('done');
});

test('running on stops at the first failure, manual step and gate', async () => {
  const kit = new SessionKit();
  const session = await started(kit);
  await expect(session.perform({ type: 'runUntilGate', revision: 1 })).rejects.toMatchObject({ code: 'next-is-manual' });
  expect(session.snapshot.runningOn).toBe(false);
  await act(session, 'tick', 'look');
  await session.perform({ type: 'runUntilGate', revision: 1 });
  await session.whenIdle();
  expect(kit.executor.texts).toEqual(['make', 'push one', 'push two']);
  expect(session.snapshot.runningOn).toBe(false);
  await expect(act(session, 'run', 'after')).rejects.toMatchObject({ code: 'step-waits' });
  await act(session, 'go', 'go');
  kit.executor.script = () => ({ kind: 'exited', code: 2 });
  await session.perform({ type: 'runUntilGate', revision: 1 });
  await session.whenIdle();
  expect(status(session, 'after')).toBe('failed');
  expect(session.snapshot.runningOn).toBe(false);
});

test('No-Go stops the way forward, and the run then ends as stopped', async () => {
  const kit = new SessionKit();
  const session = await started(kit);
  await act(session, 'noGo', 'no');
  await expect(act(session, 'run', 'build')).rejects.toMatchObject({ code: 'step-waits' });
  await expect(act(session, 'tick', 'look')).rejects.toMatchObject({ code: 'step-waits' });
  await session.perform({ type: 'endRun' });
  expect(session.snapshot.state?.ended?.outcome).toBe('stopped');
  expect(kit.executor.released).toEqual([kit.runId]);
});

test('two clicks at once run one command', async () => {
  const kit = new SessionKit(() => 'hangs');
  const session = await started(kit);
  const clicks = await Promise.allSettled([act(session, 'run', 'build'), act(session, 'run', 'build'), act(session, 'run', 'ship')]);
  expect(clicks.map(({ status: how }) => how)).toEqual(['fulfilled', 'rejected', 'rejected']);
  expect(kit.executor.requests).toHaveLength(1);
  expect(session.snapshot.error).toContain('still running');
});

test('runNext with the step that was shown does not run another one', async () => {
  const kit = new SessionKit();
  const session = await started(kit);
  await act(session, 'tick', 'look');
  await session.perform({ type: 'runNext', revision: 1, stepId: 'build' });
  await session.whenIdle();
  await expect(session.perform({ type: 'runNext', revision: 1, stepId: 'build' })).rejects.toMatchObject({ code: 'not-next' });
  expect(kit.executor.texts).toEqual(['make']);
});

test('stop goes through while a command runs; what ends after it is cancelled even with code 0', async () => {
  const kit = new SessionKit(() => 'hangs');
  kit.executor.onStop = { kind: 'exited', code: 0 };
  const session = await started(kit);
  await act(session, 'run', 'build');
  expect(status(session, 'build')).toBe('running');
  await act(session, 'stop', 'build');
  await session.whenIdle();
  expect(status(session, 'build')).toBe('failed');
  expect([...(session.snapshot.state?.executions.values() ?? [])][0]?.outcome).toEqual({ kind: 'cancelled', code: 0 });
});

test('skip and mark done ask for a reason; a blank one keeps the question open', async () => {
  const kit = new SessionKit();
  const session = await started(kit);
  await act(session, 'skip', 'build');
  await answer(session, { reason: '  ' });
  expect(session.snapshot.prompt?.inputs[0]?.error).not.toBeNull();
  await answer(session, { reason: 'built before' });
  expect(status(session, 'build')).toBe('skipped');
  await act(session, 'markDone', 'ship');
  await answer(session, { reason: 'pushed by hand' });
  expect(session.snapshot.state?.steps.get('ship')).toMatchObject({ status: 'done', doneBy: 'forced', reason: 'pushed by hand' });
  await act(session, 'reopen', 'ship');
  expect(status(session, 'ship')).toBe('open');
});

test('a done step runs again only after it was confirmed, from its first command', async () => {
  const kit = new SessionKit();
  const session = await started(kit);
  await act(session, 'run', 'ship');
  await session.whenIdle();
  await act(session, 'run', 'ship');
  expect(session.snapshot.prompt?.title).toContain('again');
  expect(kit.executor.requests).toHaveLength(2);
  await answer(session);
  await session.whenIdle();
  expect(kit.executor.texts).toEqual(['push one', 'push two', 'push one', 'push two']);
  expect(status(session, 'ship')).toBe('done');
});

test('placeholders are asked for, prefilled, recorded, and reach the command as a variable', async () => {
  const kit = new SessionKit();
  const runbook = runbookOf([stepOf('a', { commands: ['echo "<tag>"'] }), stepOf('b', { commands: ['echo "<tag>" [other]'] })]);
  const session = await started(kit, runbook);
  await act(session, 'run', 'a');
  await answer(session, { 'field:tag': 'a\nb' });
  expect(session.snapshot.prompt?.inputs[0]?.error).toContain('line break');
  await answer(session, { 'field:tag': "v1'; touch P #" });
  await session.whenIdle();
  expect(kit.executor.requests[0]).toMatchObject({ text: 'echo "${RUNBOOK_FIELD_1}"', variables: { RUNBOOK_FIELD_1: "v1'; touch P #" } });
  expect(status(session, 'a')).toBe('done');
  await act(session, 'run', 'b');
  expect(session.snapshot.prompt?.inputs.map(({ name, value }) => [name, value])).toEqual([
    ['field:tag', "v1'; touch P #"],
    ['field:other', ''],
  ]);
});

test('a confirmation by word has to be typed', async () => {
  const kit = new SessionKit();
  const session = await started(kit, runbookOf([stepOf('a', { commands: [commandOf('rm x', { confirm: 'production' })] })]));
  await act(session, 'run', 'a');
  await answer(session, { 'confirm:production': 'Production' });
  expect(kit.executor.requests).toHaveLength(0);
  await answer(session);
  await session.whenIdle();
  expect(kit.executor.texts).toEqual(['rm x']);
  expect([...(session.snapshot.state?.executions.values() ?? [])][0]?.acknowledged).toEqual(['confirm:production']);
});

test('running on waits at a confirmation; cancelling it turns running on off', async () => {
  const kit = new SessionKit();
  const session = await started(kit, runbookOf([stepOf('a', { commands: ['one'] }), stepOf('b', { commands: ['two'], confirm: true })]));
  await session.perform({ type: 'runUntilGate', revision: 1 });
  await session.whenIdle();
  expect(session.snapshot).toMatchObject({ runningOn: true, prompt: { title: 'Run “Step b”?' } });
  await session.answer(session.snapshot.prompt?.id ?? '', null);
  expect(session.snapshot).toMatchObject({ runningOn: false, prompt: null });
  expect(kit.executor.texts).toEqual(['one']);
});

test('an unfinished run is only abandoned, with a reason', async () => {
  const kit = new SessionKit();
  const session = await started(kit);
  await session.perform({ type: 'endRun' });
  expect(session.snapshot.prompt?.text).toContain('5 steps');
  await answer(session, { reason: 'postponed' });
  expect(session.snapshot.state?.ended).toMatchObject({ outcome: 'abandoned', reason: 'postponed' });
  await expect(act(session, 'tick', 'look')).rejects.toMatchObject({ code: 'run-ended' });
  await session.perform({ type: 'startRun' });
  expect(session.snapshot.state).toMatchObject({ ended: null });
});

test('nothing runs where nothing may run', async () => {
  const kit = new SessionKit();
  const session = await started(kit);
  kit.distrust = new Error('Restricted Mode');
  await expect(act(session, 'run', 'build')).rejects.toThrow('Restricted Mode');
  expect(kit.executor.requests).toHaveLength(0);
  expect(kit.types).toEqual(['run.started']);
});

test('a run that has just begun never tells its own steps as changed', async () => {
  const kit = new SessionKit();
  const session = kit.open(RUNBOOK);
  const changed: number[] = [];
  session.onDidChange(({ drift, isEdited }) => changed.push(drift.steps.size + Number(isEdited)));
  await session.perform({ type: 'startRun' });
  expect(changed.length).toBeGreaterThan(0);
  expect(Math.max(...changed)).toBe(0);
});
