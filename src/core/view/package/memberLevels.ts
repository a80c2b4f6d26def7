import type { RollbackLevel } from '../../runbook/model.ts';
import { otherRuns } from '../otherRuns.ts';
import { levelState } from '../levelState.ts';
import { commandLines } from '../command.ts';
import type { ViewInput } from '../input.ts';
import type { LevelButtonView } from '../viewModel.ts';
import { counted, dotted, limitWords } from '../words.ts';
import { groupRuns, runOfFile } from './group.ts';
import type { PackageMember } from './packageInput.ts';
import { packageFirings } from './packageFirings.ts';

/** The levels of other runbooks of the package, for one that has none of its own. They open there. */
export function memberLevels(input: ViewInput): readonly LevelButtonView[] {
  if (input.runbook.rollbackLevels.length > 0) return [];
  return (input.package?.members ?? []).flatMap((member) => (member.problem === null ? (member.runbook?.rollbackLevels ?? []).map((level) => button(input, member, level)) : []));
}

function button(input: ViewInput, { id, file, runbook }: PackageMember, level: RollbackLevel): LevelButtonView {
  const lines = level.commands.reduce((sum, command) => sum + commandLines(command.text), 0);
  const budget = level.budgetSeconds === null ? level.budgetWords : limitWords(level.budgetSeconds);
  const run = runOfFile(groupRuns(input), file);
  const empty = level.commands.length === 0;
  const advised = packageFirings(input).some((firing) => firing.level === level.level);
  return {
    level: level.level,
    title: level.title,
    detail: dotted([advised ? 'advised now' : null, budget, empty ? 'no commands' : counted(lines, 'command')]),
    advised,
    state: empty ? 'empty' : levelState(level.level, run),
    disabledBecause: empty ? 'The runbook gives no commands for this level.' : otherRuns(level.level, run),
    in: { id, title: runbook?.title ?? id },
  };
}
