import { tailAlone } from '../../../src/core/record/recordedOutput.ts';
import { expect, test } from 'vitest';
import { runbookOf, stepOf } from '../../fakes/runbooks.ts';
import { act, SessionKit } from '../../fakes/sessionKit.ts';

const RUNBOOK = runbookOf([stepOf('a', { commands: ['one'] })]);

async function ran(prints: string | null, change: (kit: SessionKit) => void = () => undefined): Promise<{ readonly kit: SessionKit; readonly ended: unknown }> {
  const kit = new SessionKit();
  kit.executor.prints = prints;
  change(kit);
  const session = kit.open(RUNBOOK);
  await session.perform({ type: 'startRun' });
  await act(session, 'run', 'a');
  await session.whenIdle();
  return { kit, ended: kit.disk.eventsOf(kit.runId).find(({ body }) => body.type === 'command.ended')?.body };
}

test('what a command prints is kept redacted, and its end refers to it', async () => {
  const { kit, ended } = await ran('ok\nDB_PASSWORD=hunter2\n');
  expect([...kit.disk.outputs.values()]).toEqual(['ok\nDB_PASSWORD=[redacted]\n']);
  expect(ended).toMatchObject({ outputTail: 'ok\nDB_PASSWORD=[redacted]\n', output: { bytes: 26, cut: false } });
  expect(JSON.stringify(kit.disk.eventsOf(kit.runId))).not.toContain('hunter2');
});

test('it is on disk before the end is', async () => {
  const order: string[] = [];
  await ran('ok', ({ disk }) => {
    const { set } = disk.outputs;
    disk.outputs.set = (...entry) => {
      order.push(...[...disk.events.values()].flat().map(({ body }) => body.type), 'output');
      return set.apply(disk.outputs, entry);
    };
  });
  expect(order).toEqual(['run.started', 'command.started', 'output']);
});

test('output that nobody heard is not made up', async () => {
  const { kit, ended } = await ran(null);
  expect(kit.disk.outputs.size).toBe(0);
  expect(ended).toMatchObject({ outputTail: null, output: null });
});

test('output that cannot be kept does not keep the end from being recorded', async () => {
  const { ended } = await ran('ok', ({ disk }) => {
    disk.outputs.has = () => true;
  });
  expect(ended).toMatchObject({ outcome: { kind: 'exited', code: 0 }, outputTail: 'ok', output: null });
});

test('output that the disk refuses is said to be missing, where its last lines are read', async () => {
  const refuse = (): never => {
    throw new Error('the disk is full');
  };
  const { ended } = await ran('ok', ({ disk }) => {
    disk.outputs.set = refuse;
  });
  expect(ended).toMatchObject({ outcome: { kind: 'exited', code: 0 }, outputTail: 'ok\n[… the whole output could not be recorded; these are its last lines …]', output: null });
  expect(tailAlone(null)).toBe('[… the output could not be recorded …]');
});
