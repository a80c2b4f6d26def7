import { verdict } from '../run/outcome.ts';
import type { ExecutionState, RunState } from '../run/state.ts';
import type { Runbook, Step, Undo } from '../runbook/model.ts';
import { startedSteps } from './started.ts';

/** What undoing everything that started comes to. */
export interface UndoSet {
  /** What is still to be run, in that order: the step that started last is taken back first. */
  readonly toRun: readonly Undo[];
  /** What has succeeded since its steps started last; it is not run again. */
  readonly undone: readonly Undo[];
  /** Of `toRun`: what was begun, and nobody knows how it ended. */
  readonly unknown: readonly Undo[];
  /** Steps that started and that no undo block names, the latest first. */
  readonly withoutUndo: readonly Step[];
}

/**
 * The undo blocks of exactly what has started, in reverse order of start, each
 * once. Several blocks of one step run in the order of the document; a block
 * for several steps stands where the one that started last does.
 */
export function undoSet(runbook: Runbook, state: RunState | null): UndoSet {
  const started = startedSteps(runbook, state);
  const starts = new Map(started.map(({ step, start }) => [step.id, start]));
  const earlier = state === null ? [] : undoExecutions(state);
  const listed = new Set<Undo>();
  for (const { step } of started) for (const undo of runbook.undos) if (undo.stepIds.includes(step.id)) listed.add(undo);
  const [toRun, undone, unknown]: [Undo[], Undo[], Undo[]] = [[], [], []];
  for (const undo of listed) {
    const since = Math.max(...undo.stepIds.map((id) => starts.get(id) ?? 0));
    const last = earlier.findLast(({ execution, undoes }) => execution.startedAs > since && undoes === keyOf(undo.stepIds, undo.command.text));
    const said = last === undefined ? null : verdict(last.execution);
    if (said === 'open') undone.push(undo);
    else toRun.push(undo);
    if (said === 'unknown') unknown.push(undo);
  }
  const named = new Set(runbook.undos.flatMap(({ stepIds }) => stepIds));
  return { toRun, undone, unknown, withoutUndo: started.map(({ step }) => step).filter(({ id, parentId }) => !named.has(id) && !(parentId !== null && named.has(parentId))) };
}

/** What is undone by a block: the same text for the same steps is the same undo. */
export function keyOf(stepIds: readonly string[], text: string): string {
  return JSON.stringify([stepIds, text]);
}

function undoExecutions(state: RunState): readonly { readonly execution: ExecutionState; readonly undoes: string }[] {
  const found = state.rollbacks.flatMap(({ commands, executionIds }) =>
    executionIds.flatMap((id) => {
      const execution = state.executions.get(id);
      const undoes = execution === undefined ? undefined : commands[execution.index]?.undoes;
      return execution === undefined || undoes === undefined ? [] : [{ execution, undoes: keyOf(undoes, execution.source ?? execution.text) }];
    }),
  );
  return found.sort((a, b) => a.execution.startedAs - b.execution.startedAs);
}
