import { expect, test } from 'vitest';
import { RecordFollower } from '../../../src/extension/sessions/recordFollower.ts';
import { runbookOf, stepOf } from '../../fakes/runbooks.ts';
import { act, SessionKit } from '../../fakes/sessionKit.ts';

const RUNBOOK = runbookOf([stepOf('a'), stepOf('b')]);

/** What is watched, and a way to say that it has changed. */
class Watches {
  readonly now = new Map<string, () => void>();

  readonly watch = (runId: string, changed: () => void): (() => void) => {
    this.now.set(runId, changed);
    return () => this.now.delete(runId);
  };
}

test('a run that another window drives is watched and followed', async () => {
  const kit = new SessionKit();
  const one = kit.open(RUNBOOK);
  await one.perform({ type: 'startRun' });
  const two = kit.open(RUNBOOK);
  const watches = new Watches();
  const follower = new RecordFollower(two, watches.watch);
  expect(watches.now.size).toBe(0);
  await two.resume(kit.runId);
  await two.whenIdle();
  expect([...watches.now.keys()]).toEqual([kit.runId]);
  await act(one, 'tick', 'a');
  watches.now.get(kit.runId)?.();
  await two.whenIdle();
  expect(two.snapshot.state?.steps.get('a')?.status).toBe('done');
  await two.perform({ type: 'takeOver' });
  // Ours by now, it is still watched: others may take it over, and reviewers may say something.
  expect([...watches.now.keys()]).toEqual([kit.runId]);
  await expect(act(one, 'tick', 'b')).rejects.toMatchObject({ code: 'held-elsewhere' });
  follower.dispose();
});

test('nothing is watched any more once the follower is let go of', async () => {
  const kit = new SessionKit();
  await kit.open(RUNBOOK).perform({ type: 'startRun' });
  const two = kit.open(RUNBOOK);
  await two.resume(kit.runId);
  const watches = new Watches();
  const follower = new RecordFollower(two, watches.watch);
  expect(watches.now.size).toBe(1);
  follower.dispose();
  expect(watches.now.size).toBe(0);
});
