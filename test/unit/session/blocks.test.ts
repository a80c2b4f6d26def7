import { describe, expect, test } from 'vitest';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';
import { act, SessionKit } from '../../fakes/sessionKit.ts';

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
      ['program', ['python3', '-u'], 'print("{name}")\n', { NAME: 'Ada', COLOUR: 'dark green' }],
      ['bash', undefined, 'true\n', { NAME: 'Ada' }],
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
