import { describe, expect, test } from 'vitest';
import { EXIT_ZERO, type Expectation } from '../../../src/core/runbook/expectation.ts';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';
import type { RunSession } from '../../../src/session/api.ts';
import { commandOf } from '../../fakes/commands.ts';
import { levelOf, runbookOf, sectionOf, stepOf } from '../../fakes/runbooks.ts';
import { answered } from '../../fakes/scriptedHttp.ts';
import { act, answer, SessionKit } from '../../fakes/sessionKit.ts';

const RUNBOOK = runbookOf([stepOf('deploy', { commands: ['deploy'] }), stepOf('health', { commands: ['health'], check: true, sectionId: 's' }), stepOf('orders', { commands: ['orders'], check: true, sectionId: 't' })], {
  sections: [sectionOf('s'), sectionOf('t')],
});

const status = (session: RunSession, id: string): string => session.snapshot.state?.steps.get(id)?.status ?? 'open';
const until = async (holds: () => boolean): Promise<void> => {
  for (let turn = 0; turn < 200 && !holds(); turn += 1) await Promise.resolve();
  expect(holds()).toBe(true);
};

async function started(kit: SessionKit, runbook = RUNBOOK): Promise<RunSession> {
  const session = kit.open(runbook);
  await session.perform({ type: 'startRun' });
  return session;
}

describe('a check', () => {
  test('before its turn only tells how things are', async () => {
    const kit = new SessionKit();
    const session = await started(kit);
    await act(session, 'run', 'health');
    await session.whenIdle();
    expect(status(session, 'health')).toBe('open');
    expect(session.snapshot.state?.steps.get('health')).toMatchObject({ executionIds: [], isProbedLast: true });
    expect(kit.disk.eventsOf(kit.runId)[1]?.body).toMatchObject({ type: 'command.started', probe: true });
    // So the run stands where it stood.
    await session.perform({ type: 'runNext', revision: session.snapshot.revision, stepId: 'deploy' });
    await session.whenIdle();
    expect(kit.executor.texts).toEqual(['health', 'deploy']);
  });

  test('in its turn is its step, and afterwards may fail without undoing that', async () => {
    const kit = new SessionKit();
    const session = await started(kit);
    await session.perform({ type: 'runUntilGate', revision: session.snapshot.revision });
    await session.whenIdle();
    expect([status(session, 'health'), status(session, 'orders')]).toEqual(['done', 'done']);
    kit.executor.script = () => ({ kind: 'exited', code: 1 });
    await act(session, 'run', 'health');
    await session.whenIdle();
    expect(session.snapshot.prompt).toBe(null);
    expect(status(session, 'health')).toBe('done');
    expect(session.snapshot.state?.executions.size).toBe(4);
  });

  test('waits for nothing: after a rollback it says whether that helped', async () => {
    const kit = new SessionKit();
    const session = await started(kit, { ...RUNBOOK, rollbackLevels: [levelOf(1, ['undo'])] });
    await session.perform({ type: 'planRollback', level: 1, revision: session.snapshot.revision });
    await session.perform({ type: 'confirmRollback', level: 1, planId: session.snapshot.plan?.planId ?? '' });
    await session.whenIdle();
    await act(session, 'run', 'health');
    await session.whenIdle();
    expect(kit.executor.texts).toEqual(['undo', 'health']);
    await expect(act(session, 'run', 'deploy')).rejects.toThrow();
  });

  test('that is reserved for others waits for them at any time', async () => {
    const kit = new SessionKit();
    const reserved = stepOf('health', { commands: ['health'], check: true, reservation: { by: '@sre', approvers: 1 } });
    const session = await started(kit, runbookOf([stepOf('deploy', { commands: ['deploy'] }), reserved]));
    await expect(act(session, 'run', 'health')).rejects.toThrow('approval');
    await expect(session.perform({ type: 'verify', sectionId: null })).rejects.toThrow('reserved');
    expect(kit.executor.texts).toEqual([]);
  });

  test('needs a trusted workspace like everything that runs', async () => {
    const kit = new SessionKit();
    const session = await started(kit);
    kit.distrust = new Error('Restricted Mode');
    await expect(act(session, 'run', 'health')).rejects.toThrow('Restricted Mode');
    expect(kit.types).toEqual(['run.started']);
  });
});

describe('verify', () => {
  test('shows all checks, then runs them whatever they say', async () => {
    const kit = new SessionKit(({ text }) => ({ kind: 'exited', code: text === 'health' ? 1 : 0 }));
    const session = await started(kit);
    await session.perform({ type: 'verify', sectionId: null });
    expect(session.snapshot.prompt?.commands.map(({ text }) => text)).toEqual(['health', 'orders']);
    expect(kit.executor.texts).toEqual([]);
    await answer(session);
    await session.whenIdle();
    expect(kit.executor.texts).toEqual(['health', 'orders']);
    expect(session.snapshot.verification).toMatchObject({ isOver: true, checks: [{ stepId: 'health' }, { stepId: 'orders' }] });
    expect([status(session, 'health'), status(session, 'orders')]).toEqual(['open', 'open']);
  });

  test('of a section runs its checks alone', async () => {
    const kit = new SessionKit();
    const session = await started(kit);
    await session.perform({ type: 'verify', sectionId: 't' });
    await answer(session);
    await session.whenIdle();
    expect(kit.executor.texts).toEqual(['orders']);
  });

  test('counts where the next step is a check', async () => {
    const kit = new SessionKit();
    const session = await started(kit);
    await act(session, 'run', 'deploy');
    await session.whenIdle();
    await session.perform({ type: 'verify', sectionId: null });
    await answer(session);
    await session.whenIdle();
    expect([status(session, 'health'), status(session, 'orders')]).toEqual(['done', 'done']);
  });

  test('is ended by Stop', async () => {
    const kit = new SessionKit(() => 'hangs');
    const session = await started(kit);
    await session.perform({ type: 'verify', sectionId: null });
    await answer(session);
    await until(() => kit.executor.running.length === 1);
    await act(session, 'stop', 'health');
    await session.whenIdle();
    expect(kit.executor.texts).toEqual(['health']);
    expect(session.snapshot.verification?.isOver).toBe(true);
  });

  test('says so when there are no checks', async () => {
    const session = await started(new SessionKit(), runbookOf([stepOf('a', { commands: ['one'] })]));
    await expect(session.perform({ type: 'verify', sectionId: null })).rejects.toThrow('no checks');
  });
});

describe('retry', () => {
  const RETRIED = runbookOf([stepOf('wait', { commands: [commandOf('ask', { repeat: { times: 3, everySeconds: 10 } })] }), stepOf('next', { commands: ['next'] })]);
  const attempts = (kit: SessionKit): unknown[] => kit.disk.eventsOf(kit.runId).flatMap(({ body }) => (body.type === 'command.started' ? [body.attempt] : []));

  test('runs it again until it succeeds, each time as an execution of its own', async () => {
    const kit = new SessionKit(() => ({ kind: 'exited', code: kit.executor.requests.length < 2 ? 1 : 0 }));
    const session = await started(kit, RETRIED);
    await session.perform({ type: 'runUntilGate', revision: session.snapshot.revision });
    await until(() => session.snapshot.repetition != null);
    expect(session.snapshot.repetition).toMatchObject({ next: { number: 2, of: 3 } });
    expect(status(session, 'wait')).toBe('failed');
    kit.clock.advance(9_999);
    expect(kit.executor.texts).toEqual(['ask']);
    kit.clock.advance(1);
    await session.whenIdle();
    expect(kit.executor.texts).toEqual(['ask', 'ask', 'next']);
    expect(attempts(kit)).toEqual([{ number: 1, of: 3 }, { number: 2, of: 3 }, undefined]);
    expect(status(session, 'wait')).toBe('done');
  });

  test('gives up after the last attempt', async () => {
    const kit = new SessionKit(() => ({ kind: 'exited', code: 1 }));
    const session = await started(kit, RETRIED);
    await act(session, 'run', 'wait');
    for (const number of [2, 3]) {
      await until(() => session.snapshot.repetition?.next.number === number);
      kit.clock.advance(10_000);
      // Until the attempt has begun, it is never a failure that a person would have to deal with.
      expect(session.snapshot.repetition?.next.number).toBe(number);
    }
    await session.whenIdle();
    expect(session.snapshot.repetition).toBe(null);
    expect(kit.executor.texts).toEqual(['ask', 'ask', 'ask']);
    expect(status(session, 'wait')).toBe('failed');
  });

  test.each([
    ['Stop', (session: RunSession) => act(session, 'stop', 'wait')],
    ['Skip', (session: RunSession) => act(session, 'skip', 'wait')],
    ['the end of the window', (session: RunSession) => Promise.resolve(session.dispose())],
  ])('is ended by %s while it waits', async (_, does) => {
    const kit = new SessionKit(() => ({ kind: 'exited', code: 1 }));
    const session = await started(kit, RETRIED);
    await act(session, 'run', 'wait');
    await until(() => session.snapshot.repetition != null);
    await does(session);
    kit.clock.advance(60_000);
    await session.whenIdle();
    expect(kit.executor.texts).toEqual(['ask']);
  });

  test('is ended by Stop, too, between the end of the wait and the next attempt', async () => {
    const kit = new SessionKit(() => ({ kind: 'exited', code: 1 }));
    const session = await started(kit, RETRIED);
    await act(session, 'run', 'wait');
    await until(() => session.snapshot.repetition != null);
    const stopped = act(session, 'stop', 'wait');
    kit.clock.advance(10_000);
    await stopped;
    await session.whenIdle();
    expect(kit.executor.texts).toEqual(['ask']);
  });

  test('is ended by Stop, too, while its next attempt is being recorded', async () => {
    const kit = new SessionKit(() => (kit.executor.requests.length < 2 ? { kind: 'exited', code: 1 } : 'hangs'));
    const session = await started(kit, RETRIED);
    await act(session, 'run', 'wait');
    await until(() => session.snapshot.repetition != null);
    let pressed: Promise<void> | undefined;
    kit.disk.onAppend = ({ body }) => {
      if (body.type === 'command.started') pressed ??= act(session, 'stop', 'wait');
    };
    kit.clock.advance(10_000);
    await until(() => pressed !== undefined);
    await pressed;
    await session.whenIdle();
    expect([kit.executor.texts, kit.executor.stops.length, kit.executor.running]).toEqual([['ask', 'ask'], 1, []]);
    expect(status(session, 'wait')).not.toBe('running');
  });

  test('does not repeat what was stopped or not seen', async () => {
    const kit = new SessionKit(() => 'hangs');
    const session = await started(kit, RETRIED);
    await act(session, 'run', 'wait');
    await act(session, 'stop', 'wait');
    await session.whenIdle();
    expect(session.snapshot.repetition).toBe(null);
    const unseen: Expectation = { ...EXIT_ZERO, output: [{ kind: 'contains', text: 'up' }] };
    const other = new SessionKit();
    const second = await started(other, runbookOf([stepOf('wait', { commands: [commandOf('ask', { repeat: { times: 3, everySeconds: 1 }, expects: unseen })] })]));
    await act(second, 'run', 'wait');
    await second.whenIdle();
    expect(other.executor.texts).toEqual(['ask']);
    expect(status(second, 'wait')).toBe('unknown');
  });

  test('does not run what was edited while it waited', async () => {
    const kit = new SessionKit(() => ({ kind: 'exited', code: 1 }));
    const session = await started(kit, RETRIED);
    await act(session, 'run', 'wait');
    await until(() => session.snapshot.repetition != null);
    kit.edit(session, runbookOf([stepOf('wait', { commands: [commandOf('other', { repeat: { times: 3, everySeconds: 10 } })] })]));
    kit.clock.advance(10_000);
    await session.whenIdle();
    expect(kit.executor.texts).toEqual(['ask']);
  });

  test('holds in a rollback, too', async () => {
    const kit = new SessionKit(({ text }) => ({ kind: 'exited', code: text === 'look' && kit.executor.requests.length < 3 ? 1 : 0 }));
    const session = await started(kit, runbookOf([], { rollbackLevels: [levelOf(1, ['undo'], [], { verify: [commandOf('look', { repeat: { times: 2, everySeconds: 5 } })] })] }));
    await session.perform({ type: 'planRollback', level: 1, revision: session.snapshot.revision });
    await session.perform({ type: 'confirmRollback', level: 1, planId: session.snapshot.plan?.planId ?? '' });
    await until(() => session.snapshot.repetition != null);
    kit.clock.advance(5_000);
    await session.whenIdle();
    expect(kit.executor.texts).toEqual(['undo', 'look', 'look']);
    expect(session.snapshot.state?.rollbacks[0]?.outcome).toBe('succeeded');
  });
});

describe('a request', () => {
  const request = (info: string, ...lines: string[]) => parseRunbook(['```http {#ask check ' + info + '}', ...lines, '```', ''].join('\n'));
  const GET = request('contains="up"', 'GET http://127.0.0.1:1/health');

  test('is sent by an act alone, and its answer is a fact', async () => {
    const kit = new SessionKit();
    kit.http.script = () => answered(200, 'up');
    const session = await started(kit, GET);
    expect(kit.http.requests).toEqual([]);
    await act(session, 'run', 'ask');
    await session.whenIdle();
    expect(kit.http.requests).toEqual([{ method: 'GET', url: 'http://127.0.0.1:1/health', headers: [], body: null }]);
    expect(kit.executor.requests).toEqual([]);
    expect(kit.disk.eventsOf(kit.runId).map(({ body }) => body)).toMatchObject([
      {},
      { type: 'command.started', shell: 'http', expect: [{ kind: 'status', codes: [200] }, { kind: 'contains', text: 'up' }] },
      { type: 'command.ended', outcome: { kind: 'answered', status: 200 }, expectation: { result: 'passed' } },
    ]);
    expect(status(session, 'ask')).toBe('done');
  });

  test.each([
    ['another status', () => answered(503, 'up'), 'failed'],
    ['another body', () => answered(200, 'down'), 'failed'],
    ['a refused connection', () => ({ kind: 'unanswered' as const, reason: 'refused' }), 'failed'],
    ['no answer in time', () => ({ kind: 'timedOut' as const }), 'failed'],
    ['a body that was not read whole', () => answered(200, 'x', { isWhole: false }), 'unknown'],
  ])('%s is %s', async (_, script, said) => {
    const kit = new SessionKit();
    kit.http.script = script;
    const session = await started(kit, GET);
    await act(session, 'run', 'ask');
    await session.whenIdle();
    expect(status(session, 'ask')).toBe(said);
  });

  test('can be stopped', async () => {
    const kit = new SessionKit();
    kit.http.script = () => 'hangs';
    const session = await started(kit, GET);
    await act(session, 'run', 'ask');
    await act(session, 'stop', 'ask');
    await session.whenIdle();
    expect(kit.disk.eventsOf(kit.runId).at(-1)?.body).toMatchObject({ outcome: { kind: 'cancelled', code: null } });
  });

  test('with values is shown exactly before it is sent', async () => {
    const kit = new SessionKit();
    const session = await started(kit, request('', 'GET http://127.0.0.1:1/orders/{{id}}'));
    await act(session, 'run', 'ask');
    await answer(session, { 'field:id': 'a b' });
    expect(session.snapshot.prompt?.commands[0]?.text).toBe('GET http://127.0.0.1:1/orders/a%20b\n');
    expect(kit.http.requests).toEqual([]);
    await answer(session);
    await session.whenIdle();
    expect(kit.http.requests[0]?.url).toBe('http://127.0.0.1:1/orders/a%20b');
  });

  test('needs a trusted workspace', async () => {
    const kit = new SessionKit();
    const session = await started(kit, GET);
    kit.distrust = new Error('Restricted Mode');
    await expect(act(session, 'run', 'ask')).rejects.toThrow('Restricted Mode');
    expect(kit.http.requests).toEqual([]);
  });
});
