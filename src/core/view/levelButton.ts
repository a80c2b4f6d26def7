import type { RollbackLevel } from '../runbook/model.ts';
import type { RunState } from '../run/state.ts';
import { commandLines } from './command.ts';
import { levelState } from './levelState.ts';
import { otherRuns } from './otherRuns.ts';
import { packageFirings } from './package/packageFirings.ts';
import type { ViewInput } from './input.ts';
import type { LevelButtonView } from './viewModel.ts';
import { counted, dotted, limitWords } from './words.ts';

/**
 * The button of a rollback level, as far as it is the same wherever the level stands.
 * @param state the run in which the level is carried out
 * @param more what else has to be said of it
 */
export function levelButton(input: ViewInput, { level, title, commands, budgetSeconds, budgetWords }: RollbackLevel, state: RunState | null, more: readonly (string | null)[] = []): LevelButtonView {
  const lines = commands.reduce((sum, command) => sum + commandLines(command.text), 0);
  const budget = budgetSeconds === null ? budgetWords : limitWords(budgetSeconds);
  const empty = commands.length === 0;
  const advised = packageFirings(input).some((firing) => firing.level === level);
  return {
    level,
    title,
    detail: dotted([advised ? 'advised now' : null, budget, empty ? 'no commands' : counted(lines, 'command'), ...more]),
    advised,
    state: empty ? 'empty' : levelState(level, state),
    disabledBecause: empty ? 'The runbook gives no commands for this level.' : otherRuns(level, state),
  };
}
