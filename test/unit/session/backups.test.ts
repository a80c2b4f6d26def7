import { describe, expect, it } from 'vitest';
import type { RunSession } from '../../../src/session/api.ts';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';
import { runFactsOf } from '../../../src/core/status/runFacts.ts';
import { statusOf } from '../../../src/core/status/environmentStatus.ts';
import { made, runFactsFor } from '../../fakes/statusRuns.ts';
import { act, answer, SessionKit } from '../../fakes/sessionKit.ts';

const RUNBOOK = parseRunbook(`---
environments:
  staging: {}
  production: {}
inputs:
  VERSION: {}
backups:
  db: { description: Orders, keep: { staging: 2 } }
---
# Deploy

- [ ] Back up

  \`\`\`bash {#backup backup=db capture=NAME}
  back up
  \`\`\`

- [ ] Prune

  \`\`\`bash {#prune prune=db}
  prune
  \`\`\`

- [ ] Deploy

  \`\`\`bash {#deploy deploys=VERSION capture=SHA commit=SHA}
  deploy
  \`\`\`

## Rollback

### Level 1: Code

\`\`\`bash
switch back
\`\`\`

### Level 2: Data

\`\`\`bash {restore=db deploys=OLD capture=OLD}
restore
\`\`\`
`);

const NAMES = ['b-1', 'b-2', 'b-3', 'b-4'];

/** Each backup prints another name. */
function kitWith(): SessionKit {
  const kit = new SessionKit();
  let count = 0;
  const printed = (text: string): string => (text === 'back up' ? (NAMES[count++] ?? '') : text === 'deploy' ? 'abc123' : '1.7.0');
  kit.executor.onExecute = ({ text }) => (kit.executor.captures = { kind: 'text', text: printed(text.trim()) });
  return kit;
}

async function started(kit: SessionKit, environment = 'staging'): Promise<RunSession> {
  const session = kit.open(RUNBOOK);
  await session.perform({ type: 'startRun' });
  await answer(session, { environment });
  await answer(session, { 'input:VERSION': '1.8.0' });
  return session;
}

async function run(session: RunSession, stepId: string): Promise<void> {
  await act(session, 'run', stepId);
  await session.whenIdle();
}

describe('backups in a run', () => {
  it('are recorded by the name that the block printed, and the oldest of too many are removed by name', async () => {
    const kit = kitWith();
    kit.past = { runs: [runFactsFor('A', [made('old-1', 1), made('old-2', 2)])], odd: [] };
    const session = await started(kit);
    await run(session, 'backup');
    await run(session, 'prune');
    const { prompt } = session.snapshot;
    expect(prompt?.title).toBe('Remove 1 backup of db: “Prune”?');
    expect(prompt?.lists?.map(({ heading, items }) => [heading, items.map((item) => item.split(' · ')[0])])).toEqual([['Goes', ['old-1']], ['Stays', ['old-2', 'b-1']]]);
    expect(kit.executor.texts).not.toContain('prune\n');
    await answer(session);
    await session.whenIdle();
    expect(kit.executor.requests.at(-1)?.variables['BACKUPS_TO_PRUNE']).toBe('old-1');
    const execution = [...(session.snapshot.state?.executions.values() ?? [])].at(-1);
    expect(execution?.backup).toEqual({ act: 'prunes', of: 'db', names: ['old-1'], stay: 2 });
    expect(runFactsOf(session.snapshot.state ?? neverHere())?.facts.map(({ kind }) => kind)).toEqual(['made', 'pruned']);
  });

  it('need nothing to be run when none is too many, and the step is done with that reason', async () => {
    const kit = kitWith();
    const session = await started(kit);
    await run(session, 'backup');
    await run(session, 'prune');
    expect(session.snapshot.prompt).toBeNull();
    expect(kit.executor.texts.map((text) => text.trim())).toEqual(['back up']);
    expect(session.snapshot.state?.steps.get('prune')).toMatchObject({ status: 'done', doneBy: 'command' });
    expect([...(session.snapshot.state?.executions.values() ?? [])].at(-1)?.outcome).toEqual({ kind: 'unneeded', reason: 'no backup of db is too many' });
  });

  it('need nothing to be run as far as is known, where a record is not whole', async () => {
    const kit = kitWith();
    kit.past = { runs: [], odd: [{ runId: 'X', words: 'w', isUnread: true }] };
    const session = await started(kit);
    await run(session, 'backup');
    await run(session, 'prune');
    expect([...(session.snapshot.state?.executions.values() ?? [])].at(-1)?.outcome).toEqual({ kind: 'unneeded', reason: 'no backup of db is too many, of those that are known: 1 record is not whole, so there may be more' });
  });

  it('refuse to remove others than those that were shown', async () => {
    const kit = kitWith();
    kit.past = { runs: [runFactsFor('A', [made('old-1', 1), made('old-2', 2), made('old-3', 3)])], odd: [] };
    const session = await started(kit);
    await run(session, 'backup');
    await run(session, 'prune');
    kit.past = { runs: [...kit.past.runs, runFactsFor('B', [made('other', 4)])], odd: [] };
    await expect(answer(session)).rejects.toMatchObject({ code: 'backups-changed' });
    expect(kit.executor.texts.map((text) => text.trim())).toEqual(['back up']);
  });

  it('say when records could not be read whole', async () => {
    const kit = kitWith();
    kit.past = { runs: [runFactsFor('A', [made('old-1', 1), made('old-2', 2), made('old-3', 3)])], odd: [{ runId: 'X', words: 'w', isUnread: true }] };
    const session = await started(kit);
    await run(session, 'backup');
    await run(session, 'prune');
    expect(session.snapshot.prompt?.text).toContain('1 record could not be read whole');
  });

  it('are no success without a name of one line', async () => {
    const kit = new SessionKit();
    kit.executor.captures = { kind: 'text', text: 'one\ntwo' };
    const session = await started(kit);
    await run(session, 'backup');
    expect(session.snapshot.state?.steps.get('backup')?.status).toBe('failed');
    expect([...(session.snapshot.state?.executions.values() ?? [])].at(-1)?.expectation?.detail).toContain('cannot be the name of a backup');
    expect(runFactsOf(session.snapshot.state ?? neverHere())?.facts).toEqual([]);
  });
});

describe('restoring', () => {
  async function rollBack(session: RunSession, level: number): Promise<void> {
    await session.perform({ type: 'planRollback', level, revision: session.snapshot.revision });
    await session.perform({ type: 'confirmRollback', level, planId: session.snapshot.plan?.planId ?? '' });
    await session.whenIdle();
  }

  it('uses the backup of this run before a newer one of another', async () => {
    const kit = kitWith();
    const session = await started(kit);
    await run(session, 'backup');
    kit.past = { runs: [runFactsFor('B', [{ kind: 'made', at: '2999-01-01T00:00:00.000Z', of: 'db', name: 'newer' }])], odd: [] };
    await rollBack(session, 2);
    expect(kit.executor.requests.at(-1)?.variables['BACKUP']).toBe('b-1');
    expect(session.snapshot.state?.rollbacks[0]?.commands[0]?.backup).toMatchObject({ act: 'restores', name: 'b-1', run: session.snapshot.state?.runId });
  });

  it('uses the newest one of the environment when this run made none', async () => {
    const kit = kitWith();
    kit.past = { runs: [runFactsFor('A', [made('first', 1), made('second', 2)]), runFactsFor('P', [made('elsewhere', 9)], { environment: 'production' })], odd: [] };
    const session = await started(kit);
    await rollBack(session, 2);
    expect(kit.executor.requests.at(-1)?.variables['BACKUP']).toBe('second');
  });

  it('cannot run without a recorded backup, and says so in the plan', async () => {
    const kit = kitWith();
    const session = await started(kit);
    await session.perform({ type: 'planRollback', level: 2, revision: session.snapshot.revision });
    expect(session.snapshot.plan?.cannotRun).toContain('No backup of db is recorded in staging');
    await expect(session.perform({ type: 'confirmRollback', level: 2, planId: session.snapshot.plan?.planId ?? '' })).rejects.toMatchObject({ code: 'plan-cannot-run' });
    expect(kit.types).not.toContain('rollback.started');
  });

  it('runs what was confirmed: another backup by then makes it another plan', async () => {
    const kit = kitWith();
    kit.past = { runs: [runFactsFor('A', [made('first', 1)])], odd: [] };
    const session = await started(kit);
    await session.perform({ type: 'planRollback', level: 2, revision: session.snapshot.revision });
    const planId = session.snapshot.plan?.planId ?? '';
    kit.past = { runs: [runFactsFor('A', [made('first', 1), made('second', 2)])], odd: [] };
    await expect(session.perform({ type: 'confirmRollback', level: 2, planId })).rejects.toMatchObject({ code: 'plan-changed' });
    expect(kit.executor.texts).toEqual([]);
  });

  it('goes on with the backup that was confirmed after it failed', async () => {
    const kit = kitWith();
    kit.past = { runs: [runFactsFor('A', [made('first', 1)])], odd: [] };
    const session = await started(kit);
    kit.executor.script = () => ({ kind: 'exited', code: 1 });
    await rollBack(session, 2);
    kit.past = { runs: [runFactsFor('A', [made('first', 1), made('second', 2)])], odd: [] };
    kit.executor.script = () => ({ kind: 'exited', code: 0 });
    await session.perform({ type: 'retryRollback' });
    await session.whenIdle();
    expect(kit.executor.requests.map(({ variables }) => variables['BACKUP'])).toEqual(['first', 'first']);
    expect(session.snapshot.state?.rollbacks[0]?.outcome).toBe('succeeded');
  });

  it('names the backup first when the run begins with the rollback', async () => {
    const kit = kitWith();
    kit.past = { runs: [runFactsFor('A', [made('first', 1)])], odd: [] };
    const session = kit.open(RUNBOOK);
    await session.perform({ type: 'planRollback', level: 2, revision: 1 });
    await session.perform({ type: 'confirmRollback', level: 2, planId: session.snapshot.plan?.planId ?? '' });
    await answer(session, { environment: 'staging' });
    await expect(answer(session, { 'input:VERSION': '1' })).rejects.toMatchObject({ code: 'plan-names-backup' });
    expect(kit.executor.texts).toEqual([]);
    expect(session.snapshot.plan?.commands[0]?.backup).toMatchObject({ name: 'first' });
    await session.perform({ type: 'confirmRollback', level: 2, planId: session.snapshot.plan?.planId ?? '' });
    await session.whenIdle();
    expect(kit.executor.requests.at(-1)?.variables['BACKUP']).toBe('first');
  });

  it('states what is deployed as a step does, and a level that does not makes it unknown', async () => {
    const kit = kitWith();
    const session = await started(kit);
    await run(session, 'backup');
    await run(session, 'prune');
    await run(session, 'deploy');
    const now = (): ReturnType<typeof statusOf> => statusOf([runFactsOf(session.snapshot.state ?? neverHere()) ?? neverHere()], 'staging');
    expect(now()).toMatchObject({ release: { value: '1.8.0' }, commit: { value: 'abc123' }, unknownSince: null });
    await rollBack(session, 1);
    expect(now()).toMatchObject({ release: null, commit: null, unknownSince: { because: 'the rollback to level 1' } });
    await rollBack(session, 2);
    expect(now()).toMatchObject({ release: { value: '1.7.0' }, commit: null, unknownSince: null });
  });
});

describe('what other places may hold', () => {
  const OTHER = parseRunbook(`---
inputs:
  TOKEN: { secret: true }
backups:
  db:
---
# Restore

- [ ] Back up

  \`\`\`bash {#backup backup=db capture=NAME}
  back up
  \`\`\`

- [ ] Restore

  \`\`\`bash {#restore restore=db deploys=TOKEN}
  restore
  \`\`\`

- [ ] Deploy

  \`\`\`bash {#deploy capture=VERSION deploys=VERSION}
  deploy
  \`\`\`

\`\`\`bash {undo=deploy capture=OLD deploys=OLD}
undeploy
\`\`\`

\`\`\`bash {undo=backup}
remove it
\`\`\`
`);

  async function startedOther(kit: SessionKit): Promise<RunSession> {
    const session = kit.open(OTHER);
    await session.perform({ type: 'startRun' });
    await answer(session, { 'input:TOKEN': 'hunter2-secret' });
    return session;
  }

  it('a step that restores names the backup before it runs, and says when another run made it', async () => {
    const kit = kitWith();
    kit.past = { runs: [runFactsFor('A', [made('first', 1)], { environment: null })], odd: [] };
    const session = await startedOther(kit);
    await act(session, 'skip', 'backup');
    await answer(session, { reason: 'has been made' });
    await run(session, 'restore');
    expect(session.snapshot.prompt?.text).toMatch(/^It is the backup first, made .* by another run \(Run A, run A\), not by this one/);
    expect(kit.executor.texts).toEqual([]);
    await answer(session);
    await session.whenIdle();
    expect(kit.executor.requests.at(-1)?.variables['BACKUP']).toBe('first');
    // A secret is no value that could be stated.
    expect(runFactsOf(session.snapshot.state ?? neverHere())?.facts).toMatchObject([{ kind: 'restored', name: 'first' }, { kind: 'stated', release: null }]);
  });

  it('a name that holds a secret is refused, and stands nowhere in the record', async () => {
    const kit = new SessionKit();
    kit.executor.captures = { kind: 'text', text: 'backup-hunter2-secret' };
    const session = await startedOther(kit);
    await run(session, 'backup');
    expect(session.snapshot.state?.steps.get('backup')?.status).toBe('failed');
    expect(JSON.stringify(kit.disk.eventsOf(kit.runId))).not.toContain('hunter2');
  });

  it('an undo block states what is deployed, and takes its step’s backup out of the ledger', async () => {
    const kit = kitWith();
    const session = await startedOther(kit);
    await run(session, 'backup');
    await act(session, 'skip', 'restore');
    await answer(session, { reason: 'not needed' });
    await run(session, 'deploy');
    await session.perform({ type: 'planRollback', level: 0, revision: session.snapshot.revision });
    await session.perform({ type: 'confirmRollback', level: 0, planId: session.snapshot.plan?.planId ?? '' });
    await session.whenIdle();
    const facts = runFactsOf(session.snapshot.state ?? neverHere()) ?? neverHere();
    expect(facts.facts.map(({ kind }) => kind)).toEqual(['made', 'stated', 'rolledBack', 'stated', 'undone']);
    expect(statusOf([facts], null)).toMatchObject({ release: { value: '1.7.0' }, lastBackup: null });
  });

  it('what had nothing to do is found again after the window was gone, without being run', async () => {
    const kit = kitWith();
    const session = await started(kit);
    await run(session, 'backup');
    kit.executor.onExecute = () => undefined;
    const { runId } = kit;
    await run(session, 'prune');
    kit.kill(session);
    const events = kit.disk.events.get(runId);
    // The end was not written any more.
    expect(events?.pop()?.body.type).toBe('command.ended');
    const next = kit.open(RUNBOOK);
    await next.resume(runId);
    await next.whenIdle();
    expect(next.snapshot.state?.steps.get('prune')).toMatchObject({ status: 'done' });
    expect([...(next.snapshot.state?.executions.values() ?? [])].at(-1)?.outcome?.kind).toBe('unneeded');
    expect(kit.executor.texts.map((text) => text.trim())).toEqual(['back up']);
  });
});

function neverHere(): never {
  throw new Error('There is no run.');
}
