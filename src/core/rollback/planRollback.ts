import { isDerived } from '../run/derived.ts';
import type { RunState } from '../run/state.ts';
import type { Runbook } from '../runbook/model.ts';
import * as errors from '../userErrors.ts';
import { UNDO_LEVEL } from './levelName.ts';
import type { RollbackPlan } from './plan.ts';
import { planIdOf, plannedCommand } from './planned.ts';
import { planUndo } from './planUndo.ts';
import { startedSteps } from './started.ts';

/**
 * Exactly what rolling back to a level would run: the level's commands, then
 * those that verify it; for UNDO_LEVEL the undo blocks of what started. Throws
 * a UserError when there is no such level or it has no commands.
 *
 * `sha256` gives the hash of a text as hex.
 */
export function planRollback(runbook: Runbook, state: RunState | null, level: number, sha256: (text: string) => string): RollbackPlan {
  if (level === UNDO_LEVEL) return planUndo(runbook, state, sha256);
  const found = runbook.rollbackLevels.find((each) => each.level === level);
  if (found === undefined) throw errors.noSuchLevel(level);
  if (found.commands.length === 0) throw errors.emptyLevel(level);
  const sources = [...found.commands, ...found.verify];
  const commands = sources.map((command, place) => plannedCommand(command, place < found.commands.length ? 'undo' : 'verify', sha256));
  const started = new Set(startedSteps(runbook, state).map(({ step }) => step.id));
  return {
    planId: planIdOf(runbook, level, commands, sources, sha256),
    level,
    title: found.title,
    budgetSeconds: found.budgetSeconds,
    budgetWords: found.budgetWords,
    commands,
    sources,
    notUndone: found.notes,
    startedStepIds: runbook.steps.filter((step) => started.has(step.id) && !isDerived(runbook, step)).map(({ id }) => id),
  };
}
