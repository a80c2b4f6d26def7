import { mayHaveRun } from '../run/outcome.ts';
import type { PlannedCommand } from '../run/events.ts';
import type { RunState } from '../run/state.ts';
import type { Command, Runbook } from '../runbook/model.ts';
import { EXIT_ZERO, sameExpectation } from '../runbook/expectation.ts';
import * as errors from '../userErrors.ts';
import type { RollbackPlan } from './plan.ts';

/**
 * Exactly what rolling back to a level would run: the level's commands, then
 * those that verify it. Throws a UserError when there is no such level or it
 * has no commands.
 *
 * `sha256` gives the hash of a text as hex.
 */
export function planRollback(runbook: Runbook, state: RunState | null, level: number, sha256: (text: string) => string): RollbackPlan {
  const found = runbook.rollbackLevels.find((each) => each.level === level);
  if (found === undefined) throw errors.noSuchLevel(level);
  if (found.commands.length === 0) throw errors.emptyLevel(level);
  const planned = (command: Command, purpose: PlannedCommand['purpose']): PlannedCommand => ({
    purpose,
    text: command.text,
    language: command.language,
    line: command.line,
    sha256: sha256(command.text),
  });
  const sources = [...found.commands, ...found.verify];
  const commands = sources.map((command, place) => planned(command, place < found.commands.length ? 'undo' : 'verify'));
  return {
    planId: sha256(JSON.stringify([level, runbook.frontMatter.shell, runbook.frontMatter.timeoutSeconds, commands.map((command, place) => identity(command, sources[place]))])),
    level,
    title: found.title,
    budgetSeconds: found.budgetSeconds,
    budgetWords: found.budgetWords,
    commands,
    sources,
    notUndone: found.notes,
    startedStepIds: startedSteps(runbook, state),
  };
}

/** Everything that decides what runs; lines are left out, so that edits elsewhere do not make it another plan. */
function identity(command: PlannedCommand, source: Command | undefined): readonly unknown[] {
  const options = source?.options;
  return [command.purpose, command.language, command.sha256, options?.shell, options?.cwd, options?.timeoutSeconds, options?.confirm, ...(options === undefined || sameExpectation(options.expects, EXIT_ZERO) ? [] : [options.expects])];
}

/** Steps of the way forward of which anything may have run, or that a person says were done. */
function startedSteps(runbook: Runbook, state: RunState | null): readonly string[] {
  if (state === null) return [];
  return runbook.steps
    .filter((step) => {
      const record = state.steps.get(step.id);
      if (step.aside || record === undefined) return false;
      if (record.status === 'done' && record.doneBy !== 'decision') return true;
      return record.executionIds.some((id) => {
        const execution = state.executions.get(id);
        return execution !== undefined && mayHaveRun(execution);
      });
    })
    .map((step) => step.id);
}
