import fc from 'fast-check';
import { expect, test } from 'vitest';
import { undoSet } from '../../../src/core/rollback/undoSet.ts';
import { fold } from '../../../src/core/run/evolve.ts';
import type { RunEventBody } from '../../../src/core/run/events.ts';
import type { Undo } from '../../../src/core/runbook/model.ts';
import { histories, outcomes } from '../../fakes/arbitraryEvents.ts';
import { commandOf } from '../../fakes/commands.ts';
import { runbookOf, stepOf } from '../../fakes/runbooks.ts';
import { PureRun } from '../../fakes/runs.ts';

const undoOf = (...stepIds: readonly string[]): Undo => ({ stepIds, command: commandOf(`undo ${stepIds.join(' ')}`) });
const IDS = ['a', 'b', 'c', 'd'] as const;
const RUNBOOK = runbookOf(IDS.map((id) => stepOf(id, { commands: [`do ${id}`] })), { undos: [...IDS.map((id) => undoOf(id)), undoOf('a', 'c')] });

test('whatever was run, the undo set is exactly what started, the last start first, each once', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...IDS), fc.option(outcomes))), (runs) => {
      const run = new PureRun(RUNBOOK);
      const starts: string[] = [];
      for (const [id, outcome] of runs) {
        if (run.state?.activeExecutionId != null) break;
        const executionId = run.start(id, 0, ['again', 'lost']);
        if (outcome === null) starts.push(id);
        else {
          run.end(executionId, outcome);
          if (outcome.kind !== 'notStarted' && outcome.kind !== 'unneeded') starts.push(id);
        }
      }
      const order = [...new Set([...starts].reverse())];
      const { toRun, undone, withoutUndo } = undoSet(RUNBOOK, run.state);
      expect(toRun.filter(({ stepIds }) => stepIds.length === 1).map(({ stepIds }) => stepIds[0])).toEqual(order);
      expect(toRun.filter(({ stepIds }) => stepIds.length === 2)).toHaveLength(order.includes('a') || order.includes('c') ? 1 : 0);
      expect([undone, withoutUndo]).toEqual([[], []]);
    }),
  );
});

test('no history makes it throw, list a block twice, or list what did not start', () => {
  const runbook = runbookOf(['a', 'b', 'go', 'no'].map((id) => stepOf(id)), { undos: [undoOf('a'), undoOf('b'), undoOf('go', 'no')] });
  fc.assert(
    fc.property(histories, (events) => {
      const state = fold(events);
      const { toRun, undone, unknown, withoutUndo } = undoSet(runbook, state);
      const all = [...toRun, ...undone];
      expect(new Set(all).size).toBe(all.length);
      expect(unknown.every((undo) => toRun.includes(undo))).toBe(true);
      for (const { stepIds } of all) expect(stepIds.some((id) => state.steps.has(id))).toBe(true);
      expect(withoutUndo).toEqual([]);
    }),
  );
});

/** A run in which `a` and `b` ran and both were taken back, with these ends. */
function undoneWith(...codes: readonly (number | null)[]): PureRun {
  const run = new PureRun(RUNBOOK);
  run.run('a');
  run.run('b');
  const commands = ['b', 'a'].map((id) => ({ purpose: 'undo' as const, text: `undo ${id}`, language: 'bash', line: 1, sha256: '', undoes: [id] }));
  run.do({ type: 'startRollback', rollbackId: 'r', plan: { planId: 'p', level: 0, title: 'Undo', budgetSeconds: null, budgetWords: null, commands, sources: [], notUndone: [], startedStepIds: [] } });
  codes.forEach((code, index) => {
    const executionId = `u${String(index)}`;
    run.do({ type: 'startCommand', executionId, owner: { kind: 'rollback', rollbackId: 'r' }, index, count: 2, text: commands[index]?.text ?? '', source: null, sha256: '', shell: 'bash', acknowledged: [] });
    run.end(executionId, code === null ? { kind: 'lost', reason: 'gone' } : { kind: 'exited', code });
  });
  return run;
}

const words = (undos: readonly Undo[]): readonly string[] => undos.map(({ command }) => command.text);

test('what has succeeded is not undone again, what failed or is unknown is', () => {
  const first = undoSet(RUNBOOK, undoneWith(0, 1).state);
  expect([words(first.toRun), words(first.undone), words(first.unknown)]).toEqual([['undo a', 'undo a c'], ['undo b'], []]);
  const second = undoSet(RUNBOOK, undoneWith(0, null).state);
  expect([words(second.undone), words(second.unknown)]).toEqual([['undo b'], ['undo a']]);
});

test('a step that starts again after its undo has to be undone again', () => {
  const run = undoneWith(0, 0);
  run.do({ type: 'endRollback', outcome: 'abandoned', reason: 'forward again' });
  expect(words(undoSet(RUNBOOK, run.state).undone)).toEqual(['undo b', 'undo a']);
  run.run('b', undefined, 0, ['again']);
  expect(words(undoSet(RUNBOOK, run.state).toRun)).toContain('undo b');
  expect(words(undoSet(RUNBOOK, run.state).undone)).toEqual(['undo a']);
});

test('what a person ticks or says was done has started, when they said so; what was skipped or taken back has not', () => {
  const runbook = runbookOf([stepOf('a'), stepOf('b', { commands: ['x'] }), stepOf('c'), stepOf('d')], { undos: IDS.map((id) => undoOf(id)) });
  const run = new PureRun(runbook);
  run.tick('c', 'a', 'd');
  run.do({ type: 'untick', stepId: 'd' });
  run.do({ type: 'skip', stepId: 'd', reason: 'r' });
  run.do({ type: 'markDone', stepId: 'b', reason: 'by hand' });
  expect(words(undoSet(runbook, run.state).toRun)).toEqual(['undo b', 'undo a', 'undo c']);
});

test('records of an earlier version, without the words for it, still fold', () => {
  const started: RunEventBody = { type: 'rollback.started', rollbackId: 'r', level: 1, title: 't', budgetSeconds: null, planSha256: 'p', commands: [{ purpose: 'undo', text: 'x', language: 'bash', line: 1, sha256: 's' }] };
  const run = new PureRun(RUNBOOK);
  expect(undoSet(RUNBOOK, { ...run.state!, rollbacks: [{ ...started, planSha256: 'p', startedAt: '', startedBy: { name: 'a', email: null }, executionIds: [], outcome: null, reason: null, endedAt: null, rehearsal: null }] }).toRun).toEqual([]);
});
