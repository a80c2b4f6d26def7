import { isDerived } from '../run/derived.ts';
import type { PlannedCommand } from '../run/events.ts';
import type { RollbackState, RunState } from '../run/state.ts';
import type { Runbook, Undo } from '../runbook/model.ts';
import * as errors from '../userErrors.ts';
import { UNDO_LEVEL, UNDO_TITLE } from './levelName.ts';
import type { RollbackPlan } from './plan.ts';
import { planIdOf, plannedCommand } from './planned.ts';
import { startedSteps } from './started.ts';
import { keyOf, undoSet } from './undoSet.ts';

/**
 * The plan of undoing what started. Throws a UserError when nothing is there
 * to be undone. `sha256` gives the hash of a text as hex.
 */
export function planUndo(runbook: Runbook, state: RunState | null, sha256: (text: string) => string): RollbackPlan {
  const { toRun } = undoSet(runbook, state);
  if (toRun.length === 0) throw errors.nothingToUndo();
  return planOf(runbook, state, toRun, sha256);
}

/**
 * The plan of an undo that has begun: the blocks that were confirmed, in that
 * order, also those that have succeeded since. Null when the runbook does not
 * have them any more.
 */
export function planOfBegunUndo(runbook: Runbook, state: RunState, { commands }: RollbackState, sha256: (text: string) => string): RollbackPlan | null {
  const known = new Map(runbook.undos.map((undo) => [keyOf(undo.stepIds, undo.command.text), undo]));
  const undos = commands.map(({ undoes = [], text }) => known.get(keyOf(undoes, text)));
  return undos.includes(undefined) ? null : planOf(runbook, state, undos.filter((undo) => undo !== undefined), sha256);
}

function planOf(runbook: Runbook, state: RunState | null, undos: readonly Undo[], sha256: (text: string) => string): RollbackPlan {
  const sources = undos.map(({ command }) => command);
  const commands = undos.map(({ command, stepIds }): PlannedCommand => ({ ...plannedCommand(command, 'undo', sha256), undoes: stepIds }));
  return {
    planId: planIdOf(runbook, UNDO_LEVEL, commands, sources, sha256),
    level: UNDO_LEVEL,
    title: UNDO_TITLE,
    budgetSeconds: null,
    budgetWords: null,
    commands,
    sources,
    notUndone: [],
    startedStepIds: startedSteps(runbook, state).flatMap(({ step }) => (isDerived(runbook, step) ? [] : [step.id])),
  };
}
