import { describe, expect, test } from 'vitest';
import { statusOf } from '../../../src/core/run/derived.ts';
import { notRecorded } from '../../../src/core/userErrors.ts';
import type { RunEvent } from '../../../src/core/run/events.ts';
import type { RunSession } from '../../../src/session/api.ts';
import { runbookOf, stepOf } from '../../fakes/runbooks.ts';
import { act, answer, SessionKit } from '../../fakes/sessionKit.ts';

const RUNBOOK = runbookOf([stepOf('a', { commands: ['one', 'two'] }), stepOf('b', { commands: ['three'] }), stepOf('c')]);

const status = (session: RunSession, id: string): string => statusOf(session.snapshot.runbook, session.snapshot.state, id);

async function started(kit: SessionKit, runbook = RUNBOOK): Promise<RunSession> {
  const session = kit.open(runbook);
  await session.perform({ type: 'startRun' });
  return session;
}

describe('a full disk', () => {
  test('at the n-th append, for every n: nothing is started or shown that is not recorded, and it goes on once there is room', async () => {
    for (let n = 0; n < 8; n += 1) {
      const kit = new SessionKit();
      kit.disk.failAppendIn = n;
      const session = kit.open(RUNBOOK);
      kit.executor.onExecute = ({ executionId }) => {
        expect(kit.disk.eventsOf(kit.runId).some(({ body }) => body.type === 'command.started' && body.executionId === executionId)).toBe(true);
      };
      session.onDidChange(({ state }) => {
        expect([...(state?.executions.values() ?? [])].filter(({ outcome }) => outcome !== null).length).toBeLessThanOrEqual(kit.types.filter((type) => type === 'command.ended').length);
      });
      const steps: readonly (() => Promise<void>)[] = [() => session.perform({ type: 'startRun' }), () => act(session, 'run', 'a'), () => act(session, 'run', 'b'), () => act(session, 'tick', 'c'), () => session.perform({ type: 'endRun' })];
      let failures = 0;
      for (const step of steps) {
        for (let tries = 0; tries < 3; tries += 1) {
          const before = session.snapshot.error;
          const ok = await step().then(
            () => true,
            () => false,
          );
          await session.whenIdle();
          if (session.snapshot.error !== null && session.snapshot.error !== before) failures += 1;
          if (ok && session.snapshot.error === null) break;
        }
      }
      expect(failures, `append ${String(n)}`).toBeGreaterThan(0);
      expect(kit.executor.texts, `append ${String(n)}`).toEqual(['one', 'two', 'three']);
      expect(session.snapshot.state?.ended?.outcome).toBe('completed');
    }
  });

  test('the words say that it was not recorded, and running on stops', async () => {
    const kit = new SessionKit();
    const session = await started(kit);
    kit.disk.failAppendIn = 1;
    await session.perform({ type: 'runUntilGate', revision: 1 });
    await session.whenIdle();
    expect(session.snapshot.error).toContain('Not recorded: the disk is full');
    expect(session.snapshot.runningOn).toBe(false);
    expect(status(session, 'a')).toBe('running');
    expect(kit.executor.texts).toEqual(['one']);
  });

  test('a run whose beginning cannot be recorded is no run, and is not held', async () => {
    const kit = new SessionKit();
    kit.disk.isFull = true;
    const session = kit.open(RUNBOOK);
    await expect(session.perform({ type: 'startRun' })).rejects.toMatchObject({ code: 'not-recorded' });
    expect(session.snapshot.state).toBeNull();
    expect(kit.disk.claims.size).toBe(0);
  });

  test('stop reaches the command even when it cannot be recorded', async () => {
    const kit = new SessionKit(() => 'hangs');
    const session = await started(kit);
    await act(session, 'run', 'b');
    kit.disk.isFull = true;
    await expect(act(session, 'stop', 'b')).rejects.toThrow(notRecorded('the disk is full').message);
    expect(kit.executor.stops).toHaveLength(1);
  });
});

describe('a document that changes', () => {
  const edited = runbookOf([stepOf('a', { commands: ['one', 'rm -rf /'] }), RUNBOOK.steps[1]!, RUNBOOK.steps[2]!]);

  test('between look and click: the action is refused; a step that is the same goes through', async () => {
    const kit = new SessionKit();
    const session = await started(kit);
    const seen = session.snapshot.revision;
    kit.edit(session, edited);
    await expect(session.perform({ type: 'step', action: 'run', stepId: 'a', revision: seen })).rejects.toMatchObject({ code: 'stale-step' });
    await expect(session.perform({ type: 'step', action: 'run', stepId: 'a', revision: 99 })).rejects.toMatchObject({ code: 'stale-step' });
    expect(kit.executor.requests).toHaveLength(0);
    await session.perform({ type: 'step', action: 'run', stepId: 'b', revision: seen });
    await session.whenIdle();
    expect(kit.executor.texts).toEqual(['three']);
  });

  test('after the run began: the step is marked and asks to be read', async () => {
    const kit = new SessionKit();
    const session = await started(kit);
    kit.edit(session, edited);
    expect([...session.snapshot.drift.steps.keys()]).toEqual(['a']);
    await act(session, 'run', 'a');
    expect(session.snapshot.prompt?.inputs.map(({ name }) => name)).toEqual(['edited']);
    await answer(session, { edited: '' });
    expect(kit.executor.requests).toHaveLength(0);
    await answer(session);
    await session.whenIdle();
    expect(kit.executor.texts).toEqual(['one', 'rm -rf /']);
  });

  test('while the question is open: the answer does not run other commands than were shown', async () => {
    const kit = new SessionKit();
    const session = await started(kit, runbookOf([stepOf('a', { commands: ['one'], confirm: true })]));
    await act(session, 'run', 'a');
    kit.edit(session, runbookOf([stepOf('a', { commands: ['other'], confirm: true })]));
    await expect(answer(session)).rejects.toMatchObject({ code: 'stale-step' });
    expect(kit.executor.requests).toHaveLength(0);
  });

  test('while the step runs: the rest of it is not started', async () => {
    const kit = new SessionKit(() => 'hangs');
    const session = await started(kit);
    await act(session, 'run', 'a');
    kit.edit(session, edited);
    kit.executor.finish(kit.executor.running[0] ?? '', { kind: 'exited', code: 0 });
    await session.whenIdle();
    expect(kit.executor.texts).toEqual(['one']);
    expect(session.snapshot.error).toContain('were edited while it ran');
    expect(status(session, 'a')).toBe('partly');
  });

  test('a step that vanished is refused, and named when the record has it', async () => {
    const kit = new SessionKit();
    const session = await started(kit);
    await act(session, 'run', 'b');
    await session.whenIdle();
    kit.edit(session, runbookOf([stepOf('c')]));
    await expect(session.perform({ type: 'step', action: 'run', stepId: 'b', revision: 1 })).rejects.toMatchObject({ code: 'step-vanished' });
    expect(session.snapshot.vanishedSteps).toEqual(['Step b']);
  });
});

describe('how a command can end', () => {
  test.each([
    [{ kind: 'signalled', signal: 'SIGHUP' }, 'failed'],
    [{ kind: 'timedOut', afterSeconds: 5 }, 'failed'],
    [{ kind: 'notStarted', reason: 'no shell' }, 'failed'],
    [{ kind: 'cancelled', code: 0 }, 'failed'],
    [{ kind: 'lost', reason: 'gone' }, 'unknown'],
    [{ kind: 'exited', code: 3 }, 'failed'],
  ] as const)('%j is %s and never done', async (outcome, expected) => {
    const kit = new SessionKit(() => outcome);
    const session = await started(kit);
    await session.perform({ type: 'runUntilGate', revision: 1 });
    await session.whenIdle();
    expect(status(session, 'a')).toBe(expected);
    expect(kit.executor.requests).toHaveLength(1);
    expect(session.snapshot.runningOn).toBe(false);
  });

  test('an executor that rejects leaves the step unknown; running it again has to be answered for', async () => {
    const kit = new SessionKit(() => {
      throw new Error('the terminal is gone');
    });
    const session = await started(kit);
    await act(session, 'run', 'b');
    await session.whenIdle();
    expect(status(session, 'b')).toBe('unknown');
    kit.executor.script = () => ({ kind: 'exited', code: 0 });
    await act(session, 'retry', 'b');
    expect(session.snapshot.prompt?.inputs.map(({ name }) => name)).toEqual(['lost']);
    await answer(session, { lost: 'no' });
    expect(status(session, 'b')).toBe('unknown');
    await answer(session);
    await session.whenIdle();
    expect(status(session, 'b')).toBe('done');
  });
});

describe('another window', () => {
  test('only shows a run that somebody drives, and takes it over when told to', async () => {
    const kit = new SessionKit(() => 'hangs');
    const one = await started(kit);
    await act(one, 'run', 'b');
    const two = kit.open(RUNBOOK);
    await two.resume(kit.runId);
    expect(two.snapshot.lockedBecause).toContain('drives this run');
    expect(status(two, 'b')).toBe('running');
    await expect(act(two, 'tick', 'c')).rejects.toMatchObject({ code: 'locked' });
    await two.perform({ type: 'takeOver' });
    expect(two.snapshot.lockedBecause).toBeNull();
    kit.executor.finish(kit.executor.running[0] ?? '', { kind: 'exited', code: 0 });
    await Promise.all([one.whenIdle(), two.whenIdle()]);
    expect(status(two, 'b')).toBe('done');
    expect(kit.types.filter((type) => type === 'command.ended')).toHaveLength(1);
    expect(one.snapshot.lockedBecause).toContain('drives this run');
    await expect(act(one, 'tick', 'c')).rejects.toMatchObject({ code: expect.stringMatching(/locked|held-elsewhere/) as string });
  });

  test('is followed as it goes on, and writes nothing itself', async () => {
    const kit = new SessionKit();
    const one = await started(kit);
    const two = kit.open(RUNBOOK);
    await two.resume(kit.runId);
    const states: unknown[] = [];
    two.onDidChange(({ state }) => states.push(state));
    await two.refresh();
    const before = states.length;
    await two.refresh();
    expect(states).toHaveLength(before);
    await act(one, 'run', 'b');
    await one.whenIdle();
    const [events, claims] = [kit.types.length, new Map(kit.disk.claims)];
    await two.refresh();
    expect(status(two, 'b')).toBe('done');
    expect(two.snapshot.lockedBecause).toContain('drives this run');
    expect([kit.types.length, kit.disk.claims]).toEqual([events, claims]);
    await one.perform({ type: 'abandonRun' });
    await answer(one, { reason: 'done here' });
    await two.refresh();
    expect(two.snapshot.state?.ended?.outcome).toBe('abandoned');
    expect(two.snapshot.lockedBecause).toBeNull();
  });

  test('a session that drives its run goes on when the record cannot be read', async () => {
    const kit = new SessionKit();
    const one = await started(kit);
    kit.disk.eventsOf = () => {
      throw new Error('EACCES');
    };
    await one.refresh();
    expect(one.snapshot.error).toBeNull();
    expect(one.snapshot.state?.startedAt).toBeTruthy();
  });

  test('a session that drives its run takes up what reviewers said, and nothing else', async () => {
    const kit = new SessionKit();
    const one = await started(kit);
    await act(one, 'tick', 'c');
    const before = kit.disk.eventsOf(kit.runId);
    const from = (seq: number, body: RunEvent['body']): RunEvent => ({ ...before[0] as RunEvent, id: `mary-${String(seq)}`, writer: 'mary', seq, heads: { [before[0]?.writer ?? '']: before.length }, actor: { name: 'Mary', email: 'mary@example.org' }, body });
    kit.disk.events.set(kit.runId, [...before, from(1, { type: 'approval.given', stepId: 'c', decision: 'approved', note: null }), from(2, { type: 'step.skipped', stepId: 'b', reason: 'elsewhere' })]);
    await one.refresh();
    expect(one.snapshot.state?.approvals).toMatchObject([{ stepId: 'c', decision: 'approved', isOvertaken: false }]);
    expect(status(one, 'b')).toBe('open');
    // It still drives, and what it does now is folded on top.
    await act(one, 'untick', 'c');
    expect(one.snapshot.lockedBecause).toBeNull();
    expect(one.snapshot.state?.approvals).toMatchObject([{ isOvertaken: true }]);
    const states: unknown[] = [];
    one.onDidChange(({ state }) => states.push(state));
    await one.refresh();
    expect(states).toEqual([]);
    // A record of which our own part is taken away is not folded anew: what was done here is not forgotten.
    kit.disk.events.set(kit.runId, [before[0] as RunEvent, from(3, { type: 'remark.added', stepId: null, text: 'late' })]);
    await one.refresh();
    expect(one.snapshot.state?.approvals).toHaveLength(1);
  });

  test('what reviewers said after the end is taken up as well', async () => {
    const kit = new SessionKit();
    const one = await started(kit);
    await one.perform({ type: 'abandonRun' });
    await answer(one, { reason: 'enough' });
    const before = kit.disk.eventsOf(kit.runId);
    kit.disk.events.set(kit.runId, [...before, { ...before[0] as RunEvent, id: 'm', writer: 'mary', seq: 1, heads: {}, body: { type: 'remark.added', stepId: null, text: 'why?' } }]);
    await one.refresh();
    expect(one.snapshot.state?.remarks).toMatchObject([{ text: 'why?' }]);
    expect(one.snapshot.state?.ended?.outcome).toBe('abandoned');
    expect(one.snapshot.lockedBecause).toBeNull();
  });

  test('that takes a run over is noticed by the one that drove it, before it does anything', async () => {
    const kit = new SessionKit();
    const one = await started(kit);
    const two = kit.open(RUNBOOK);
    await two.resume(kit.runId);
    await two.perform({ type: 'takeOver' });
    await act(two, 'tick', 'c');
    await one.refresh();
    expect(one.snapshot.lockedBecause).toContain('drives this run');
    expect(status(one, 'c')).toBe('done');
    await expect(act(one, 'run', 'b')).rejects.toMatchObject({ code: 'locked' });
    await one.perform({ type: 'takeOver' });
    await act(one, 'untick', 'c');
    expect(status(one, 'c')).toBe('open');
  });

  test('that is gone leaves a run that waits to be taken over, and says so', async () => {
    const kit = new SessionKit();
    const one = await started(kit);
    const two = kit.open(RUNBOOK);
    await two.resume(kit.runId);
    kit.kill(one);
    await two.refresh();
    expect(two.snapshot.lockedBecause).toMatch(/is gone.*Take it over/);
    await expect(act(two, 'tick', 'c')).rejects.toMatchObject({ code: 'locked' });
    await two.perform({ type: 'takeOver' });
    expect(two.snapshot.lockedBecause).toBeNull();
    await act(two, 'tick', 'c');
    expect(status(two, 'c')).toBe('done');
  });

  test('says when the record cannot be read any more, and keeps what it knew', async () => {
    const kit = new SessionKit();
    await started(kit);
    const two = kit.open(RUNBOOK);
    await two.resume(kit.runId);
    const eventsOf = kit.disk.eventsOf;
    kit.disk.eventsOf = () => {
      throw new Error('EACCES');
    };
    await two.refresh();
    expect(two.snapshot.error).toContain('EACCES');
    expect(two.snapshot.state?.runId).toBe(kit.runId);
    kit.disk.eventsOf = eventsOf;
    await two.refresh();
    expect(two.snapshot.error).toBeNull();
  });

  test('a window that is closed gives its run back', async () => {
    const kit = new SessionKit();
    const one = await started(kit);
    one.dispose();
    const two = kit.open(RUNBOOK);
    await two.resume(kit.runId);
    expect(two.snapshot.lockedBecause).toBeNull();
  });
});

describe('a window that was killed', () => {
  test('while a command ran: it is found again, and nothing goes on by itself', async () => {
    const kit = new SessionKit(() => 'hangs');
    const one = await started(kit);
    await one.perform({ type: 'runUntilGate', revision: 1 });
    kit.kill(one);
    const two = kit.open(RUNBOOK);
    await two.resume(kit.runId);
    expect(status(two, 'a')).toBe('running');
    expect(two.snapshot.runningOn).toBe(false);
    expect([...two.snapshot.foundAgain]).toEqual(kit.executor.running);
    await expect(act(two, 'run', 'b')).rejects.toMatchObject({ code: 'already-running' });
    kit.executor.finish(kit.executor.running[0] ?? '', { kind: 'exited', code: 0 });
    await two.whenIdle();
    expect(status(two, 'a')).toBe('partly');
    expect(kit.executor.texts).toEqual(['one']);
  });

  test('a run is compared with the text that it began with', async () => {
    const kit = new SessionKit();
    kit.kill(await started(kit));
    const edited = runbookOf([stepOf('a', { commands: ['one', 'changed'] }), stepOf('b', { commands: ['three'] })]);
    const two = kit.open(edited);
    await two.resume(kit.runId);
    expect([...two.snapshot.drift.steps.keys()]).toEqual(['a']);
    kit.kill(two);
    kit.disk.texts.clear();
    const three = kit.open(edited);
    await three.resume(kit.runId);
    expect([...three.snapshot.drift.steps.keys()]).toEqual(['a', 'b']);
  });

  test('a record that cannot be read, or is not there, changes nothing', async () => {
    const kit = new SessionKit();
    const session = kit.open(RUNBOOK);
    await expect(session.resume('nowhere')).rejects.toMatchObject({ code: 'no-such-run' });
    kit.disk.eventsOf = () => {
      throw new Error('EACCES');
    };
    await expect(session.resume('any')).rejects.toMatchObject({ code: 'store-unreadable' });
    expect(session.snapshot.state).toBeNull();
    expect(kit.disk.claims.size).toBe(0);
  });

  test('a record that a newer version wrote is only shown', async () => {
    const kit = new SessionKit();
    kit.kill(await started(kit));
    kit.disk.events.set(kit.runId, kit.disk.eventsOf(kit.runId).map((event) => ({ ...event, v: 2 })));
    const two = kit.open(RUNBOOK);
    await two.resume(kit.runId);
    expect(two.snapshot.lockedBecause).toContain('newer version');
  });
});
