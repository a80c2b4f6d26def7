import { describe, expect, test } from 'vitest';
import type { RunSession } from '../../../src/session/api.ts';
import { runbookOf, sectionOf, stepOf } from '../../fakes/runbooks.ts';
import { act, answer, SessionKit } from '../../fakes/sessionKit.ts';

const BOOK = runbookOf([stepOf('look', { needsEvidence: true }), stepOf('plain'), stepOf('go', { kind: 'gate', decision: 'go', sectionId: 'g', needsEvidence: true })], { sections: [sectionOf('g', { role: 'gate' })] });

async function running(): Promise<{ readonly kit: SessionKit; readonly session: RunSession }> {
  const kit = new SessionKit();
  const session = kit.open(BOOK);
  await session.perform({ type: 'startRun' });
  return { kit, session };
}

describe('evidence', () => {
  test('is asked for before the tick, may not stay empty, and is recorded with it', async () => {
    const { kit, session } = await running();
    await act(session, 'tick', 'look');
    expect(session.snapshot.prompt).toMatchObject({ title: 'Tick: “Step look”?', inputs: [{ label: 'Evidence: a note, a link, or the path of a file', required: true }] });
    expect(kit.types).toEqual(['run.started']);
    await answer(session, { reason: '  ' });
    expect(session.snapshot.prompt?.inputs[0]?.error).toBe('Is needed. It is kept in the record.');
    await answer(session, { reason: ' https://example.org/dashboard ' });
    expect(session.snapshot.state?.steps.get('look')).toMatchObject({ status: 'done', doneBy: 'tick', note: 'https://example.org/dashboard' });
  });

  test('that is a file of the workspace is recorded with its hash; a file that is not there is refused, words never are', async () => {
    const { kit, session } = await running();
    kit.files.files.set('reports/load.html', '<p>12 ms</p>');
    await act(session, 'tick', 'look');
    await expect(answer(session, { reason: 'reports/laod.html' })).rejects.toMatchObject({ code: 'evidence-file-missing' });
    expect(kit.types).toEqual(['run.started']);
    await act(session, 'tick', 'look');
    await answer(session, { reason: ' reports/load.html ' });
    const { sha256, bytes } = await kit.files.look('reports/load.html');
    expect(session.snapshot.state?.steps.get('look')?.note).toBe(`reports/load.html (SHA-256 ${String(sha256)}, ${String(bytes)} bytes)`);
  });

  test.each(['green', 'p95/p99 fine', 'https://example.org/a/b.html', '../outside/secret.txt', '/etc/passwd', 'n/a'])('kept as it is: %s', async (reason) => {
    const { session } = await running();
    await act(session, 'tick', 'look');
    await answer(session, { reason });
    expect(session.snapshot.state?.steps.get('look')?.note).toBe(reason);
  });

  test('is asked for before Go', async () => {
    const { session } = await running();
    await act(session, 'go', 'go');
    await answer(session, { reason: 'all green' });
    expect(session.snapshot.state?.steps.get('go')).toMatchObject({ decision: 'go', note: 'all green' });
  });
});

test('a note can be left with any tick, and a plain tick asks nothing', async () => {
  const { session } = await running();
  await act(session, 'tickWithNote', 'plain');
  await answer(session, { reason: 'watched it for a while' });
  expect(session.snapshot.state?.steps.get('plain')?.note).toBe('watched it for a while');
  await act(session, 'untick', 'plain');
  await act(session, 'tick', 'plain');
  expect(session.snapshot.prompt).toBeNull();
  expect(session.snapshot.state?.steps.get('plain')?.note).toBeNull();
});
