import { expect, test } from 'vitest';
import { rollbackProgress } from '../../../src/core/rollback/progress.ts';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';
import type { RunSession } from '../../../src/session/api.ts';
import { act, answer, SessionKit } from '../../fakes/sessionKit.ts';

const RUNBOOK = parseRunbook(`---
environments:
  staging: {}
  live-eu: {}
  production: { confirm: production }
---
# Deploy

- [ ] Deploy

  \`\`\`bash {#deploy}
  deploy
  \`\`\`

## Rollback

### Level 1: Toggle (2 min)

\`\`\`bash
flag off
\`\`\`

\`\`\`bash {check}
probe
\`\`\`

\`\`\`bash {verify}
clean up
\`\`\`
`);

async function started(kit: SessionKit, environment: string): Promise<RunSession> {
  const session = kit.open(RUNBOOK);
  await session.perform({ type: 'startRun' });
  await answer(session, { environment });
  if (session.snapshot.prompt !== null) await answer(session, { [session.snapshot.prompt.inputs[0]?.name ?? '']: environment });
  expect(session.snapshot.state?.setup?.environment?.name).toBe(environment);
  return session;
}

const ran = (kit: SessionKit): readonly string[] => kit.executor.texts.map((text) => text.trim());

async function rehearse(session: RunSession): Promise<void> {
  await session.perform({ type: 'planRehearsal', level: 1, revision: session.snapshot.revision });
  await session.perform({ type: 'confirmRehearsal', level: 1, planId: session.snapshot.plan?.planId ?? '' });
  await session.whenIdle();
}

test('where it is not production every command runs, nothing counts as rolled back, and the way forward goes on', async () => {
  const kit = new SessionKit();
  const session = await started(kit, 'staging');
  await rehearse(session);
  expect(ran(kit)).toEqual(['flag off', 'probe', 'clean up']);
  const { state } = session.snapshot;
  expect(state?.rollbacks).toEqual([]);
  expect(state?.rehearsals).toMatchObject([{ level: 1, outcome: 'succeeded', rehearsal: { levelSha256: expect.any(String) as string } }]);
  expect(kit.types.filter((type) => type.startsWith('rollback'))).toEqual([]);
  await act(session, 'run', 'deploy');
  await session.whenIdle();
  await session.perform({ type: 'endRun' });
  expect(session.snapshot.state?.ended?.outcome).toBe('completed');
});

test.each(['production', 'live-eu'])('in %s only what is marked as a check runs; the rest is shown', async (environment) => {
  const kit = new SessionKit();
  const session = await started(kit, environment);
  await session.perform({ type: 'planRehearsal', level: 1, revision: 1 });
  expect(session.snapshot.plan?.commands.map(({ text, shownOnly }) => [text.trim(), shownOnly === true])).toEqual([['flag off', true], ['probe', false], ['clean up', true]]);
  await rehearse(session);
  expect(ran(kit)).toEqual(['probe']);
  expect(session.snapshot.state?.rehearsals[0]?.outcome).toBe('succeeded');
});

test('a run without an environment may be in production', async () => {
  const kit = new SessionKit();
  const session = kit.open(parseRunbook('# Deploy\n\n- [ ] It\n\n## Rollback\n\n### Level 1: Off\n\n```sh\noff\n```\n'));
  await session.perform({ type: 'startRun' });
  await rehearse(session);
  expect(ran(kit)).toEqual([]);
  expect(session.snapshot.state?.rehearsals).toMatchObject([{ outcome: 'succeeded', commands: [{ shownOnly: true }] }]);
});

test('it needs a run, and the plan that was seen', async () => {
  const kit = new SessionKit();
  const session = kit.open(RUNBOOK);
  await expect(session.perform({ type: 'planRehearsal', level: 1, revision: 1 })).rejects.toMatchObject({ code: 'no-run' });
  const running = await started(new SessionKit(), 'staging');
  await running.perform({ type: 'planRollback', level: 1, revision: 1 });
  const { planId = '' } = running.snapshot.plan ?? {};
  await expect(running.perform({ type: 'confirmRehearsal', level: 1, planId })).rejects.toMatchObject({ code: 'plan-changed' });
  await running.perform({ type: 'planRehearsal', level: 1, revision: 1 });
  await expect(running.perform({ type: 'confirmRollback', level: 1, planId: running.snapshot.plan?.planId ?? '' })).rejects.toMatchObject({ code: 'plan-changed' });
  expect(running.snapshot.state?.rollbacks).toEqual([]);
});

test('steps wait while it goes on; one that failed goes on at its command, and a real rollback takes its place', async () => {
  let fails = true;
  const kit = new SessionKit(({ text }) => ({ kind: 'exited', code: text.trim() === 'probe' && fails ? 1 : 0 }));
  const session = await started(kit, 'staging');
  await rehearse(session);
  const state = session.snapshot.state;
  expect(state !== null && rollbackProgress(state, state.rehearsals[0]!)).toMatchObject({ phase: 'failed', next: 1 });
  await expect(act(session, 'run', 'deploy')).rejects.toThrow(/waits for the rehearsal of level 1/);
  fails = false;
  await session.perform({ type: 'retryRollback' });
  await session.whenIdle();
  expect(ran(kit)).toEqual(['flag off', 'probe', 'probe', 'clean up']);
  fails = true;
  await rehearse(session);
  await session.perform({ type: 'planRollback', level: 1, revision: 1 });
  fails = false;
  await session.perform({ type: 'confirmRollback', level: 1, planId: session.snapshot.plan?.planId ?? '' });
  await session.whenIdle();
  expect(session.snapshot.state?.rehearsals.map(({ outcome }) => outcome)).toEqual(['succeeded', 'failed']);
  expect(session.snapshot.state?.rollbacks.map(({ outcome }) => outcome)).toEqual(['succeeded']);
});

test('one that was killed between two commands is shown again and goes on', async () => {
  const kit = new SessionKit(({ text }) => (text.trim() === 'probe' ? 'hangs' : { kind: 'exited', code: 0 }));
  const session = await started(kit, 'staging');
  await session.perform({ type: 'planRehearsal', level: 1, revision: 1 });
  await session.perform({ type: 'confirmRehearsal', level: 1, planId: session.snapshot.plan?.planId ?? '' });
  await expect.poll(() => kit.executor.running).toHaveLength(1);
  session.dispose();
  const again = kit.open(RUNBOOK);
  await again.resume(kit.runId);
  kit.executor.finish(kit.executor.running[0] ?? '', { kind: 'exited', code: 0 });
  await again.whenIdle();
  expect(again.snapshot.plan?.rehearsal).toBeDefined();
  expect(again.snapshot.state?.rehearsals[0]?.outcome).toBeNull();
  await again.perform({ type: 'retryRollback' });
  await again.whenIdle();
  expect(ran(kit)).toEqual(['flag off', 'probe', 'clean up']);
  expect(again.snapshot.state?.rehearsals[0]?.outcome).toBe('succeeded');
});

test('it runs in a terminal and an environment of its own, which nothing of the way forward gets', async () => {
  const kit = new SessionKit();
  const session = await started(kit, 'staging');
  await rehearse(session);
  await act(session, 'run', 'deploy');
  await session.whenIdle();
  const terminals = kit.executor.requests.map(({ terminal }) => terminal);
  expect(terminals.map((terminal) => [terminal?.key, terminal?.anew])).toEqual([['rehearsal', true], ['rehearsal', false], ['rehearsal', false], [undefined, undefined]]);
  expect(new Set(terminals.slice(0, 3).map((terminal) => terminal?.carry)).size).toBe(1);
  await rehearse(session);
  expect(kit.executor.requests.at(-1)?.terminal?.carry).not.toBe(terminals[0]?.carry);
});
