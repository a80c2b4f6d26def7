import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decide } from '../../../src/core/run/decide.ts';
import { statusOf } from '../../../src/core/run/derived.ts';
import { backgroundOf, foregroundOf } from '../../../src/core/run/beside.ts';
import { fold } from '../../../src/core/run/evolve.ts';
import { runningIn } from '../../../src/core/run/running.ts';
import type { Outcome, RunEvent } from '../../../src/core/run/events.ts';
import { succeeded } from '../../../src/core/run/outcome.ts';
import type { Runbook } from '../../../src/core/runbook/model.ts';
import { UserError } from '../../../src/core/userError.ts';
import type { RunSession, SessionCommand } from '../../../src/session/api.ts';
import { outcomes } from '../../fakes/arbitraryEvents.ts';
import { illegalities } from '../../fakes/legalState.ts';
import { levelOf, runbookOf, sectionOf, stepOf } from '../../fakes/runbooks.ts';
import { answer, SessionKit } from '../../fakes/sessionKit.ts';

const LEVELS = [levelOf(1, ['off', 'drain'], ['probe'], { budgetSeconds: 60 }), levelOf(2, ['restore <tag>'])];
const BOOK = runbookOf(
  [
    stepOf('m'),
    stepOf('a', { commands: ['one', 'two <x>'] }),
    stepOf('p', { commands: ['own'] }),
    stepOf('k', { parentId: 'p' }),
    stepOf('go', { kind: 'gate', decision: 'go', sectionId: 'g' }),
    stepOf('no', { kind: 'gate', decision: 'no-go', sectionId: 'g' }),
    stepOf('b', { commands: ['three'], confirm: 'prod', requires: ['a'] }),
    stepOf('check', { aside: true }),
  ],
  { sections: [sectionOf('g')], rollbackLevels: LEVELS },
);
const EDITED = runbookOf(BOOK.steps.map((step) => (step.id === 'a' ? stepOf('a', { commands: ['one', 'other'] }) : step)), { sections: BOOK.sections, rollbackLevels: [levelOf(1, ['off']), LEVELS[1]!] });

/** The same steps, of which some may run at the same time, and one keeps running. */
const group = { parallel: 'step a' } as const;
const BESIDE = runbookOf(
  [
    stepOf('k', { commands: ['serve'], background: true }),
    stepOf('m'),
    stepOf('a', { commands: ['one', 'two'], ...group }),
    stepOf('p', { commands: ['own'], ...group }),
    stepOf('b', { commands: ['three'], confirm: 'prod', ...group }),
    stepOf('check', { commands: ['four'], ...group }),
    stepOf('go', { commands: ['after'] }),
    stepOf('no', { commands: ['probe'], check: true }),
  ],
  { rollbackLevels: LEVELS },
);

type Move =
  | { readonly kind: 'do'; readonly command: SessionCommand }
  | { readonly kind: 'answer'; readonly given: Readonly<Record<string, string>> | null }
  | { readonly kind: 'finish'; readonly outcome: Outcome }
  | { readonly kind: 'edit'; readonly runbook: Runbook }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'settle' | 'finish first' | 'kill' | 'fill disk' | 'empty disk' | 'confirm' | 'restart' };

const stepAction = fc.record({
  type: fc.constant('step' as const),
  action: fc.constantFrom('run' as const, 'run' as const, 'retry' as const, 'stop' as const, 'forceStop' as const, 'tick' as const, 'untick' as const, 'skip' as const, 'markDone' as const, 'reopen' as const, 'go' as const, 'noGo' as const),
  stepId: fc.constantFrom(...BOOK.steps.map(({ id }) => id), 'nowhere'),
  revision: fc.constantFrom(0, 0, 0, 1),
});
const level = fc.constantFrom(1, 1, 2, 9);
const commands: fc.Arbitrary<SessionCommand> = fc.oneof(
  { weight: 8, arbitrary: stepAction },
  { weight: 2, arbitrary: fc.constantFrom<SessionCommand>({ type: 'runNext', revision: 0 }, { type: 'runUntilGate', revision: 0 }, { type: 'pause' }) },
  { weight: 1, arbitrary: fc.constantFrom<SessionCommand>({ type: 'endRun' }, { type: 'abandonRun' }, { type: 'startRun' }, { type: 'takeOver' }) },
  { weight: 1, arbitrary: fc.constant<SessionCommand>({ type: 'rebaseRun' }) },
  { weight: 1, arbitrary: fc.constantFrom<SessionCommand>({ type: 'endSoak' }, { type: 'watchMonitors' }, { type: 'stopMonitors' }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('planRollback' as const), level, revision: fc.constant(0) }) },
  { weight: 1, arbitrary: fc.constantFrom<SessionCommand>({ type: 'stopRollback' }, { type: 'retryRollback' }, { type: 'abandonRollback' }, { type: 'closeRollback' }) },
);
const given = { 'field:x': "v' $(x)", 'field:tag': 'v1', reason: 'because' };
const moves: fc.Arbitrary<Move> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ kind: fc.constant('do' as const), command: commands }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('answer' as const), given: fc.constantFrom(given, given, given, {}, null) }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('finish' as const), outcome: fc.oneof(fc.constant({ kind: 'exited' as const, code: 0 }), outcomes) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('edit' as const), runbook: fc.constantFrom(BOOK, EDITED) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('confirm' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('kill' as const, 'restart' as const, 'fill disk' as const, 'empty disk' as const, 'empty disk' as const) }) },
);
/** Most moves wait until everything that is ready has happened; the others come in between. */
const move = fc.tuple(moves, fc.boolean(), fc.boolean()).map(([one, a, b]): readonly Move[] => (a || b ? [one, { kind: 'settle' }] : [one]));
const story = (maxLength: number): fc.Arbitrary<readonly Move[]> => fc.array(move, { maxLength, size: 'max' }).map((list) => [{ kind: 'settle' } as const, ...list.flat()]);

/** The same in a story of time: what stays up, what is waited for, and ends that come one by one. */
const timely = fc.oneof({ weight: 4, arbitrary: moves }, { weight: 1, arbitrary: fc.constantFrom<Move>({ kind: 'wait', ms: 2_000 }, { kind: 'wait', ms: 2_000 }, { kind: 'wait', ms: 10_000 }, { kind: 'finish first' }, { kind: 'finish first' }) });
const timelyStory = (maxLength: number): fc.Arbitrary<readonly Move[]> =>
  fc.array(fc.tuple(timely, fc.boolean(), fc.boolean()).map(([one, a, b]): readonly Move[] => (a || b ? [one, { kind: 'settle' }] : [one])), { maxLength, size: 'max' }).map((list) => [{ kind: 'settle' } as const, ...list.flat()]);

/** Plays a person, a machine and bad luck. Nothing waits for anything unless a move says so. */
async function play(list: readonly Move[], book: Runbook = BOOK): Promise<{ readonly kit: SessionKit; readonly session: RunSession }> {
  const kit = new SessionKit(() => 'hangs');
  kit.executor.onStop = 'ignores';
  let session = kit.open(book);
  let acknowledged: readonly RunEvent[] = [];
  const look = (): void => watch(kit, session);
  session.onDidChange(look);
  const fine = (error: unknown): void => {
    if (!(error instanceof UserError)) throw error;
  };
  const going: Promise<unknown>[] = [session.perform({ type: 'startRun' }).catch(fine)];
  for (const move of list) {
    const { snapshot } = session;
    if (move.kind === 'do') going.push(session.perform('revision' in move.command ? { ...move.command, revision: move.command.revision === 0 ? snapshot.revision : move.command.revision } : move.command).catch(fine));
    else if (move.kind === 'confirm' && snapshot.plan !== null) going.push(session.perform({ type: 'confirmRollback', level: snapshot.plan.level, planId: snapshot.plan.planId }).catch(fine));
    else if (move.kind === 'answer' && snapshot.prompt !== null) going.push((move.given === null ? session.answer(snapshot.prompt.id, null) : answer(session, move.given)).catch(fine));
    else if (move.kind === 'finish') for (const id of kit.executor.running) kit.executor.finish(id, move.outcome);
    else if (move.kind === 'finish first') kit.executor.finish(kit.executor.running[0] ?? '', { kind: 'exited', code: 0 });
    else if (move.kind === 'wait') kit.clock.advance(move.ms);
    else if (move.kind === 'edit') kit.edit(session, book === BOOK ? move.runbook : book);
    else if (move.kind === 'fill disk') kit.disk.isFull = true;
    else if (move.kind === 'empty disk') kit.disk.isFull = false;
    else if (move.kind === 'settle') await settle();
    else if (move.kind === 'kill' || move.kind === 'restart') {
      if (move.kind === 'restart') await settle();
      kit.kill(session);
      acknowledged = kit.disk.eventsOf(kit.runId);
      session = kit.open(session.snapshot.runbook);
      session.onDidChange(look);
      if (acknowledged.length > 0) going.push(session.resume(kit.runId).catch(fine));
    }
    expect(kit.disk.eventsOf(kit.runId).length).toBeGreaterThanOrEqual(kit.runId === acknowledged[0]?.run ? acknowledged.length : 0);
  }
  kit.disk.isFull = false;
  await settle();
  for (let tries = 0; tries < 20; tries += 1) {
    for (const id of kit.executor.running) kit.executor.finish(id, { kind: 'exited', code: 0 });
    if (book !== BOOK) kit.clock.advance(10_000);
    await session.perform({ type: 'pause' }).catch(fine);
    await session.perform({ type: 'closeRollback' }).catch(fine);
    await settle();
  }
  await Promise.race([Promise.all(going), settle()]);
  for (const { body } of [...kit.disk.events.values()].flat()) SEEN.set(body.type, (SEEN.get(body.type) ?? 0) + 1);
  return { kit, session };
}

/** How often each type of event came about: stories in which nothing happens prove nothing. */
const SEEN = new Map<string, number>();

/** What has to hold at every moment. */
function watch(kit: SessionKit, session: RunSession): void {
  const { state, runbook } = session.snapshot;
  if (state === null) return;
  expect(illegalities(state)).toEqual([]);
  const ended = new Set(kit.disk.eventsOf(state.runId ?? '').flatMap(({ body }) => (body.type === 'command.ended' ? [body.executionId] : [])));
  for (const { executionId, outcome } of state.executions.values()) if (outcome !== null) expect(ended.has(executionId)).toBe(true);
  for (const step of runbook.steps) {
    const record = state.steps.get(step.id);
    if (record?.doneBy !== 'command' || statusOf(runbook, state, step.id) !== 'done') continue;
    expect(record.executionIds.some((id) => succeeded(state.executions.get(id)!))).toBe(true);
  }
}

function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

test('whatever people, machines and bad luck do: one command at a time, nothing acknowledged is lost, nothing done without evidence', async () => {
  await fc.assert(
    fc.asyncProperty(story(45), async (list) => {
      const { kit, session } = await play(list);
      expect(kit.executor.mostAtOnce).toBeLessThanOrEqual(1);
      // Everything that ran was recorded as started before, and a run's record folds to what the session shows.
      const recorded = new Set([...kit.disk.events.values()].flat().flatMap(({ body }) => (body.type === 'command.started' ? [body.executionId] : [])));
      for (const { executionId } of kit.executor.requests) expect(recorded.has(executionId)).toBe(true);
      const { state } = session.snapshot;
      if (state?.runId != null && session.snapshot.lockedBecause === null) expect(fold(kit.disk.eventsOf(state.runId))).toEqual(state);
      // Every command that a window of this story started is accounted for at the end.
      if (state !== null) for (const execution of state.executions.values()) expect(execution.outcome).not.toBeNull();
    }),
    { numRuns: Number(process.env['SESSION_RUNS'] ?? 150) },
  );
  if (process.env['SESSION_RUNS'] !== undefined) console.log(SEEN);
  expect([...SEEN.keys()].length).toBeGreaterThan(9);
});

/** One story in which everything that is to be seen happens. */
const PLAIN: readonly Move[] = (
  [
    ...['k'].map((stepId): Move => ({ kind: 'do', command: { type: 'step', action: 'run', stepId, revision: 0 } })),
    { kind: 'wait', ms: 2_000 },
    ...['a', 'p', 'check'].map((stepId): Move => ({ kind: 'do', command: { type: 'step', action: 'run', stepId, revision: 0 } })),
    { kind: 'finish', outcome: { kind: 'exited', code: 0 } },
    { kind: 'finish', outcome: { kind: 'exited', code: 0 } },
    { kind: 'do', command: { type: 'abandonRun' } },
    { kind: 'answer', given },
  ] as const
).flatMap((one): readonly Move[] => [{ kind: 'settle' }, { kind: 'settle' }, one]);

test('of steps that may run at the same time only those of the group do, each once, and what runs in the background is found by every window and ended before the run', async () => {
  let most = 0;
  let inBackground = 0;
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(timelyStory(45), async (list) => {
      const { kit, session } = await play(list, BESIDE);
      for (const events of kit.disk.events.values()) {
        for (let at = 1; at <= events.length; at += 1) {
          const state = fold(events.slice(0, at));
          expect(illegalities(state)).toEqual([]);
          const now = foregroundOf(state);
          const steps = runningIn(state).map(({ owner }) => (owner.kind === 'step' ? owner.stepId : owner.rollbackId));
          most = Math.max(most, now.length);
          inBackground = Math.max(inBackground, backgroundOf(state).length);
          expect(new Set(steps).size).toBe(steps.length);
          if (now.length > 1) expect(now.every(({ owner, lane }) => lane !== null && owner.kind === 'step' && ['a', 'p', 'b', 'check'].includes(owner.stepId))).toBe(true);
          expect(new Set(now.map(({ lane }) => lane)).size).toBe(now.length);
          if (state.ended !== null) expect([...state.running]).toEqual([]);
        }
        for (const { body } of events) seen.add(body.type);
      }
      const { state } = session.snapshot;
      if (state?.runId != null && session.snapshot.lockedBecause === null) expect(fold(kit.disk.eventsOf(state.runId))).toEqual(state);
      if (state !== null) for (const execution of state.executions.values()) expect(execution.outcome).not.toBeNull();
    }),
    { numRuns: Number(process.env['SESSION_RUNS'] ?? 100), examples: [[PLAIN]] },
  );
  expect([most >= 3, inBackground, seen.has('command.stayedUp'), seen.has('run.ended')]).toEqual([true, 1, true, true]);
});

test('decide never yields an event that changes nothing or makes the state illegal', async () => {
  await fc.assert(
    fc.asyncProperty(story(30), async (list) => {
      const { kit } = await play(list);
      for (const events of kit.disk.events.values()) {
        for (let at = 0; at < events.length; at += 1) {
          const before = fold(events.slice(0, at));
          const after = fold(events.slice(0, at + 1));
          expect(illegalities(after)).toEqual([]);
          expect(after).not.toEqual(before);
        }
      }
    }),
    { numRuns: 40 },
  );
  expect(() => decide(BOOK, null, { type: 'tick', stepId: 'm', note: null })).toThrow(UserError);
});
