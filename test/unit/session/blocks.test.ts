import { describe, expect, test } from 'vitest';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';
import { act, answer, SessionKit } from '../../fakes/sessionKit.ts';

const TEXT = `---
inputs:
  NAME: { default: Ada }
---
# R

\`\`\`python {#calc interpreter="python3 -u" env.COLOUR="dark green"}
print("{name}")
\`\`\`

\`\`\`bash {#plain}
true
\`\`\`
`;

describe('a block with a program and variables of its own', () => {
  test('goes to the program as it stands; the record keeps what ran it, and the next block gets nothing of it', async () => {
    const kit = new SessionKit();
    const session = kit.open(parseRunbook(TEXT));
    await session.perform({ type: 'startRun' });
    await session.answer(session.snapshot.prompt?.id ?? '', { 'input:NAME': 'Ada' });
    await act(session, 'run', 'calc');
    await session.whenIdle();
    await act(session, 'run', 'plain');
    await session.whenIdle();
    expect(kit.executor.requests.map(({ shell, program, text, variables }) => [shell, program, text, variables])).toEqual([
      ['program', ['python3', '-u'], 'print("{name}")\n', { NAME: 'Ada', COLOUR: 'dark green', GUIDED_RUNBOOKS_RUN: kit.runId }],
      ['bash', undefined, 'true\n', { NAME: 'Ada', GUIDED_RUNBOOKS_RUN: kit.runId }],
    ]);
    const started = kit.disk.eventsOf(kit.runId).flatMap(({ body }) => (body.type === 'command.started' ? [body] : []));
    expect(started[0]).toMatchObject({ shell: 'program', program: ['python3', '-u'], env: [{ name: 'COLOUR', value: 'dark green' }] });
    expect(Object.keys(started[1] ?? {})).not.toContain('program');
    expect(session.snapshot.state?.steps.get('calc')?.status).toBe('done');
  });

  test('another program or another variable is another step: it has to be read before it goes on', async () => {
    const kit = new SessionKit();
    const session = kit.open(parseRunbook(TEXT.replace('  NAME: { default: Ada }', '  NAME: { required: false }')));
    await session.perform({ type: 'startRun' });
    await session.answer(session.snapshot.prompt?.id ?? '', {});
    const before = session.snapshot.revision;
    kit.edit(session, parseRunbook(TEXT.replace('dark green', 'red')));
    await expect(session.perform({ type: 'step', action: 'run', stepId: 'calc', revision: before })).rejects.toThrow('was edited');
    await act(session, 'run', 'calc');
    expect(session.snapshot.prompt?.difference?.lines.map(({ sign, text }) => `${sign}${text}`)).toContainEqual(expect.stringMatching(/^\+.*COLOUR=red/));
    expect(kit.executor.requests).toEqual([]);
  });
});

const CAPTURING = `---
inputs:
  RELEASE: { default: v1 }
  TOKEN: { secret: true }
---
# R

\`\`\`bash {#version capture=VERSION}
git describe
\`\`\`

\`\`\`bash {#deploy}
deploy --to=<VERSION> --of=<RELEASE> --as=<TOKEN>
\`\`\`

\`\`\`http {#ask check}
GET http://127.0.0.1:1/{{VERSION}}/{{RELEASE}}
\`\`\`

## Rollback

### Level 1: Back

\`\`\`bash
undeploy <VERSION>
\`\`\`
`;
const SECRET = 'hunter2-secret';

async function begun(kit: SessionKit): Promise<ReturnType<SessionKit['open']>> {
  const session = kit.open(parseRunbook(CAPTURING));
  await session.perform({ type: 'startRun' });
  await answer(session, { 'input:TOKEN': SECRET });
  return session;
}

describe('a value that a block prints', () => {
  test('reaches later steps as a variable and fills their placeholders; nobody is asked for what is given', async () => {
    const kit = new SessionKit();
    kit.executor.captures = { kind: 'text', text: ' v2.0.1 \n\n' };
    const session = await begun(kit);
    await act(session, 'run', 'version');
    await session.whenIdle();
    expect(kit.executor.requests[0]).toMatchObject({ captures: true, variables: { RELEASE: 'v1' } });
    expect(session.snapshot.state?.captured).toEqual(new Map([['VERSION', 'v2.0.1']]));
    await act(session, 'run', 'deploy');
    await session.whenIdle();
    expect(session.snapshot.prompt).toBeNull();
    const deploy = kit.executor.requests[1];
    expect(deploy?.text).toBe('deploy --to="${RUNBOOK_FIELD_1}" --of="${RUNBOOK_FIELD_2}" --as="${RUNBOOK_FIELD_3}"\n');
    expect(deploy?.variables).toEqual({ RELEASE: 'v1', VERSION: 'v2.0.1', RUNBOOK_FIELD_1: 'v2.0.1', RUNBOOK_FIELD_2: 'v1', GUIDED_RUNBOOKS_RUN: kit.runId });
    expect(deploy?.secrets).toEqual({ TOKEN: SECRET, RUNBOOK_FIELD_3: SECRET });
    expect(JSON.stringify([...kit.disk.events.values()])).not.toContain(SECRET);
    const ended = kit.disk.eventsOf(kit.runId).find(({ body }) => body.type === 'command.ended')?.body;
    expect(ended).toMatchObject({ captured: 'v2.0.1' });
  });

  test('fills requests too, which are shown with it before they are sent', async () => {
    const kit = new SessionKit();
    const session = await begun(kit);
    kit.executor.captures = { kind: 'text', text: 'v 2' };
    await act(session, 'run', 'version');
    await session.whenIdle();
    await act(session, 'run', 'ask');
    expect(session.snapshot.prompt).toMatchObject({ confirmLabel: 'Send', commands: [{ text: 'GET http://127.0.0.1:1/v%202/v1\n' }] });
    await answer(session);
    await session.whenIdle();
    expect(kit.http.requests).toHaveLength(1);
  });

  test('one question gives one value to all commands of a step, also where one of them alone needed it asked', async () => {
    const kit = new SessionKit();
    kit.executor.captures = { kind: 'text', text: 'v 2' };
    const session = kit.open(parseRunbook('# R\n\n- Version:\n\n  ```bash {#version capture=VERSION}\n  version\n  ```\n\n1. Deploy:\n\n   ```bash {#deploy}\n   deploy <VERSION>\n   ```\n\n   ```bash\n   eval "check <VERSION>"\n   ```\n'));
    await session.perform({ type: 'startRun' });
    if (session.snapshot.prompt !== null) await answer(session);
    await act(session, 'run', 'version');
    await session.whenIdle();
    await act(session, 'run', 'deploy');
    await answer(session, { 'field:VERSION': 'v-2' });
    await session.whenIdle();
    expect(kit.executor.requests.slice(1).map(({ variables }) => variables['RUNBOOK_FIELD_1'])).toEqual(['v-2', 'v-2']);
  });

  test('a request is shown with the value that it is sent with, also where a block beside it needed that value asked', async () => {
    const kit = new SessionKit();
    kit.executor.captures = { kind: 'text', text: 'v 2' };
    const session = kit.open(parseRunbook('# R\n\n- Version:\n\n  ```bash {#version capture=VERSION}\n  version\n  ```\n\n1. [ ] Look:\n\n   ```http {check}\n   GET http://127.0.0.1:1/{{VERSION}}\n   ```\n\n   ```bash\n   eval "check <VERSION>"\n   ```\n'));
    await session.perform({ type: 'startRun' });
    if (session.snapshot.prompt !== null) await answer(session);
    await act(session, 'run', 'version');
    await session.whenIdle();
    const look = session.snapshot.runbook.steps.find(({ commands }) => commands.length === 2);
    await act(session, 'run', look?.id ?? '');
    await answer(session, { 'field:VERSION': 'v-2' });
    expect(session.snapshot.prompt).toMatchObject({ confirmLabel: 'Send', commands: [{ text: 'GET http://127.0.0.1:1/v-2\n' }] });
    await answer(session);
    await session.whenIdle();
    expect(kit.http.requests).toMatchObject([{ url: 'http://127.0.0.1:1/v-2' }]);
  });

  test('before it is there, its placeholder is asked for; the last success wins and a rollback gets it, also in another window', async () => {
    const kit = new SessionKit();
    const session = await begun(kit);
    await act(session, 'run', 'deploy').catch(() => undefined);
    expect(session.snapshot.prompt?.inputs.map(({ name }) => name)).toEqual(['field:VERSION']);
    await session.answer(session.snapshot.prompt?.id ?? '', null);
    for (const text of ['first', 'second']) {
      kit.executor.captures = { kind: 'text', text };
      await act(session, 'run', 'version');
      if (session.snapshot.prompt !== null) await answer(session);
      await session.whenIdle();
    }
    kit.kill(session);
    const other = kit.open(parseRunbook(CAPTURING));
    await other.resume(kit.runId);
    await other.perform({ type: 'planRollback', level: 1, revision: other.snapshot.revision });
    await other.perform({ type: 'confirmRollback', level: 1, planId: other.snapshot.plan?.planId ?? '' });
    if (other.snapshot.prompt !== null) await answer(other, { 'input:TOKEN': SECRET });
    await other.whenIdle();
    expect(kit.executor.requests.at(-1)?.variables).toMatchObject({ VERSION: 'second', RUNBOOK_FIELD_1: 'second' });
  });

  test.each([
    ['holds a secret', { kind: 'text', text: `token ${SECRET}` }, 'holds a secret'],
    ['looks like a credential', { kind: 'text', text: `ghp_${'a1B2'.repeat(9)}` }, 'holds a secret'],
    ['is too much', { kind: 'tooLarge' }, 'more than 64 KB'],
    ['is no text', { kind: 'notText' }, 'no text'],
    ['was not kept', { kind: 'missing' }, 'not kept'],
  ] as const)('that %s makes the step a failure, and is in no record', async (_what, captured, words) => {
    const kit = new SessionKit();
    const session = await begun(kit);
    kit.executor.captures = captured;
    await act(session, 'run', 'version');
    await session.whenIdle();
    expect(session.snapshot.state?.steps.get('version')?.status).toBe('failed');
    expect(session.snapshot.state?.captured.size).toBe(0);
    const record = JSON.stringify([...kit.disk.events.values()]);
    expect(record).toContain(words);
    expect(record).not.toContain(SECRET);
  });

  test('of a block that failed nothing is taken', async () => {
    const kit = new SessionKit(() => ({ kind: 'exited', code: 1 }));
    const session = await begun(kit);
    await act(session, 'run', 'version');
    await session.whenIdle();
    expect(session.snapshot.state?.captured.size).toBe(0);
  });
});

const ASKING = `---
inputs:
  RELEASE: { pattern: "[-a-z0-9.]+" }
---
# R

\`\`\`bash {#one capture=BUILD}
build <RELEASE> <region>
\`\`\`

\`\`\`bash {#two}
deploy <BUILD> --to=<region> <zone>
\`\`\`

## Rollback

### Level 1: Back

\`\`\`bash
undeploy <reason>
\`\`\`
`;

describe('the page before a start', () => {
  const opened = async (kit: SessionKit): Promise<ReturnType<SessionKit['open']>> => {
    const session = kit.open(parseRunbook(ASKING));
    await session.perform({ type: 'startRun' });
    return session;
  };

  test('lists the placeholders of the way forward that nothing else fills; they may be left empty', async () => {
    const kit = new SessionKit();
    const session = await opened(kit);
    expect(session.snapshot.prompt?.inputs.map(({ name, required, hint }) => [name, required, hint])).toEqual([
      ['input:RELEASE', true, 'Has to match [-a-z0-9.]+'],
      ['field:region', false, 'For “R”. Can be given later, when it is needed.'],
      ['field:zone', false, 'For “R”. Can be given later, when it is needed.'],
    ]);
    await answer(session, { 'input:RELEASE': 'v1', 'field:region': 'eu' });
    expect(kit.types).toEqual(['run.started', 'field.filled']);
    await act(session, 'run', 'one');
    // What was given is proposed; the input is not asked for again.
    expect(session.snapshot.prompt?.inputs.map(({ name, value }) => [name, value])).toEqual([['field:region', 'eu']]);
    await answer(session);
    await session.whenIdle();
    expect(kit.executor.requests[0]?.variables).toMatchObject({ RUNBOOK_FIELD_1: 'v1', RUNBOOK_FIELD_2: 'eu' });
    await act(session, 'run', 'two');
    expect(session.snapshot.prompt?.inputs.map(({ name, value }) => [name, value])).toEqual([['field:region', 'eu'], ['field:zone', '']]);
  });

  test('holds values, of inputs too, to the places where commands use them', async () => {
    const kit = new SessionKit();
    const session = await opened(kit);
    await answer(session, { 'input:RELEASE': '-rf', 'field:region': '-x' });
    expect(session.snapshot.prompt?.inputs.map(({ error }) => error)).toEqual([expect.stringMatching(/^RELEASE begins with/), expect.stringMatching(/^region begins with/), null]);
    expect(kit.types).toEqual([]);
  });
});

test("a folder of the front matter is counted from the runbook's own, and editing it asks for reading the step again", async () => {
  const text = '---\nrunme: { version: v3 }\ncwd: ../services\n---\n# R\n\n```bash {"name":"build","cwd":"orders"}\ntrue\n```\n\n```bash {#own cwd=tools}\ntrue\n```\n';
  const kit = new SessionKit();
  const session = kit.openMember(parseRunbook(text), 'docs/deploy.runbook.md');
  await session.perform({ type: 'startRun' });
  await act(session, 'run', 'build');
  await session.whenIdle();
  kit.edit(session, parseRunbook(text.replace('cwd=tools', 'cwd=bin').replace('../services', '..')));
  await act(session, 'run', 'own');
  expect(session.snapshot.prompt?.difference?.lines.map(({ text: line }) => line).join('\n')).toMatch(/in tools[^]*in bin/);
  expect(kit.executor.requests.map(({ cwd }) => cwd)).toEqual(['services/orders']);
});
