import { describe, expect, test } from 'vitest';
import type { Runbook } from '../../../src/core/runbook/model.ts';
import type { RunSession } from '../../../src/session/api.ts';
import { runbookOf, sectionOf, stepOf } from '../../fakes/runbooks.ts';
import { act, answer, SessionKit } from '../../fakes/sessionKit.ts';

const HOUR = 3_600_000;
const soak = { seconds: 4 * 3600, words: '4h' };
const SOAKS = runbookOf([stepOf('a', { sectionId: 's' }), stepOf('run', { commands: ['true'] })], { sections: [sectionOf('s', { soak })] });

async function running(book: Runbook): Promise<{ readonly kit: SessionKit; readonly session: RunSession }> {
  const kit = new SessionKit();
  const session = kit.open(book);
  await session.perform({ type: 'startRun' });
  return { kit, session };
}

describe('a soak', () => {
  test('is over by itself, and says so without anything being done', async () => {
    const { kit, session } = await running(SOAKS);
    await act(session, 'tick', 'a');
    let seen = 0;
    session.onDidChange(() => (seen += 1));
    await expect(act(session, 'run', 'run')).rejects.toThrow('waits for the soak of Section s');
    const before = session.snapshot.now ?? 0;
    for (let minute = 0; minute < 4 * 60; minute += 1) kit.clock.advance(60_000);
    await session.whenIdle();
    expect(seen).toBeGreaterThan(0);
    expect((session.snapshot.now ?? 0) - before).toBe(4 * HOUR);
    await act(session, 'run', 'run');
    await session.whenIdle();
    expect(session.snapshot.state?.steps.get('run')?.status).toBe('done');
    expect(kit.types).toEqual(['run.started', 'step.ticked', 'command.started', 'command.ended']);
  });

  test('goes on in the next window from where it was', async () => {
    const { kit, session } = await running(SOAKS);
    await act(session, 'tick', 'a');
    kit.clock.advance(HOUR);
    kit.kill(session);
    kit.clock.advance(2 * HOUR);
    const next = kit.open(SOAKS);
    await next.resume(kit.runId);
    await expect(act(next, 'run', 'run')).rejects.toThrow('1 h left');
    kit.clock.advance(HOUR);
    await act(next, 'run', 'run');
    await next.whenIdle();
    expect(next.snapshot.state?.steps.get('run')?.status).toBe('done');
  });

  test('is ended early after a question, with a reason in the record', async () => {
    const { kit, session } = await running(SOAKS);
    await expect(session.perform({ type: 'endSoak' })).rejects.toMatchObject({ code: 'no-soak' });
    await act(session, 'tick', 'a');
    await session.perform({ type: 'endSoak' });
    expect(session.snapshot.prompt).toMatchObject({ title: 'End the soak of “Section s” early?', inputs: [{ name: 'reason' }] });
    expect(kit.types.at(-1)).toBe('step.ticked');
    await answer(session, { reason: 'staging has no traffic' });
    expect(session.snapshot.state?.soaksEnded.get('section s')).toMatchObject({ reason: 'staging has no traffic', by: { name: 'Ada' } });
    await act(session, 'run', 'run');
    await session.whenIdle();
  });

  test('is chosen when several go on', async () => {
    const { session } = await running(runbookOf([stepOf('a', { soak }), stepOf('b')], {}));
    await act(session, 'tick', 'a');
    await session.perform({ type: 'endSoak' });
    expect(session.snapshot.prompt?.inputs.map(({ name }) => name)).toEqual(['reason']);
    const two = await running(runbookOf([stepOf('a', { sectionId: 's', soak }), stepOf('b')], { sections: [sectionOf('s', { soak })] }));
    await act(two.session, 'tick', 'a');
    await two.session.perform({ type: 'endSoak' });
    expect(two.session.snapshot.prompt?.inputs.map(({ name, choices }) => [name, choices])).toEqual([['soak', ['1. Section s (4h)', '2. Step a (4h)']], ['reason', undefined]]);
    await answer(two.session, { soak: '2. Step a (4h)', reason: 'r' });
    expect([...(two.session.snapshot.state?.soaksEnded.keys() ?? [])]).toEqual(['step a']);
  });

  test('"run until the next gate" stops before it', async () => {
    const { session } = await running(runbookOf([stepOf('first', { commands: ['true'], soak }), stepOf('second', { commands: ['true'] })]));
    await session.perform({ type: 'runUntilGate', revision: session.snapshot.revision });
    await session.whenIdle();
    expect(session.snapshot.runningOn).toBe(false);
    expect(session.snapshot.state?.steps.get('second')).toBeUndefined();
    await expect(session.perform({ type: 'runUntilGate', revision: session.snapshot.revision })).rejects.toThrow('waits for the soak of Step first');
  });
});

describe('a budget', () => {
  const book = runbookOf([stepOf('a', { sectionId: 's' }), stepOf('b', { sectionId: 's' })], { sections: [sectionOf('s', { budgetSeconds: 600, budgetWords: '10 min' })] });

  test('that is used up is recorded once by the window that drives, and stops nothing', async () => {
    const { kit, session } = await running(book);
    kit.clock.advance(HOUR);
    await act(session, 'tick', 'a');
    for (let minute = 0; minute < 60; minute += 1) {
      kit.clock.advance(60_000);
      await session.whenIdle();
    }
    expect(kit.types).toEqual(['run.started', 'step.ticked', 'budget.overrun']);
    expect(session.snapshot.state?.overruns.get('section s')).toMatchObject({ since: '2026-01-05T15:00:00.000Z', budgetSeconds: 600 });
    await act(session, 'tick', 'b');
    expect(session.snapshot.state?.steps.get('b')?.status).toBe('done');
  });

  test('is recorded also while something changes all the time, in a window that opened after it was due', async () => {
    const { kit, session } = await running(book);
    await act(session, 'tick', 'a');
    kit.kill(session);
    kit.clock.advance(HOUR);
    const next = kit.open(book);
    await next.resume(kit.runId);
    for (let tens = 0; tens < 12; tens += 1) {
      kit.clock.advance(10_000);
      next.setRunbook(book, `# Edited ${String(tens)}`);
      await next.whenIdle();
    }
    expect(kit.types.filter((type) => type === 'budget.overrun')).toHaveLength(1);
  });

  test('is not recorded by a window that only looks', async () => {
    const { kit, session } = await running(book);
    await act(session, 'tick', 'a');
    const looking = kit.open(book);
    await looking.resume(kit.runId);
    kit.kill(session);
    kit.clock.advance(HOUR);
    await looking.whenIdle();
    expect(kit.types).toEqual(['run.started', 'step.ticked']);
  });

  test('that holds leaves no trace', async () => {
    const { kit, session } = await running(book);
    await act(session, 'tick', 'a');
    kit.clock.advance(60_000);
    await act(session, 'tick', 'b');
    kit.clock.advance(HOUR);
    await session.whenIdle();
    expect(kit.types).not.toContain('budget.overrun');
  });
});
