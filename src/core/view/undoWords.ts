import { commandName, type List, notTakenBack, remainsAfter } from '../rollback/remains.ts';
import { UNDO_LEVEL } from '../rollback/levelName.ts';
import { undoSet } from '../rollback/undoSet.ts';
import { statusOf } from '../run/derived.ts';
import type { PlannedCommand } from '../run/events.ts';
import type { RollbackState, RunState } from '../run/state.ts';
import type { Runbook } from '../runbook/model.ts';
import type { LevelButtonView } from './viewModel.ts';
import { counted, quoted } from './words.ts';

/** What an undo takes back and what became of that, e.g. `takes back “Deploy” (failed)`; undefined for commands of a level. */
export function undoLabel(runbook: Runbook, state: RunState | null, command: PlannedCommand, place: number): string | undefined {
  if (command.undoes === undefined) return undefined;
  const [only] = command.undoes;
  if (only === undefined || command.undoes.length > 1) return `takes back ${commandName(runbook, command, place)}`;
  const status = statusOf(runbook, state, only);
  const unknown = undoSet(runbook, state).unknown.some(({ stepIds, command: { text } }) => stepIds[0] === only && text === command.text);
  const again = unknown ? '; nobody knows how its last undo ended, verify before it runs again' : '';
  const became = status === 'unknown' ? 'unknown: it may have done all, some or none of its work' : status;
  return `takes back ${quoted(commandName(runbook, command, place))} (${became})${again}`;
}

/** What a plan leaves as it is, what it has no need to do, and after it has ended what remains changed. */
export function rollbackLists(runbook: Runbook, state: RunState | null, level: number, rollback: RollbackState | null): readonly List[] {
  if (state !== null && rollback !== null && rollback.outcome !== null) return remainsAfter(runbook, state, rollback).map((list) => ({ ...list, heading: `What remains changed. ${list.heading}` }));
  const undone = level === UNDO_LEVEL && rollback === null ? undoSet(runbook, state).undone : [];
  const items = undone.map(({ stepIds, command }) => commandName(runbook, { purpose: 'undo', sha256: '', undoes: stepIds, ...command }, 0));
  return [...notTakenBack(runbook, state, level), ...(items.length === 0 ? [] : [{ heading: 'Is undone already and is not run again', items }])];
}

/** The button of "Undo what started", or null when the runbook has no undo blocks. */
export function undoButton(runbook: Runbook, state: RunState | null, button: Pick<LevelButtonView, 'state' | 'disabledBecause'>): LevelButtonView | null {
  if (runbook.undos.length === 0) return null;
  const { toRun, undone } = undoSet(runbook, state);
  const nothing = undone.length > 0 ? 'Everything that has an undo block is undone.' : 'Nothing that has an undo block has started.';
  const isOver = toRun.length === 0 && button.state !== 'unfinished' && button.state !== 'running';
  return {
    level: UNDO_LEVEL,
    title: 'Undo what started',
    detail: toRun.length === 0 ? (undone.length > 0 ? 'all undone' : 'nothing to undo yet') : counted(toRun.length, 'undo'),
    advised: false,
    state: button.state,
    disabledBecause: button.disabledBecause ?? (isOver && button.state !== 'succeeded' ? nothing : null),
  };
}
