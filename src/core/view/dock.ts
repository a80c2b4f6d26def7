import type { RollbackLevel, Trigger } from '../runbook/model.ts';
import { closedBy } from '../rollback/remains.ts';
import { UNDO_LEVEL } from '../rollback/levelName.ts';
import type { Drift } from '../run/drift/compare.ts';
import type { RunState } from '../run/state.ts';
import { otherRuns } from './otherRuns.ts';
import { levelButton } from './levelButton.ts';
import { levelState } from './levelState.ts';
import { memberLevels } from './package/memberLevels.ts';
import { packageFirings } from './package/packageFirings.ts';
import type { ViewInput } from './input.ts';
import { levelBackup } from './backupView.ts';
import { rehearsedView } from './rehearsed.ts';
import { changeWords } from './driftWords.ts';
import { Memo } from './memo.ts';
import type { DockView, LevelButtonView } from './viewModel.ts';
import { triggerWords } from './triggerWords.ts';
import { undoButton } from './undoWords.ts';
import { counted, quoted } from './words.ts';

const docks = new Memo<ViewInput['runbook'], DockView>();

/** The rollback levels, at hand all the time. */
export function dockView(input: ViewInput): DockView {
  const { runbook, state, lockedBecause, drift, formatTime } = input;
  const from = [state?.rollbacks, state?.activeRollbackId, state?.activeExecutionId, state === null, state?.ended, lockedBecause, drift.levels, state?.acknowledgedDrift, state?.rebases, state?.steps, state?.firings, formatTime, state?.rehearsals, input.rehearsable, input.pastRehearsals, input.past, input.package, restores(runbook) ? state?.executions : null];
  return docks.get(runbook, from, () => ({
    advice: firedAdvice(input) ?? advice(runbook.triggers),
    levels: [...runbook.rollbackLevels.map((level) => button(input, level, state, drift)), ...memberLevels(input), ...(undo(runbook, state) ?? [])],
  }));
}

/** Whether a level restores a backup, so that its button changes with those that are made. */
function restores({ rollbackLevels }: ViewInput['runbook']): boolean {
  return rollbackLevels.some(({ commands }) => commands.some(({ options }) => options.backup?.act === 'restores'));
}

/** What has fired and holds stands in the place of the reminder, as long as somebody could act on it. */
function firedAdvice(input: ViewInput): DockView['advice'] {
  const { formatTime } = input;
  const active = packageFirings(input);
  const [latest] = [...active].sort((a, b) => (a.level ?? Infinity) - (b.level ?? Infinity));
  if (latest === undefined) return null;
  const level = latest.level === null ? 'The runbook says to decide.' : `The runbook advises level ${latest.level}.`;
  const more = active.length === 1 ? '' : ` ${counted(active.length - 1, 'more trigger')} fired.`;
  return { title: latest.words, detail: `Has held since ${formatTime(latest.since)}. ${level}${more} Nothing runs until you choose.`, tone: 'warning' };
}

/** The first condition under which the document wants a rollback. Nothing measures it: it is a reminder. */
function advice(triggers: readonly Trigger[]): DockView['advice'] {
  const trigger = triggers.find((each) => each.level !== null) ?? triggers.find((each) => each.operator !== null);
  if (trigger === undefined) return null;
  const more = triggers.length - 1;
  const level = trigger.level === null ? 'The runbook says to decide then.' : `The runbook advises level ${trigger.level} then.`;
  const rest = more === 0 ? '' : ` ${counted(more, 'more trigger')} in the text.`;
  return { title: `Roll back when: ${triggerWords(trigger)}`, detail: `${level}${rest} Nothing runs until you choose.`, tone: 'plain' };
}

function button(input: ViewInput, level: RollbackLevel, state: RunState | null, drift: Drift): LevelButtonView {
  const closing = closedBy(input.runbook, state, level.level);
  const rehearsed = rehearsedView(input, level.level);
  const backup = levelBackup(input, level.commands);
  const change = drift.levels.get(level.level);
  const changed = change === undefined ? null : changeWords(state, { kind: 'level', level: level.level }, change).text;
  return {
    ...levelButton(input, level, state, [changed, closing === null ? null : `closed by ${quoted(closing.title)}`]),
    ...(rehearsed === null ? {} : { rehearsed }),
    ...(backup === null ? {} : { backup }),
  };
}

/** What started, with its undo blocks, as one more button beside the levels. */
function undo(runbook: ViewInput['runbook'], state: RunState | null): readonly LevelButtonView[] | null {
  const button = undoButton(runbook, state, { state: levelState(UNDO_LEVEL, state), disabledBecause: otherRuns(UNDO_LEVEL, state) });
  return button === null ? null : [button];
}
