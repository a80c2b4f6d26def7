import { describe, expect, test } from 'vitest';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';
import type { Runbook } from '../../../src/core/runbook/model.ts';
import type { RunSession } from '../../../src/session/api.ts';
import { act, answer, SessionKit } from '../../fakes/sessionKit.ts';

const SECRET = 'hunter2-"secret"';
const BODY = `# Deploy

- [ ] Deploy

  \`\`\`bash {#deploy}
  printenv
  \`\`\`

- [ ] Check

  \`\`\`bash {#check}
  printenv
  \`\`\`

## Rollback

### Level 1: Back

\`\`\`bash
printenv
\`\`\`
`;
const FULL = `---
environments:
  staging: { env: { URL: "http://staging" } }
  production: { branch: main, clean: true, confirm: production, env: { URL: "http://prod" } }
inputs:
  VERSION: { description: Release, pattern: "v\\\\d+" }
  SIZE: { choices: [small, large], default: small }
  NOTE: { required: false }
  TOKEN: { secret: true }
---
${BODY}`;
const runbookOf = (text: string): Runbook => parseRunbook(text);
const FREE = runbookOf(`---\ninputs:\n  NAME: {}\n---\n${BODY}`);

async function choose(session: RunSession, environment: string): Promise<void> {
  await session.perform({ type: 'startRun' });
  await answer(session, { environment });
}

const GIVEN = { 'input:VERSION': 'v7', 'input:SIZE': 'large', 'input:TOKEN': SECRET };
const started = (kit: SessionKit): Record<string, unknown> => kit.disk.eventsOf(kit.runId)[0]?.body as unknown as Record<string, unknown>;
const everything = (kit: SessionKit, session: RunSession): string => JSON.stringify([[...kit.disk.events.values()], [...kit.disk.outputs?.values() ?? []], { ...session.snapshot, state: null, liveOutput: [...session.snapshot.liveOutput] }]);

describe('starting a run', () => {
  test('asks for the environment, then on one page for the checks, the inputs and the word', async () => {
    const kit = new SessionKit();
    kit.checkout = { branch: 'main', commit: 'c0ffee1', changed: 0, upstream: 'origin/main', ahead: 0, behind: 0, tags: [], fetchedAt: kit.clock.now() };
    const session = kit.open(runbookOf(FULL));
    await session.perform({ type: 'startRun' });
    expect(session.snapshot.prompt).toMatchObject({ inputs: [{ name: 'environment', kind: 'choice', choices: ['staging', 'production'], value: '' }], confirmLabel: 'Next' });
    await answer(session, { environment: 'nowhere' });
    expect(session.snapshot.prompt?.inputs[0]?.error).toMatch(/Choose/);
    await answer(session, { environment: 'production' });
    const page = session.snapshot.prompt;
    expect(page?.checks?.map(({ result }) => result)).toEqual(['passed', 'passed', 'passed', 'passed']);
    expect(page).toMatchObject({ title: 'Start a run of “Deploy” on production', confirmStyle: 'danger', confirmLabel: 'Start on production', lists: [{ items: ['URL = http://prod'] }] });
    expect(page?.inputs.map(({ name, kind }) => [name, kind])).toEqual([
      ['input:VERSION', 'text'], ['input:SIZE', 'choice'], ['input:NOTE', 'text'], ['input:TOKEN', 'secret'], ['keep:TOKEN', 'acknowledge'], ['confirm:production', 'typed-word'],
    ]);
    expect(kit.types).toEqual([]);

    await answer(session, { ...GIVEN, 'input:VERSION': 'seven', 'confirm:production': 'prod' });
    const wrong = session.snapshot.prompt;
    expect(wrong?.inputs.map(({ error }) => error)).toEqual(['VERSION does not match v\\d+', null, null, null, null, 'Type exactly: production']);
    // What was typed stays, but for the secret, which is not sent back.
    expect(wrong?.inputs.map(({ value }) => value)).toEqual(['seven', 'large', '', '', 'yes', 'prod']);

    await answer(session, GIVEN);
    expect(session.snapshot.prompt).toBeNull();
    expect(started(kit)).toMatchObject({
      environment: { name: 'production', confirm: 'production', variables: [{ name: 'URL', value: 'http://prod' }] },
      inputs: [{ name: 'VERSION', value: 'v7' }, { name: 'SIZE', value: 'large' }, { name: 'NOTE', value: '' }],
      secrets: ['TOKEN'],
      preflight: [{ result: 'passed' }, { result: 'passed' }, { result: 'passed' }, { result: 'passed' }],
    });
    expect(session.snapshot.state?.setup).toMatchObject({ environment: { name: 'production' }, preflightReason: null });
  });

  test('without front matter nothing is asked', async () => {
    const kit = new SessionKit();
    const session = kit.open(runbookOf(BODY));
    await session.perform({ type: 'startRun' });
    expect([session.snapshot.prompt, kit.types]).toEqual([null, ['run.started']]);
    expect(Object.keys(started(kit))).toEqual(['type', 'title', 'file', 'textSha256', 'git']);
    await act(session, 'run', 'deploy');
    await session.whenIdle();
    expect(kit.executor.requests[0]).toMatchObject({ variables: {} });
    expect(kit.executor.requests[0]).not.toHaveProperty('secrets');
  });

  test('a failed check needs a reason, which is recorded', async () => {
    const kit = new SessionKit();
    kit.checkout = { branch: 'dev', commit: 'c0ffee1', changed: 2, upstream: null, ahead: null, behind: null, tags: [], fetchedAt: null };
    const session = kit.open(runbookOf(FULL));
    await choose(session, 'production');
    expect(session.snapshot.prompt?.severity).toBe('error');
    await answer(session, GIVEN);
    expect(session.snapshot.prompt?.inputs.find(({ name }) => name === 'reason')?.error).toMatch(/needed/);
    await answer(session, { ...GIVEN, reason: 'production is down' });
    expect(started(kit)).toMatchObject({ preflightReason: 'production is down', preflight: expect.arrayContaining([expect.objectContaining({ result: 'failed' })]) as unknown });
  });

  test('a check that fails while the page is open stops the start', async () => {
    const kit = new SessionKit();
    const session = kit.open(runbookOf(FULL));
    await choose(session, 'production');
    kit.checkout = { branch: 'main', commit: 'c0ffee1', changed: 3, upstream: null, ahead: null, behind: null, tags: [], fetchedAt: null };
    await expect(answer(session, GIVEN)).rejects.toMatchObject({ code: 'preflight-changed' });
    expect(kit.types).toEqual([]);
  });

  test('an edit while the page is open stops the start', async () => {
    const kit = new SessionKit();
    const session = kit.open(runbookOf(FULL));
    await choose(session, 'staging');
    kit.edit(session, runbookOf(FULL.replace('http://staging', 'http://other')));
    await expect(answer(session, GIVEN)).rejects.toMatchObject({ code: 'start-stale' });
    expect(kit.types).toEqual([]);
  });

  test('wrong front matter stops the start and says what to correct', async () => {
    const kit = new SessionKit();
    const session = kit.open(runbookOf(FULL.replace('confirm:', 'confrim:')));
    await expect(session.perform({ type: 'startRun' })).rejects.toMatchObject({ code: 'front-matter-wrong', message: expect.stringMatching(/line 4.*confrim/) as unknown });
    expect(kit.types).toEqual([]);
  });

  test('a rollback without a run asks first, and rolls back with what was given', async () => {
    const kit = new SessionKit();
    const session = kit.open(runbookOf(FULL));
    await session.perform({ type: 'planRollback', level: 1, revision: session.snapshot.revision });
    await session.perform({ type: 'confirmRollback', level: 1, planId: session.snapshot.plan?.planId ?? '' });
    await answer(session, { environment: 'staging' });
    expect(kit.executor.requests).toEqual([]);
    await answer(session, GIVEN);
    await session.whenIdle();
    expect(kit.types).toEqual(['run.started', 'rollback.started', 'command.started', 'command.ended', 'rollback.ended']);
    expect(kit.executor.requests[0]).toMatchObject({ variables: { URL: 'http://staging', VERSION: 'v7' }, secrets: { TOKEN: SECRET } });
  });
});

describe('what commands get', () => {
  test.each(["'; touch P #", '$(touch P)', '`touch P`', '"; touch P; "', '!!', '%PATH%', '\\'])('%j stays a value', async (value) => {
    const kit = new SessionKit();
    const session = kit.open(FREE);
    await session.perform({ type: 'startRun' });
    await answer(session, { 'input:NAME': value });
    await act(session, 'run', 'deploy');
    await session.whenIdle();
    expect(kit.executor.requests[0]).toMatchObject({ text: 'printenv\n', variables: { NAME: value } });
  });

  test.each(['a\nb', 'a\rb', '-rf', 'a\u202Eb', 'a\0b', '', '   ', 'x'.repeat(1025)])('%j is refused', async (value) => {
    const kit = new SessionKit();
    const session = kit.open(FREE);
    await session.perform({ type: 'startRun' });
    await answer(session, { 'input:NAME': value });
    expect(session.snapshot.prompt?.inputs[0]?.error).toMatch(/^NAME /);
    expect(kit.types).toEqual([]);
  });

  test('a record that sets a variable which programs act on runs nothing', async () => {
    const kit = new SessionKit();
    const session = kit.open(FREE);
    await session.perform({ type: 'startRun' });
    await answer(session, { 'input:NAME': 'x' });
    const [first] = kit.disk.eventsOf(kit.runId);
    (first?.body as unknown as { inputs: unknown }).inputs = [{ name: 'LD_PRELOAD', value: '/tmp/evil.so' }];
    kit.kill(session);
    const next = kit.open(FREE);
    await next.resume(kit.runId);
    await expect(act(next, 'run', 'deploy')).rejects.toMatchObject({ code: 'recorded-variable' });
    expect(kit.executor.requests).toEqual([]);
  });
});

describe('a run that goes on in another window', () => {
  async function interrupted(kit: SessionKit, given: Record<string, string> = {}): Promise<RunSession> {
    const session = kit.open(runbookOf(FULL));
    await choose(session, 'staging');
    await answer(session, { ...GIVEN, 'keep:TOKEN': '', ...given });
    await act(session, 'run', 'deploy');
    await session.whenIdle();
    kit.kill(session);
    const next = kit.open(runbookOf(FULL));
    await next.resume(kit.runId);
    return next;
  }

  test('keeps environment and inputs, and asks for the secret that nobody kept', async () => {
    const kit = new SessionKit();
    const session = await interrupted(kit);
    await act(session, 'run', 'check');
    expect(session.snapshot.prompt).toMatchObject({ title: 'TOKEN is needed again', inputs: [{ name: 'input:TOKEN', kind: 'secret' }, { name: 'keep:TOKEN' }] });
    expect(kit.executor.requests).toHaveLength(1);
    await answer(session, { 'input:TOKEN': 'another-one', 'keep:TOKEN': '' });
    await session.whenIdle();
    expect(kit.executor.requests[1]).toMatchObject({ variables: { URL: 'http://staging', VERSION: 'v7', SIZE: 'large', NOTE: '' }, secrets: { TOKEN: 'another-one' } });
    expect(kit.vault?.kept.size).toBe(0);
  });

  test('takes the secret that was kept, for this environment and no other', async () => {
    const kit = new SessionKit();
    const session = await interrupted(kit, { 'keep:TOKEN': 'yes' });
    expect([...(kit.vault?.kept ?? [])]).toEqual([['["staging","TOKEN"]', SECRET]]);
    await act(session, 'run', 'check');
    await session.whenIdle();
    expect(kit.executor.requests[1]).toMatchObject({ secrets: { TOKEN: SECRET } });
    await session.perform({ type: 'abandonRun' });
    await answer(session, { reason: 'enough' });
    await choose(session, 'production');
    expect(session.snapshot.prompt?.inputs.find(({ name }) => name === 'input:TOKEN')?.required).toBe(true);
  });

  test('what is kept is used without being shown, and forgotten when the tick is taken away', async () => {
    const kit = new SessionKit();
    const session = await interrupted(kit, { 'keep:TOKEN': 'yes' });
    await session.perform({ type: 'abandonRun' });
    await answer(session, { reason: 'enough' });
    await choose(session, 'staging');
    expect(session.snapshot.prompt?.inputs.filter(({ name }) => name.endsWith('TOKEN'))).toMatchObject([{ value: '', required: false, hint: 'Kept: leave it empty to use what is kept.' }, { value: 'yes' }]);
    await answer(session, { 'input:VERSION': 'v8', 'keep:TOKEN': '' });
    expect(kit.vault?.kept.size).toBe(0);
    await act(session, 'run', 'deploy');
    await session.whenIdle();
    expect(kit.executor.requests.at(-1)).toMatchObject({ secrets: { TOKEN: SECRET }, variables: { VERSION: 'v8' } });
  });

  test('a storage that fails is said, and the run goes on', async () => {
    const kit = new SessionKit();
    const session = kit.open(runbookOf(FULL));
    await choose(session, 'staging');
    if (kit.vault !== null) kit.vault.failure = new Error('locked');
    await expect(answer(session, { ...GIVEN, 'keep:TOKEN': 'yes' })).rejects.toMatchObject({ code: 'secret-not-kept' });
    await act(session, 'run', 'deploy');
    await session.whenIdle();
    expect(kit.executor.requests[0]).toMatchObject({ secrets: { TOKEN: SECRET } });
  });

  test('without a place to keep it, nobody is offered to', async () => {
    const kit = new SessionKit();
    kit.vault = null;
    const session = kit.open(runbookOf(FULL));
    await choose(session, 'staging');
    expect(session.snapshot.prompt?.inputs.some(({ name }) => name.startsWith('keep:'))).toBe(false);
  });

  test('a rollback asks too', async () => {
    const kit = new SessionKit();
    const session = await interrupted(kit);
    await session.perform({ type: 'planRollback', level: 1, revision: session.snapshot.revision });
    await session.perform({ type: 'confirmRollback', level: 1, planId: session.snapshot.plan?.planId ?? '' });
    expect(session.snapshot.prompt?.title).toBe('TOKEN is needed again');
    await answer(session, { 'input:TOKEN': SECRET });
    await session.whenIdle();
    expect(kit.executor.requests[1]).toMatchObject({ secrets: { TOKEN: SECRET }, variables: { URL: 'http://staging' } });
    expect(kit.types.slice(-3)).toEqual(['command.started', 'command.ended', 'rollback.ended']);
  });
});

describe('a secret', () => {
  test('is in nothing that is written or shown, whatever prints it', async () => {
    const kit = new SessionKit();
    const encoded = Buffer.from(`ada:${SECRET}`).toString('base64');
    kit.executor.prints = `plain ${SECRET}\nbase64 ${encoded}\njson ${JSON.stringify({ SECRET })}\n`;
    const session = kit.open(runbookOf(FULL));
    const heard: string[] = [];
    session.onDidOutput((_, tail) => heard.push(tail));
    kit.executor.onExecute = ({ executionId }) => kit.executor.print(executionId, `half of it: ${SECRET.slice(0, 9)}`);
    await choose(session, 'staging');
    await answer(session, { ...GIVEN, 'keep:TOKEN': '' });
    await act(session, 'run', 'deploy');
    await session.whenIdle();
    expect(heard).toEqual(['half of it: [redacted]']);
    const written = everything(kit, session);
    expect(written).toContain('[redacted]');
    for (const form of [SECRET, JSON.stringify(SECRET).slice(1, -1), JSON.stringify(JSON.stringify(SECRET)).slice(3, -3), encoded, 'hunter2']) expect(written).not.toContain(form);
  });
});
