import type { PlannedCommand } from '../run/events.ts';
import { verdict } from '../run/outcome.ts';
import { indexOf } from '../run/runbookIndex.ts';
import type { RollbackState, RunState } from '../run/state.ts';
import type { Runbook, Step } from '../runbook/model.ts';
import { UNDO_LEVEL } from './levelName.ts';
import { rollbackProgress } from './progress.ts';
import { startedSteps } from './started.ts';
import { undoSet } from './undoSet.ts';

/** Lines under a heading. */
export interface List {
  readonly heading: string;
  readonly items: readonly string[];
}

/** Steps past which not everything can be taken back, and that have started, the latest first. */
export function crossed(runbook: Runbook, state: RunState | null): readonly Step[] {
  // Most runbooks have none, and this is asked for every view.
  if (!runbook.steps.some(({ irreversible }) => irreversible !== null)) return [];
  return startedSteps(runbook, state).flatMap(({ step }) => (step.irreversible === null ? [] : [step]));
}

/** The step that closed a level, or null while it is open. */
export function closedBy(runbook: Runbook, state: RunState | null, level: number): Step | null {
  return crossed(runbook, state).findLast(({ irreversible }) => irreversible?.closes.includes(level) === true) ?? null;
}

/** What a plan does not take back, as far as the document says. */
export function notTakenBack(runbook: Runbook, state: RunState | null, level: number): readonly List[] {
  const past = crossed(runbook, state);
  const lists: readonly List[] = [
    { heading: 'Past the point of no return: cannot be taken back', items: past.map(({ title }) => title) },
    { heading: 'Has no undo block: stays as it is', items: level === UNDO_LEVEL ? withoutUndo(runbook, state, past) : [] },
  ];
  return filled(lists);
}

/** What is still changed after a rollback: what it cannot take back, and what of it did not succeed. */
export function remainsAfter(runbook: Runbook, state: RunState, rollback: RollbackState): readonly List[] {
  const { executions } = rollbackProgress(state, rollback);
  const open = rollback.commands.flatMap((command, place): readonly string[] => {
    const execution = executions[place];
    const said = execution == null ? 'not run' : verdict(execution);
    if (command.purpose !== 'undo' || said === 'open') return [];
    return [`${commandName(runbook, command, place)}: ${said === 'unknown' ? 'unknown, verify it by hand' : said}`];
  });
  return filled([{ heading: 'Not taken back', items: open }, ...notTakenBack(runbook, state, rollback.level)]);
}

/** `Deploy, Migrate` for an undo, `command 2` for a command of a level. */
export function commandName(runbook: Runbook, { undoes }: PlannedCommand, place: number): string {
  return undoes === undefined ? `command ${String(place + 1)}` : undoes.map((id) => indexOf(runbook).steps.get(id)?.title ?? id).join(', ');
}

function withoutUndo(runbook: Runbook, state: RunState | null, past: readonly Step[]): readonly string[] {
  const { children } = indexOf(runbook);
  return undoSet(runbook, state)
    .withoutUndo.filter((step) => !past.includes(step) && (step.commands.length > 0 || !children.has(step.id)))
    .map(({ title, commands }) => (commands.length > 0 ? title : `${title} (done by hand)`));
}

function filled(lists: readonly List[]): readonly List[] {
  return lists.filter(({ items }) => items.length > 0);
}
