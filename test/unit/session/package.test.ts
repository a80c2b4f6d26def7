import { describe, expect, test, vi } from 'vitest';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';
import { act, answer, SessionKit } from '../../fakes/sessionKit.ts';

const fence = (id: string, more = ''): string => `- [ ] ${id}\n\n  \`\`\`bash {#${id}${more}}\n  printenv\n  \`\`\`\n`;
const ENVIRONMENTS = 'environments:\n  staging: { env: { URL: "http://staging" } }\n  production: { confirm: production, env: { URL: "http://prod" } }\n';
const CHECKLIST = parseRunbook(`---\ntitle: Checklist\n${ENVIRONMENTS}inputs:\n  VERSION: { pattern: "v\\\\d+" }\n  TOKEN: { secret: true }\n---\n# Checklist\n\n${fence('deploy')}${fence('mark', ' capture=MARK')}`);
const VERIFY = parseRunbook(`---\ntitle: Verify\n${ENVIRONMENTS}inputs:\n  VERSION: {}\n  SIZE: { default: small }\n---\n# Verify\n\n${fence('check')}${fence('count', ' capture=COUNT')}`);
const PLAIN = parseRunbook(`# Plain\n\n${fence('look')}`);

async function startChecklist(kit: SessionKit, environment: string): Promise<ReturnType<SessionKit['openMember']>> {
  const session = kit.openMember(CHECKLIST, 'release/checklist.md');
  await session.perform({ type: 'startRun' });
  await answer(session, { environment });
  await answer(session, { 'input:VERSION': 'v7', 'input:TOKEN': 'hunter2-secret' });
  kit.clock.advance(60_000);
  return session;
}

describe('a run that is started while another of its package goes on', () => {
  test('belongs to it, is asked nothing twice, and says what it takes over', async () => {
    const kit = new SessionKit();
    const root = await startChecklist(kit, 'staging');
    const verify = kit.openMember(VERIFY, 'release/verify.md');
    await verify.perform({ type: 'startRun' });
    const page = verify.snapshot.prompt;
    expect(page?.title).toBe('Start a run of “Verify” on staging');
    expect(page?.text).toContain('Part of the run of “Checklist”');
    expect(page?.text).toContain('environment and 1 value');
    expect(page?.lists?.[0]).toEqual({ heading: 'Taken from the run of “Checklist”', items: ['environment staging', 'VERSION = v7'] });
    expect(page?.inputs.map(({ name }) => name)).toEqual(['input:SIZE', 'own-run']);
    await answer(verify, { 'own-run': '' });
    const [start, taken] = kit.disk.eventsOf(kit.runId).map(({ body }) => body);
    const runId = root.snapshot.state?.runId ?? '';
    expect(start).toMatchObject({ partOf: { runId, file: 'release/checklist.md' }, environment: { name: 'staging' }, inputs: [{ name: 'VERSION', value: 'v7' }, { name: 'SIZE', value: 'small' }] });
    expect(taken).toMatchObject({ type: 'values.taken', values: [{ name: 'VERSION', value: 'v7', kind: 'value', from: { runId, file: 'release/checklist.md' } }] });
    expect(JSON.stringify(kit.disk.eventsOf(kit.runId))).not.toContain('hunter2');
  });

  test('asks for the word of production again, and for a value that does not fit', async () => {
    const kit = new SessionKit();
    await startChecklist(kit, 'production');
    const strict = parseRunbook(`---\n${ENVIRONMENTS}inputs:\n  VERSION: { choices: [v8, v9] }\n---\n# Strict\n\n${fence('check')}`);
    const session = kit.openMember(strict, 'release/strict.md');
    await session.perform({ type: 'startRun' });
    const page = session.snapshot.prompt;
    expect(page?.inputs.map(({ name }) => name)).toEqual(['input:VERSION', 'confirm:production', 'own-run']);
    expect(page?.inputs[0]?.hint).toContain('“v7”');
    expect(page?.inputs[0]?.hint).toContain('has to be one of v8, v9');
    await answer(session, { 'input:VERSION': 'v8', 'own-run': '' });
    expect(kit.disk.eventsOf(kit.runId)[0]?.body).toMatchObject({ environment: { name: 'production', confirm: 'production' }, inputs: [{ name: 'VERSION', value: 'v8' }] });
  });

  test('of a runbook without environments goes where the other goes', async () => {
    const kit = new SessionKit();
    await startChecklist(kit, 'staging');
    const plain = kit.openMember(PLAIN, 'release/plain.md');
    await plain.perform({ type: 'startRun' });
    await answer(plain, { 'own-run': '' });
    await act(plain, 'run', 'look');
    expect(kit.executor.requests.at(-1)?.variables).toMatchObject({ URL: 'http://staging', VERSION: 'v7' });
  });

  test('can be a run of its own all the same', async () => {
    const kit = new SessionKit();
    await startChecklist(kit, 'staging');
    const plain = kit.openMember(PLAIN, 'release/plain.md');
    await plain.perform({ type: 'startRun' });
    await answer(plain, { 'own-run': 'yes' });
    expect(plain.snapshot.state?.partOf).toBeNull();
    expect(kit.types).toEqual(['run.started']);
  });

  test('is not started by a page that is no longer true', async () => {
    const kit = new SessionKit();
    const root = await startChecklist(kit, 'staging');
    const plain = kit.openMember(PLAIN, 'release/plain.md');
    await plain.perform({ type: 'startRun' });
    await act(root, 'run', 'deploy');
    await root.whenIdle();
    await root.perform({ type: 'abandonRun' });
    await answer(root, { reason: 'enough' });
    await expect(answer(plain, { 'own-run': '' })).rejects.toThrow(/has changed since you were asked/);
    expect(plain.snapshot.state).toBeNull();
    await plain.perform({ type: 'startRun' });
    expect(plain.snapshot.state?.partOf).toBeNull();
  });

  test('asks which of two it belongs to', async () => {
    const kit = new SessionKit();
    await startChecklist(kit, 'staging');
    const other = kit.openMember(PLAIN, 'release/other.md');
    await other.perform({ type: 'startRun' });
    await answer(other, { 'own-run': 'yes' });
    const session = kit.openMember(PLAIN, 'release/plain.md');
    await session.perform({ type: 'startRun' });
    const { choices = [] } = session.snapshot.prompt?.inputs[0] ?? {};
    expect(choices).toHaveLength(3);
    expect(choices.at(-1)).toBe('A run of its own');
    await answer(session, { root: choices.find((choice) => choice.startsWith('Checklist')) ?? '' });
    expect(session.snapshot.prompt?.text).toContain('Part of the run of “Checklist”');
    await answer(session, { 'own-run': '' });
    expect(session.snapshot.state?.partOf?.file).toBe('release/checklist.md');
  });
});

describe('runs of the package that could not be looked at', () => {
  const UNREAD = [{ runId: 'R', file: null, rootId: null, isOpen: true, words: 'The record of run R could not be read.' }];

  test('are not taken for none: a start says so, and takes no values', async () => {
    const kit = new SessionKit();
    await startChecklist(kit, 'staging');
    kit.unread = UNREAD;
    const verify = kit.openMember(VERIFY, 'release/verify.md');
    await verify.perform({ type: 'startRun' });
    expect([verify.snapshot.prompt?.lists, verify.snapshot.state]).toEqual([[{ heading: 'Could not be looked at', items: ['The record of run R could not be read.'] }], null]);
    await answer(verify);
    expect(verify.snapshot.prompt?.inputs.map(({ name }) => name)).toEqual(['input:VERSION', 'input:SIZE', 'own-run']);
  });

  test('keep what is newer from being taken', async () => {
    const kit = new SessionKit();
    const root = await startChecklist(kit, 'staging');
    const verify = kit.openMember(VERIFY, 'release/verify.md');
    await verify.perform({ type: 'startRun' });
    await answer(verify, { 'own-run': '' });
    kit.clock.advance(60_000);
    await act(verify, 'run', 'count');
    await verify.whenIdle();
    kit.unread = UNREAD;
    await act(root, 'run', 'deploy');
    await root.whenIdle();
    expect([root.snapshot.prompt, kit.executor.requests.at(-1)?.variables['COUNT']]).toEqual([null, undefined]);
  });
});

describe('a level that is asked for in another runbook of the package', () => {
  const LEVELS = parseRunbook('# Rollback\n\n## Rollback\n\n### Level 1: Back\n\n```bash\nprintenv\n```\n');

  test('shows its plan and the page of its run, which is a part of the other one', async () => {
    const kit = new SessionKit();
    const root = await startChecklist(kit, 'staging');
    const session = kit.openMember(LEVELS, 'release/rollback.md');
    await session.perform({ type: 'planRollback', level: 1, revision: session.snapshot.revision, joins: { rootId: root.snapshot.state?.runId ?? null } });
    expect([session.snapshot.plan?.level, session.snapshot.prompt?.confirmLabel, session.snapshot.state]).toEqual([1, 'Start run', null]);
    await answer(session, { 'own-run': '' });
    expect(session.snapshot.plan?.level).toBe(1);
    await session.perform({ type: 'confirmRollback', level: 1, planId: session.snapshot.plan?.planId ?? '' });
    await session.whenIdle();
    expect(session.snapshot.state?.rollbacks.map(({ outcome }) => outcome)).toEqual(['succeeded']);
    expect(kit.executor.requests.at(-1)?.variables).toMatchObject({ URL: 'http://staging', VERSION: 'v7' });
  });

  test('is refused in a run that belongs to another one', async () => {
    const kit = new SessionKit();
    await startChecklist(kit, 'staging');
    const session = kit.openMember(LEVELS, 'release/rollback.md');
    await session.perform({ type: 'startRun' });
    await answer(session, { 'own-run': '' });
    const tonight = { type: 'planRollback', level: 1, revision: session.snapshot.revision, joins: { rootId: 'tonight' } } as const;
    await expect(session.perform(tonight)).rejects.toThrow(/a run of “Rollback” goes on here that is part of run .* of release\/checklist\.md/);
    expect([session.snapshot.plan, session.snapshot.error]).toEqual([null, expect.stringContaining('Nothing was planned or run') as unknown]);
    await session.perform({ ...tonight, joins: { rootId: session.snapshot.state?.partOf?.runId ?? null } });
    expect(session.snapshot.plan?.level).toBe(1);
  });

  test('does not run with values that came after its plan was shown', async () => {
    const kit = new SessionKit();
    kit.executor.captures = { kind: 'text', text: 'm1\n' };
    const root = await startChecklist(kit, 'staging');
    const session = kit.openMember(LEVELS, 'release/rollback.md');
    await session.perform({ type: 'planRollback', level: 1, revision: session.snapshot.revision, joins: { rootId: root.snapshot.state?.runId ?? null } });
    await answer(session, { 'own-run': '' });
    kit.clock.advance(60_000);
    await act(root, 'run', 'deploy');
    await root.whenIdle();
    await act(root, 'run', 'mark');
    await root.whenIdle();
    const requests = kit.executor.requests.length;
    const confirm = (): Promise<void> => session.perform({ type: 'confirmRollback', level: 1, planId: session.snapshot.plan?.planId ?? '' });
    await expect(confirm()).rejects.toThrow(/values of the package have changed: "MARK"/);
    expect([kit.executor.requests.length, session.snapshot.state?.rollbacks, session.snapshot.state?.captured.get('MARK')]).toEqual([requests, [], 'm1']);
    await confirm();
    await session.whenIdle();
    expect(kit.executor.requests.at(-1)?.variables).toMatchObject({ MARK: 'm1' });
  });

  test('goes on with the values that its rollback began with', async () => {
    let fails = true;
    const kit = new SessionKit(({ text }) => ({ kind: 'exited', code: text.includes('back') && fails ? 1 : 0 }));
    kit.executor.captures = { kind: 'text', text: 'm1\n' };
    const root = await startChecklist(kit, 'staging');
    const session = kit.openMember(parseRunbook('# Rollback\n\n## Rollback\n\n### Level 1: Back\n\n```bash\nback\n```\n'), 'release/rollback.md');
    await session.perform({ type: 'planRollback', level: 1, revision: session.snapshot.revision, joins: { rootId: root.snapshot.state?.runId ?? null } });
    await answer(session, { 'own-run': '' });
    await session.perform({ type: 'confirmRollback', level: 1, planId: session.snapshot.plan?.planId ?? '' });
    await session.whenIdle();
    kit.clock.advance(60_000);
    for (const step of ['deploy', 'mark']) {
      await act(root, 'run', step);
      await root.whenIdle();
    }
    fails = false;
    await session.perform({ type: 'retryRollback' });
    if (session.snapshot.prompt !== null) await answer(session);
    await session.whenIdle();
    expect(session.snapshot.state?.rollbacks.map(({ outcome }) => outcome)).toEqual(['succeeded']);
    expect(kit.executor.requests.at(-1)?.variables).not.toHaveProperty('MARK');
  });

  test('shows its plan in the run that goes on when a level is pressed where no run is', async () => {
    const kit = new SessionKit();
    const root = await startChecklist(kit, 'staging');
    const session = kit.openMember(LEVELS, 'release/rollback.md');
    await session.perform({ type: 'planRollback', level: 1, revision: session.snapshot.revision, joins: { rootId: root.snapshot.state?.runId ?? null } });
    await answer(session, { 'own-run': '' });
    await session.perform({ type: 'closeRollback' });
    await session.perform({ type: 'planRollback', level: 1, revision: session.snapshot.revision, joins: { rootId: null } });
    expect(session.snapshot.plan?.level).toBe(1);
  });

  test('can be read when the values of the package cannot be recorded, which is said', async () => {
    const kit = new SessionKit();
    kit.executor.captures = { kind: 'text', text: 'm1\n' };
    const root = await startChecklist(kit, 'staging');
    const session = kit.openMember(LEVELS, 'release/rollback.md');
    await session.perform({ type: 'planRollback', level: 1, revision: session.snapshot.revision, joins: { rootId: root.snapshot.state?.runId ?? null } });
    await answer(session, { 'own-run': '' });
    await session.perform({ type: 'closeRollback' });
    kit.clock.advance(60_000);
    for (const step of ['deploy', 'mark']) {
      await act(root, 'run', step);
      await root.whenIdle();
    }
    kit.disk.isFull = true;
    await expect(session.perform({ type: 'planRollback', level: 1, revision: session.snapshot.revision })).rejects.toThrow(/disk is full/);
    expect(session.snapshot.plan?.level).toBe(1);
  });

  test('starts nothing when there is no run to be a part of', async () => {
    const kit = new SessionKit();
    const session = kit.openMember(LEVELS, 'release/rollback.md');
    await session.perform({ type: 'planRollback', level: 1, revision: session.snapshot.revision, joins: { rootId: null } });
    expect([session.snapshot.plan?.level, session.snapshot.prompt, session.snapshot.state]).toEqual([1, null, null]);
  });
});

describe('values that come later', () => {
  test('are asked about again when their question was left, and are not taken between two attempts', async () => {
    const kit = new SessionKit(({ text }) => ({ kind: 'exited', code: text.includes('again') ? 1 : 0 }));
    kit.executor.captures = { kind: 'text', text: '17\n' };
    await startChecklist(kit, 'staging');
    const retried = parseRunbook(`---\n${ENVIRONMENTS}---\n# Retried\n\n${fence('again', ' retry=3 every=30s').replace('printenv', 'again')}${fence('plain')}## Rollback\n\n### Level 1: Back\n\n\`\`\`bash\nback\n\`\`\`\n`);
    const part = kit.openMember(retried, 'release/retried.md');
    await part.perform({ type: 'startRun' });
    await answer(part, { 'own-run': '' });
    const verify = kit.openMember(VERIFY, 'release/verify.md');
    await verify.perform({ type: 'startRun' });
    await answer(verify, { 'own-run': '' });
    kit.clock.advance(60_000);
    await act(part, 'run', 'again');
    if (part.snapshot.prompt !== null) await answer(part);
    await vi.waitFor(() => expect(part.snapshot.repetition).not.toBeNull(), { interval: 1 });
    await act(verify, 'run', 'count');
    await verify.whenIdle();
    await part.perform({ type: 'planRollback', level: 1, revision: part.snapshot.revision });
    expect(part.snapshot.state?.captured.get('COUNT')).toBeUndefined();
    await act(part, 'stop', 'again');
    await part.whenIdle();
    const requests = kit.executor.requests.length;
    for (const _ of ['left', 'asked again']) {
      await act(part, 'run', 'plain');
      expect([part.snapshot.prompt?.title, kit.executor.requests.length]).toEqual(['Run “plain” with new values?', requests]);
      await part.answer(part.snapshot.prompt?.id ?? '', null);
    }
    await act(part, 'run', 'plain');
    await answer(part);
    await part.whenIdle();
    expect(kit.executor.requests.at(-1)?.variables).toMatchObject({ COUNT: '17' });
  });

  test('reach the other runs at their next command, and only then', async () => {
    const kit = new SessionKit();
    kit.executor.captures = { kind: 'text', text: '17\n' };
    const root = await startChecklist(kit, 'staging');
    const verify = kit.openMember(VERIFY, 'release/verify.md');
    await verify.perform({ type: 'startRun' });
    await answer(verify, { 'own-run': '' });
    const verifyId = kit.runId;
    kit.clock.advance(60_000);
    await act(verify, 'run', 'count');
    await verify.whenIdle();
    expect(root.snapshot.state?.captured.get('COUNT')).toBeUndefined();
    const requests = kit.executor.requests.length;
    await act(root, 'run', 'deploy');
    await root.whenIdle();
    // They are shown before anything runs with them.
    expect([kit.executor.requests.length, root.snapshot.prompt?.title, root.snapshot.prompt?.lists]).toEqual([requests, 'Run “deploy” with new values?', [{ heading: 'Taken from the package', items: [expect.stringMatching(/^SIZE = small, from run /) as unknown, expect.stringMatching(/^COUNT = 17, from run /) as unknown] }]]);
    await answer(root);
    await root.whenIdle();
    expect(kit.executor.requests.at(-1)?.variables).toMatchObject({ COUNT: '17', VERSION: 'v7', URL: 'http://staging' });
    const bodies = kit.disk.eventsOf(root.snapshot.state?.runId ?? '').map(({ body }) => body);
    const at = bodies.findIndex(({ type }) => type === 'values.taken');
    expect(bodies[at]).toMatchObject({ values: expect.arrayContaining([expect.objectContaining({ name: 'COUNT', value: '17', from: { runId: verifyId, file: 'release/verify.md' } })]) as unknown });
    expect(bodies[at + 1]?.type).toBe('command.started');
    // Nothing new: nothing more is recorded.
    const count = bodies.length;
    await act(root, 'run', 'mark');
    await root.whenIdle();
    expect(kit.disk.eventsOf(root.snapshot.state?.runId ?? '').slice(count).map(({ body }) => body.type)).toEqual(['command.started', 'command.ended']);
  });
});
