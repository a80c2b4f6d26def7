import { describe, expect, test } from 'vitest';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';
import type { ProbeResult } from '../../../src/core/monitor/sample.ts';
import type { RunSession } from '../../../src/session/api.ts';
import { answer, SessionKit } from '../../fakes/sessionKit.ts';

const book = (command = './metric', trigger = '{ when: "error_rate > 5%", for: 60s, level: 1 }'): ReturnType<typeof parseRunbook> =>
  parseRunbook(`---\nenvironments: { staging: { env: { URL: "http://x" } } }\nmonitors:\n  error_rate: { command: "${command}", every: 10s }\ntriggers:\n  - ${trigger}\n---\n# R\n\n- [ ] Look\n\n## Rollback\n\n### Level 1: Off\n\n\`\`\`bash\noff\n\`\`\`\n`);
const BOOK = book();
const prints = (stdout: string): ProbeResult => ({ kind: 'exited', code: 0, stdout });

async function running(runbook = BOOK): Promise<{ readonly kit: SessionKit; readonly session: RunSession }> {
  const kit = new SessionKit();
  const session = kit.open(runbook);
  await session.perform({ type: 'startRun' });
  await answer(session, { environment: 'staging' });
  return { kit, session };
}

async function watch(session: RunSession): Promise<void> {
  await session.perform({ type: 'watchMonitors' });
  await answer(session);
}

/** Time goes on, ten seconds at a time; every answer is taken in. */
async function wait(kit: SessionKit, session: RunSession, seconds: number): Promise<void> {
  for (let gone = 0; gone < seconds; gone += 10) {
    kit.clock.advance(10_000);
    await new Promise((resolve) => setImmediate(resolve));
    await session.whenIdle();
  }
}

describe('monitors', () => {
  test('are not run before somebody has seen the very commands and agreed', async () => {
    const { kit, session } = await running();
    await wait(kit, session, 60);
    expect(session.snapshot.monitors?.state).toBe('asks');
    await session.perform({ type: 'watchMonitors' });
    expect(session.snapshot.prompt).toMatchObject({ title: 'Watch 1 monitor during this run?', commands: [{ text: './metric\n' }] });
    await wait(kit, session, 60);
    expect(kit.probe.requests).toEqual([]);
    await answer(session);
    expect(session.snapshot.monitors?.state).toBe('watching');
    await wait(kit, session, 30);
    expect(kit.probe.requests.length).toBeGreaterThanOrEqual(3);
    expect(kit.probe.requests[0]).toMatchObject({ text: './metric\n', variables: { URL: 'http://x', GUIDED_RUNBOOKS_RUN: kit.runId }, timeoutSeconds: 10 });
    expect(kit.types.filter((type) => type.startsWith('monitors.'))).toEqual(['monitors.agreed']);
  });

  test('ask again when their commands are edited, and not when something else is', async () => {
    const { kit, session } = await running();
    await watch(session);
    kit.edit(session, book('./metric', '{ when: "error_rate > 9%", level: 1 }'));
    expect(session.snapshot.monitors?.state).toBe('watching');
    kit.edit(session, book('./metric; rm -rf /'));
    expect(session.snapshot.monitors?.state).toBe('changed');
    const before = kit.probe.requests.length;
    await wait(kit, session, 60);
    expect(kit.probe.requests.length).toBe(before);
  });

  test('are not agreed to when they were edited while they were looked at', async () => {
    const { kit, session } = await running();
    await session.perform({ type: 'watchMonitors' });
    kit.edit(session, book('./other'));
    await expect(answer(session)).rejects.toMatchObject({ code: 'monitors-changed' });
    expect(kit.types).not.toContain('monitors.agreed');
  });

  test('need trust each time', async () => {
    const { kit, session } = await running();
    await watch(session);
    await wait(kit, session, 20);
    const before = kit.probe.requests.length;
    kit.distrust = new Error('Restricted Mode');
    await wait(kit, session, 30);
    expect(kit.probe.requests.length).toBe(before);
    expect(session.snapshot.monitors?.samples.get('error_rate')?.at(-1)).toMatchObject({ value: null, problem: 'Restricted Mode' });
  });

  test('end when they are stopped, with the run and with the window, also in the middle of an answer', async () => {
    for (const end of [(session: RunSession) => session.perform({ type: 'stopMonitors' }), async (session: RunSession) => {
      await session.perform({ type: 'abandonRun' });
      await answer(session, { reason: 'enough' });
    }, (session: RunSession) => Promise.resolve(session.dispose())]) {
      const { kit, session } = await running();
      kit.probe.answer = () => 'hang';
      await watch(session);
      kit.clock.advance(1);
      expect(kit.probe.going).toBe(1);
      await end(session);
      expect(kit.probe.going).toBe(0);
      const asked = kit.probe.requests.length;
      await wait(kit, session, 60);
      expect(kit.probe.requests.length).toBe(asked);
    }
  });

  test('go on in the next window, which was not asked again', async () => {
    const { kit, session } = await running();
    await watch(session);
    kit.kill(session);
    const next = kit.open(BOOK);
    await next.resume(kit.runId);
    const before = kit.probe.requests.length;
    await wait(kit, next, 20);
    expect(next.snapshot.monitors?.state).toBe('watching');
    expect(kit.probe.requests.length).toBeGreaterThan(before);
  });

  test('are not run in a window that only looks', async () => {
    const { kit, session } = await running();
    await watch(session);
    const looking = kit.open(BOOK);
    await looking.resume(kit.runId);
    expect(looking.snapshot.monitors?.state).toBe('elsewhere');
    session.dispose();
    const before = kit.probe.requests.length;
    await wait(kit, looking, 30);
    expect(kit.probe.requests.length).toBe(before);
  });
});

describe('a trigger', () => {
  test('fires once when it has held for its time, with the values, runs nothing, and clears', async () => {
    const { kit, session } = await running();
    kit.probe.answer = () => prints('7 %\n');
    await watch(session);
    await wait(kit, session, 50);
    expect(kit.types).not.toContain('trigger.fired');
    await wait(kit, session, 60);
    const fired = kit.disk.eventsOf(kit.runId).flatMap(({ body }) => (body.type === 'trigger.fired' ? [body] : []));
    expect(fired).toMatchObject([{ words: 'Error rate > 5 % for 60 s'.replace('60 s', '1 min'), level: 1 }]);
    expect(fired[0]?.samples.length).toBeGreaterThanOrEqual(6);
    expect(kit.types).not.toContain('rollback.started');
    expect(kit.types).not.toContain('command.started');
    kit.probe.answer = () => prints('2 %\n');
    await wait(kit, session, 20);
    expect(session.snapshot.state?.firings).toMatchObject([{ level: 1, clearedAt: expect.any(String) as string }]);
    kit.probe.answer = () => prints('8 %\n');
    await wait(kit, session, 90);
    expect(kit.types.filter((type) => type.startsWith('trigger.'))).toEqual(['trigger.fired', 'trigger.cleared', 'trigger.fired']);
  });

  test('that looks back for long keeps as many values as that takes', async () => {
    const { kit, session } = await running(book('./metric', '{ when: "error_rate > 5%", for: 40m, level: 1 }'));
    kit.probe.answer = () => prints('7 %\n');
    await watch(session);
    await wait(kit, session, 41 * 60);
    expect(kit.types).toContain('trigger.fired');
  });

  test('that nobody can judge any more stays fired', async () => {
    const { kit, session } = await running();
    kit.probe.answer = () => prints('7 %\n');
    await watch(session);
    await wait(kit, session, 100);
    kit.probe.answer = () => ({ kind: 'exited', code: 1, stdout: '' });
    await wait(kit, session, 100);
    expect(session.snapshot.state?.firings).toMatchObject([{ clearedAt: null }]);
    expect([...(session.snapshot.monitors?.evaluations.values() ?? [])]).toMatchObject([{ kind: 'inconclusive' }]);
  });
});
