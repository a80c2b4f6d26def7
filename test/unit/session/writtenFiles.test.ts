import { describe, expect, test } from 'vitest';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';
import type { RunSession } from '../../../src/session/api.ts';
import { act, answer, SessionKit } from '../../fakes/sessionKit.ts';

const TEXT = `# R

\`\`\`yaml {#config file=config/app.yml}
colour: green
size: 2
\`\`\`

- [ ] Both

  \`\`\`bash {#both}
  before
  \`\`\`

  \`\`\`json {file=.vscode/settings.json}
  {}
  \`\`\`
`;

async function begun(kit: SessionKit, text = TEXT): Promise<RunSession> {
  const session = kit.open(parseRunbook(text));
  await session.perform({ type: 'startRun' });
  return session;
}

const shownLines = (session: RunSession): readonly string[] | undefined => session.snapshot.prompt?.difference?.lines.map(({ sign, text }) => `${sign}${text}`);
const status = (session: RunSession, stepId: string): string | undefined => session.snapshot.state?.steps.get(stepId)?.status;

describe('a step that writes a file', () => {
  test('shows what becomes of it, writes what was confirmed, and keeps both hashes', async () => {
    const kit = new SessionKit();
    kit.files.files.set('config/app.yml', 'colour: red\nsize: 2\n');
    const session = await begun(kit);
    await act(session, 'run', 'config');
    expect(session.snapshot.prompt).toMatchObject({ title: 'Write “config/app.yml”: “R”?', confirmLabel: 'Write file' });
    expect(shownLines(session)).toEqual(['-colour: red', '+colour: green', ' size: 2']);
    expect(kit.types).not.toContain('command.started');
    await answer(session);
    await session.whenIdle();
    expect(kit.files.files.get('config/app.yml')).toBe('colour: green\nsize: 2\n');
    const [started, ended] = kit.disk.eventsOf(kit.runId).map(({ body }) => body).filter(({ type }) => type.startsWith('command.'));
    const before = kit.ids.sha256('colour: red\nsize: 2\n');
    expect(started).toMatchObject({ shell: 'file', file: { path: 'config/app.yml', before }, text: 'colour: green\nsize: 2\n', acknowledged: ['file'] });
    expect(ended).toMatchObject({ outcome: { kind: 'written', before, after: kit.ids.sha256('colour: green\nsize: 2\n') } });
    expect(status(session, 'config')).toBe('done');
    expect(kit.executor.requests).toEqual([]);
  });

  test('a file that changes after it was shown is not written over', async () => {
    const kit = new SessionKit();
    const session = await begun(kit);
    await act(session, 'run', 'config');
    expect(session.snapshot.prompt?.confirmLabel).toBe('Create file');
    kit.files.files.set('config/app.yml', 'somebody else');
    await answer(session);
    await session.whenIdle();
    expect(kit.files.files.get('config/app.yml')).toBe('somebody else');
    expect(status(session, 'config')).toBe('failed');
    expect(session.snapshot.state?.executions.get(session.snapshot.state.steps.get('config')?.executionIds[0] ?? '')?.outcome).toMatchObject({ kind: 'notStarted', reason: expect.stringContaining('not what you were shown') as string });
    await act(session, 'retry', 'config');
    expect(shownLines(session)).toContain('-somebody else');
    await answer(session);
    await session.whenIdle();
    expect(status(session, 'config')).toBe('done');
  });

  test('an edit of the block, and Restricted Mode, between question and answer write nothing', async () => {
    const kit = new SessionKit();
    const session = await begun(kit);
    await act(session, 'run', 'config');
    kit.edit(session, parseRunbook(TEXT.replace('green', 'blue')));
    await expect(answer(session)).rejects.toThrow('was edited');
    kit.edit(session, parseRunbook(TEXT));
    await act(session, 'run', 'config').catch(() => undefined);
    if (session.snapshot.prompt?.inputs.some(({ name }) => name === 'edited') === true) await answer(session);
    kit.distrust = new Error('Restricted Mode');
    await expect(answer(session)).rejects.toThrow('Restricted Mode');
    expect(kit.files.files.size).toBe(0);
  });

  test('asks again for each file of a step, and for an acknowledgement where a file chooses what runs', async () => {
    const kit = new SessionKit();
    const session = await begun(kit);
    await act(session, 'run', 'both');
    await session.whenIdle();
    expect(kit.executor.texts).toEqual(['before\n']);
    expect(session.snapshot.prompt?.inputs.map(({ name, kind }) => [name, kind])).toEqual([['chooses-what-runs', 'acknowledge']]);
    expect(kit.files.files.size).toBe(0);
    await answer(session, { 'chooses-what-runs': '' });
    expect(session.snapshot.prompt?.inputs[0]?.error).not.toBeNull();
    await answer(session);
    await session.whenIdle();
    expect(kit.files.files.get('.vscode/settings.json')).toBe('{}\n');
    expect(status(session, 'both')).toBe('done');
  });

  test.each([
    ['was written', 'colour: green\nsize: 2\n', 'done'],
    ['was not', null, 'failed'],
    ['is something else', 'half', 'unknown'],
  ])('after a crash the content tells whether it %s', async (_what, now, expected) => {
    const kit = new SessionKit();
    const session = await begun(kit);
    kit.files.onWrite = () => {
      kit.kill(session);
      throw new Error('the power went');
    };
    await act(session, 'run', 'config');
    await answer(session).catch(() => undefined);
    kit.files.onWrite = () => undefined;
    if (now !== null) kit.files.files.set('config/app.yml', now);
    const other = kit.open(parseRunbook(TEXT));
    await other.resume(kit.runId);
    await other.whenIdle();
    expect(status(other, 'config')).toBe(expected);
  });

  test('the runbook itself is never written by its run', async () => {
    const kit = new SessionKit();
    const session = await begun(kit, TEXT.replace('config/app.yml', 'Deploy.md'));
    await expect(act(session, 'run', 'config')).rejects.toThrow('this runbook itself');
    expect(session.snapshot.prompt).toBeNull();
  });
});
