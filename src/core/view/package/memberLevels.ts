import type { RollbackLevel } from '../../runbook/model.ts';
import { levelButton } from '../levelButton.ts';
import type { ViewInput } from '../input.ts';
import type { LevelButtonView } from '../viewModel.ts';
import { groupRuns, runOfFile } from './group.ts';
import type { PackageMember } from './packageInput.ts';

/** The levels of other runbooks of the package, for one that has none of its own. They open there. */
export function memberLevels(input: ViewInput): readonly LevelButtonView[] {
  if (input.runbook.rollbackLevels.length > 0) return [];
  return (input.package?.members ?? []).flatMap((member) => (member.problem === null ? (member.runbook?.rollbackLevels ?? []).map((level) => button(input, member, level)) : []));
}

function button(input: ViewInput, { id, file, runbook }: PackageMember, level: RollbackLevel): LevelButtonView {
  return { ...levelButton(input, level, runOfFile(groupRuns(input), file)), in: { id, title: runbook?.title ?? id } };
}
