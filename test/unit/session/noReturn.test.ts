import { expect, test } from 'vitest';
import { remainsAfter } from '../../../src/core/rollback/remains.ts';
import { commandOf } from '../../fakes/commands.ts';
import { levelOf, runbookOf, stepOf } from '../../fakes/runbooks.ts';
import { act, answer, SessionKit } from '../../fakes/sessionKit.ts';

const irreversible = { closes: [1] };
const RUNBOOK = runbookOf(
  [stepOf('a', { commands: ['do a'] }), stepOf('send', { commands: ['send'], irreversible }), stepOf('tell', { irreversible: { closes: [] } }), stepOf('bare', { commands: ['bare'] })],
  { undos: [{ stepIds: ['a'], command: commandOf('undo a') }], rollbackLevels: [levelOf(1, ['level 1']), levelOf(2, ['level 2'])] },
);

test('the point of no return is said before a command crosses it, and nothing runs without that', async () => {
  const kit = new SessionKit();
  const session = kit.open(RUNBOOK);
  await session.perform({ type: 'startRun' });
  await act(session, 'run', 'send');
  expect(session.snapshot.prompt).toMatchObject({ text: '“Step send” is the point of no return: what it does cannot be taken back. It closes rollback level 1.', confirmStyle: 'danger' });
  await answer(session, { irreversible: '' });
  expect(kit.executor.texts).toEqual([]);
  await answer(session);
  await session.whenIdle();
  expect(kit.executor.texts).toEqual(['send']);
  expect([...(session.snapshot.state?.executions.values() ?? [])][0]?.acknowledged).toEqual(['irreversible']);
});

test('a tick asks too; a level that was closed asks once more, another does not', async () => {
  const kit = new SessionKit();
  const session = kit.open(RUNBOOK);
  await session.perform({ type: 'startRun' });
  await act(session, 'tick', 'tell');
  expect(session.snapshot.state?.steps.get('tell')?.status ?? 'open').toBe('open');
  await answer(session);
  expect(session.snapshot.state?.steps.get('tell')?.status).toBe('done');
  await act(session, 'run', 'send');
  await answer(session);
  await session.whenIdle();
  const roll = async (level: number): Promise<void> => {
    await session.perform({ type: 'planRollback', level, revision: session.snapshot.revision });
    await session.perform({ type: 'confirmRollback', level, planId: session.snapshot.plan?.planId ?? '' });
  };
  await roll(1);
  expect(session.snapshot.prompt?.inputs.map(({ name }) => name)).toEqual(['closed']);
  expect(kit.executor.texts).toEqual(['send']);
  await session.answer(session.snapshot.prompt?.id ?? '', null);
  await roll(2);
  expect(session.snapshot.prompt).toBeNull();
});

test('after an undo it is said what remains changed', async () => {
  const kit = new SessionKit(({ text }) => ({ kind: 'exited', code: text === 'undo a' ? 1 : 0 }));
  const session = kit.open(RUNBOOK);
  await session.perform({ type: 'startRun' });
  for (const id of ['a', 'bare']) {
    await act(session, 'run', id);
    await session.whenIdle();
  }
  await act(session, 'run', 'send');
  await answer(session);
  await session.whenIdle();
  await session.perform({ type: 'planRollback', level: 0, revision: 1 });
  await session.perform({ type: 'confirmRollback', level: 0, planId: session.snapshot.plan?.planId ?? '' });
  await session.whenIdle();
  await session.perform({ type: 'abandonRollback' });
  await answer(session, { reason: 'r' });
  const { state } = session.snapshot;
  expect(remainsAfter(RUNBOOK, state!, state!.rollbacks[0]!)).toEqual([
    { heading: 'Not taken back', items: ['Step a: failed'] },
    { heading: 'Past the point of no return: cannot be taken back', items: ['Step send'] },
    { heading: 'Has no undo block: stays as it is', items: ['Step bare'] },
  ]);
});

test('marking it done asks too', async () => {
  const kit = new SessionKit(() => ({ kind: 'exited', code: 1 }));
  const session = kit.open(RUNBOOK);
  await session.perform({ type: 'startRun' });
  await act(session, 'run', 'send');
  await answer(session);
  await session.whenIdle();
  await act(session, 'markDone', 'send');
  expect(session.snapshot.prompt?.inputs.map(({ name }) => name).sort()).toEqual(['irreversible', 'reason']);
  await answer(session, { reason: 'sent by hand' });
  expect(session.snapshot.state?.steps.get('send')).toMatchObject({ status: 'done', doneBy: 'forced' });
});
