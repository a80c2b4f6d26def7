import { describe, expect, test } from 'vitest';
import type { RunEventBody } from '../../../src/core/run/events.ts';
import type { Runbook } from '../../../src/core/runbook/model.ts';
import type { RunSession } from '../../../src/session/api.ts';
import { levelOf, runbookOf, stepOf } from '../../fakes/runbooks.ts';
import { act, answer, SessionKit } from '../../fakes/sessionKit.ts';

const [a, b, m] = [stepOf('a', { commands: ['one'] }), stepOf('b', { commands: ['two'] }), stepOf('m')];
const levels = [levelOf(1, ['off'])];
const BOOK = runbookOf([a, b, m], { rollbackLevels: levels });
const book = (...steps: Runbook['steps']): Runbook => runbookOf(steps, { rollbackLevels: levels });
const A2 = stepOf('a', { commands: ['one', 'more'] });

async function running(kit: SessionKit): Promise<RunSession> {
  const session = kit.open(BOOK);
  await session.perform({ type: 'startRun' });
  return session;
}

const bodies = <T extends RunEventBody['type']>(kit: SessionKit, type: T): readonly Extract<RunEventBody, { type: T }>[] =>
  kit.disk.eventsOf(kit.runId).flatMap(({ body }) => (body.type === type ? [body as Extract<RunEventBody, { type: T }>] : []));

const run = async (session: RunSession, stepId: string): Promise<void> => {
  await act(session, 'run', stepId);
  await session.whenIdle();
};

describe('going on after an edit', () => {
  test('shows the difference, records once that it was read, and asks again after a further edit', async () => {
    const kit = new SessionKit();
    const session = await running(kit);
    kit.edit(session, book(A2, b, m));
    await act(session, 'run', 'a');
    const { prompt } = session.snapshot;
    expect(prompt?.difference?.lines.filter(({ sign }) => sign !== ' ')).toEqual([{ sign: '+', text: expect.stringContaining('Run with') as string }, { sign: '+', text: '    more' }]);
    expect(prompt?.commands.map(({ text }) => text)).toEqual(['one', 'more']);
    expect(kit.types).toEqual(['run.started']);
    await answer(session);
    await session.whenIdle();
    expect(kit.types.slice(0, 3)).toEqual(['run.started', 'drift.acknowledged', 'command.started']);
    expect(bodies(kit, 'drift.acknowledged')).toEqual([{ type: 'drift.acknowledged', subject: { kind: 'step', stepId: 'a' }, sha256: session.snapshot.drift.steps.get('a')?.sha256 }]);
    await act(session, 'reopen', 'a');
    await run(session, 'a');
    expect(session.snapshot.prompt).toBeNull();
    expect(bodies(kit, 'drift.acknowledged')).toHaveLength(1);
    await act(session, 'reopen', 'a');
    kit.edit(session, book(stepOf('a', { commands: ['third'] }), b, m));
    await act(session, 'run', 'a');
    expect(session.snapshot.prompt?.inputs.map(({ name }) => name)).toEqual(['edited']);
  });

  test('a step that was not touched runs without a question', async () => {
    const kit = new SessionKit();
    const session = await running(kit);
    kit.edit(session, book(A2, b, m));
    await run(session, 'b');
    expect(kit.executor.texts).toEqual(['two']);
    expect(bodies(kit, 'drift.acknowledged')).toEqual([]);
  });

  test('a tick waits for the reading too, and a document that is edited meanwhile is not ticked', async () => {
    const kit = new SessionKit();
    const session = await running(kit);
    kit.edit(session, book(a, b, { ...m, owner: 'Ops' }));
    await act(session, 'tick', 'm');
    expect(session.snapshot.prompt?.title).toBe('Tick: “Step m”?');
    kit.edit(session, book(a, b, { ...m, owner: 'Nobody' }));
    await expect(answer(session)).rejects.toMatchObject({ code: 'edit-changed' });
    await act(session, 'tick', 'm');
    await answer(session);
    expect(kit.types).toEqual(['run.started', 'drift.acknowledged', 'step.ticked']);
  });

  test('what is shown and what runs are the same edit', async () => {
    const kit = new SessionKit();
    const session = await running(kit);
    kit.edit(session, book({ ...a, owner: 'Ops' }, b, m));
    await act(session, 'run', 'a');
    kit.edit(session, book({ ...a, owner: 'Nobody' }, b, m));
    await expect(answer(session)).rejects.toMatchObject({ code: 'stale-step' });
    expect(kit.types).toEqual(['run.started']);
  });

  test('a rollback level that was edited is read before its plan runs', async () => {
    const kit = new SessionKit();
    const session = await running(kit);
    kit.edit(session, runbookOf(BOOK.steps, { rollbackLevels: [levelOf(1, ['off', 'really'])] }));
    await session.perform({ type: 'planRollback', level: 1, revision: session.snapshot.revision });
    await session.perform({ type: 'confirmRollback', level: 1, planId: session.snapshot.plan?.planId ?? '' });
    expect(session.snapshot.prompt?.difference?.words).toBe('2 lines added');
    await answer(session);
    await session.whenIdle();
    expect(kit.executor.texts).toEqual(['off', 'really']);
    expect(bodies(kit, 'drift.acknowledged').map(({ subject }) => subject)).toEqual([{ kind: 'level', level: 1 }]);
  });
});

test('a recorded step that was renamed is not called gone, and keeps its record in a rebase', async () => {
  const kit = new SessionKit();
  const session = await running(kit);
  await run(session, 'a');
  kit.edit(session, book(b, m, stepOf('z', { title: 'Anew', titleMarkdown: 'Anew', commands: ['one'] })));
  expect(session.snapshot.vanishedSteps).toEqual([]);
  await session.perform({ type: 'rebaseRun' });
  await answer(session);
  expect(bodies(kit, 'run.rebased')).toMatchObject([{ renamed: [{ from: 'a', to: 'z' }], reopened: [] }]);
  expect(session.snapshot.state?.steps.get('z')?.status).toBe('done');
});

describe('a rebase', () => {
  const NEW = book(A2, b, m, stepOf('n'));

  test('shows its plan, keeps the text before it is recorded, and goes by it from then on', async () => {
    const kit = new SessionKit();
    const session = await running(kit);
    await run(session, 'a');
    await run(session, 'b');
    kit.edit(session, NEW);
    expect(session.snapshot.isEdited).toBe(true);
    await session.perform({ type: 'rebaseRun' });
    expect(session.snapshot.prompt?.lists).toEqual([
      { heading: 'Becomes open, because its content is another', items: ['Step a'] },
      { heading: 'Is added', items: ['Step n'] },
      { heading: 'Keeps what is recorded', items: ['Step b'] },
    ]);
    expect(bodies(kit, 'run.rebased')).toEqual([]);
    const { prompt } = session.snapshot;
    expect(prompt?.difference?.lines.filter(({ sign }) => sign === '+').map(({ text }) => text)).toEqual([expect.stringContaining('Run with'), '    more', 'Step n']);
    await session.answer(prompt?.id ?? '', { 'keep:0': '' });
    const [rebased] = bodies(kit, 'run.rebased');
    expect(rebased).toMatchObject({ reopened: ['a'], kept: [], renamed: [] });
    expect(kit.disk.texts.get(`${kit.runId} ${rebased?.textSha256 ?? ''}`)).toBe(kit.textOf(NEW));
    expect(kit.disk.texts.get(kit.runId)).toBe(kit.textOf(BOOK));
    expect([session.snapshot.isEdited, session.snapshot.drift.steps.size, session.baseText]).toEqual([false, 0, kit.textOf(NEW)]);
    expect([session.snapshot.state?.steps.get('a')?.status, session.snapshot.state?.steps.get('b')?.status]).toEqual(['open', 'done']);
    // What was taken is not asked about any more, here and in the next window.
    await run(session, 'a');
    expect(session.snapshot.prompt).toBeNull();
    kit.kill(session);
    const next = kit.open(BOOK);
    await next.resume(kit.runId);
    expect([...next.snapshot.drift.steps.keys(), ...next.snapshot.drift.gone.map(({ id }) => id)]).toEqual(['a', 'n']);
  });

  test('lists steps that are open and were edited: nobody is asked to read them after it', async () => {
    const kit = new SessionKit();
    const session = await running(kit);
    kit.edit(session, book(A2, b, m));
    await session.perform({ type: 'rebaseRun' });
    expect(session.snapshot.prompt?.lists).toEqual([{ heading: 'Is open and has another content', items: ['Step a'] }]);
    await answer(session);
    await run(session, 'a');
    expect(kit.executor.texts).toEqual(['one', 'more']);
  });

  test('a step can be left done with its earlier text', async () => {
    const kit = new SessionKit();
    const session = await running(kit);
    await run(session, 'a');
    kit.edit(session, NEW);
    await session.perform({ type: 'rebaseRun' });
    await answer(session);
    expect(bodies(kit, 'run.rebased')).toMatchObject([{ reopened: [], kept: ['a'] }]);
    expect(session.snapshot.state?.steps.get('a')).toMatchObject({ status: 'done', earlierText: true });
  });

  test('is not done when the text or the run has changed since its plan was shown', async () => {
    const kit = new SessionKit();
    const session = await running(kit);
    kit.edit(session, NEW);
    await session.perform({ type: 'rebaseRun' });
    kit.edit(session, book(A2, b, m));
    await expect(answer(session)).rejects.toMatchObject({ code: 'rebase-plan-changed' });
    expect(bodies(kit, 'run.rebased')).toEqual([]);
  });

  test('says why it is refused, and asks nothing then', async () => {
    const kit = new SessionKit(() => 'hangs');
    const session = await running(kit);
    await expect(session.perform({ type: 'rebaseRun' })).rejects.toMatchObject({ code: 'nothing-to-rebase' });
    await act(session, 'run', 'a');
    kit.edit(session, book(b, m));
    await expect(session.perform({ type: 'rebaseRun' })).rejects.toMatchObject({ code: 'already-running' });
    kit.executor.finish(kit.executor.running[0] ?? '', { kind: 'exited', code: 0 });
    await session.whenIdle();
    await expect(session.perform({ type: 'rebaseRun' })).rejects.toThrow('“Step a” has started');
    expect(session.snapshot.prompt).toBeNull();
  });

  test('on a full disk leaves the run with the text that it had', async () => {
    const kit = new SessionKit();
    const session = await running(kit);
    kit.edit(session, NEW);
    await session.perform({ type: 'rebaseRun' });
    kit.disk.isFull = true;
    await expect(answer(session)).rejects.toMatchObject({ code: 'not-recorded' });
    expect(session.baseText).toBe(kit.textOf(BOOK));
    kit.disk.isFull = false;
    await session.perform({ type: 'rebaseRun' });
    await answer(session);
    expect(session.baseText).toBe(kit.textOf(NEW));
  });

  test('of a kept text that is another than the record names, everything that runs counts as changed', async () => {
    const kit = new SessionKit();
    const session = await running(kit);
    kit.edit(session, NEW);
    await session.perform({ type: 'rebaseRun' });
    await answer(session);
    for (const key of kit.disk.texts.keys()) if (key.includes(' ')) kit.disk.texts.set(key, 'forged');
    kit.kill(session);
    const next = kit.open(BOOK);
    await next.resume(kit.runId);
    expect(next.snapshot.drift.isKnown).toBe(false);
    expect(next.baseText).toBeNull();
    await expect(next.perform({ type: 'rebaseRun' })).rejects.toMatchObject({ code: 'run-text-unknown' });
  });
});
