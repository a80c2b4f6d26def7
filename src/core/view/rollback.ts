import { activeRollback, type RollbackProgress, rollbackProgress } from '../rollback/progress.ts';
import type { RollbackState } from '../run/state.ts';
import type { PlannedCommand } from '../run/events.ts';
import type { Command } from '../runbook/model.ts';
import { UNDO_LEVEL } from '../rollback/levelName.ts';
import type { RollbackPlan } from '../rollback/plan.ts';
import type { Access } from './access.ts';
import { givenView, plannedView } from './backupView.ts';
import { commandView, executionView, unheardWords } from './command.ts';
import type { ViewInput } from './input.ts';
import { differenceView } from './difference.ts';
import { renderBlock } from './markdown.ts';
import { ended, rollbackFailureWords } from './outcomeWords.ts';
import { rehearsedView } from './rehearsed.ts';
import { rollbackActions } from './rollbackActions.ts';
import type { RollbackCommandView, RollbackView } from './rollbackViewModel.ts';
import { goesOnBeside } from './backgroundWords.ts';
import { repeating } from './stepWords.ts';
import { rollbackLists, undoLabel } from './undoWords.ts';
import { limitWords } from './words.ts';
import { environmentNameOf } from '../run/setup/environmentNameOf.ts';

/** The plan that is looked at, or the rollback that runs or has just ended; null for neither. */
export function rollbackView(input: ViewInput, access: Access): RollbackView | null {
  const { state, plan } = input;
  const rollback = rollbackOf(input);
  const source = rollback ?? plan;
  if (source === null) return null;
  const progress = state === null || rollback === null ? null : rollbackProgress(state, rollback);
  const repetition = input.repetition?.owner.kind === 'rollback' && input.repetition.owner.rollbackId === rollback?.rollbackId ? input.repetition : null;
  // What is tried again has not failed yet, and Stop ends it.
  const phase = repetition === null ? phaseOf(progress) : 'running';
  const isRehearsal = source.rehearsal != null;
  const sources = plan !== null && plan.level === source.level && (plan.rehearsal !== undefined) === isRehearsal ? plan.sources : [];
  return {
    ...rehearsalOf(input, source),
    level: source.level,
    title: source.title,
    phase,
    budgetSeconds: source.budgetSeconds,
    budgetWords: plan?.budgetWords ?? (source.budgetSeconds === null ? null : limitWords(source.budgetSeconds)),
    startedAt: rollback?.startedAt ?? null,
    endedAt: rollback?.endedAt ?? null,
    commands: source.commands.map((command, index) => rollbackCommand(command, sources[index], index, progress, input)),
    difference: differenceOf(input, source.level, phase),
    notUndoneHtml: (plan?.notUndone ?? []).map(renderBlock),
    lists: [...(isRehearsal ? [] : rollbackLists(input.runbook, state, source.level, rollback)), ...goesOnBeside(input)],
    started: source.level === UNDO_LEVEL || isRehearsal ? [] : titles(input),
    ...backupsOf(source.commands, input, phase),
    message: plan?.cannotRun !== undefined && phase === 'plan' ? { severity: 'warning', text: plan.cannotRun } : repetition === null ? message(phase, progress, rollback, input.overBudget) : repeating(repetition),
    actions: rollbackActions(input, access, { level: source.level, phase, isRehearsal }),
    planId: plan?.planId ?? rollback?.planSha256 ?? '',
  };
}

/**
 * The rollback that belongs on show: the one under way, unless another plan is
 * looked at while nothing runs; else the latest one, when it ran the very plan
 * that is looked at.
 */
export function rollbackOf({ state, plan }: ViewInput): RollbackState | null {
  const active = activeRollback(state);
  const isPlan = (rollback: RollbackState): boolean => rollback.planSha256 === plan?.planId && rollback.level === plan.level;
  if (active !== null && (plan === null || isPlan(active) || state?.activeExecutionId !== null)) return active;
  const last = (plan?.rehearsal === undefined ? state?.rollbacks : state?.rehearsals)?.at(-1) ?? null;
  return last !== null && isPlan(last) ? last : null;
}

/** How a level is rehearsed, or when it last was. */
function rehearsalOf(input: ViewInput, source: RollbackState | RollbackPlan): Pick<RollbackView, 'rehearsal' | 'rehearsed'> {
  const { plan, state } = input;
  if (source.rehearsal == null) {
    const rehearsed = rehearsedView(input, source.level);
    return rehearsed === null ? {} : { rehearsed };
  }
  const environment = environmentNameOf(state);
  const isShown = source.commands.some(({ shownOnly }) => shownOnly === true);
  if (!isShown) return { rehearsal: `Every command below really runs${environment === null ? '' : ` in ${environment}`}, and may take back there what was deployed. The steps of this run stay as they are.` };
  return { rehearsal: `${plan?.rehearsal?.shownOnlyBecause ?? 'This may be production.'} What changes something is shown to be read and is not run; checks are.` };
}

/** Backups that were confirmed, or are about to be. */
function backupsOf(commands: readonly PlannedCommand[], input: ViewInput, phase: RollbackView['phase']): Pick<RollbackView, 'backups'> {
  const viewOf = phase === 'plan' ? plannedView : givenView;
  const backups = commands.flatMap(({ backup }) => (backup === undefined ? [] : (viewOf(backup, input) ?? [])));
  return backups.length === 0 ? {} : { backups };
}

/** What was edited in the level, while its plan is looked at. */
function differenceOf({ drift }: ViewInput, level: number, phase: RollbackView['phase']): RollbackView['difference'] {
  const change = phase === 'plan' ? drift.levels.get(level) : undefined;
  return change === undefined ? null : differenceView(change.difference);
}

function phaseOf(progress: RollbackProgress | null): RollbackView['phase'] {
  if (progress === null) return 'plan';
  switch (progress.phase) {
    case 'paused':
    case 'abandoned':
      return 'failed';
    default:
      return progress.phase;
  }
}

function rollbackCommand(
  planned: PlannedCommand,
  source: Command | undefined,
  index: number,
  progress: RollbackProgress | null,
  input: ViewInput,
): RollbackCommandView {
  const execution = progress?.executions[index] ?? null;
  const live = execution === null ? null : (input.liveOutput.get(execution.executionId) ?? null);
  const unheard = execution === null ? null : unheardWords(input, execution);
  const label = undoLabel(input.runbook, input.state, planned, index);
  const words = { ...(label === undefined ? {} : { label }), ...(planned.shownOnly === true ? ({ shownOnly: true } as const) : {}) };
  if (source !== undefined && source.text === planned.text) {
    return { ...commandView(source, execution, live, unheard), purpose: planned.purpose, ...words };
  }
  const { language, text, line, purpose } = planned;
  return { language, text, line, purpose, ...words, ...executionView(execution, live, unheard), placeholders: [], hidden: [], expectedOutput: null, expects: [] };
}

function titles({ plan, runbook }: ViewInput): readonly string[] {
  const ids = new Set(plan?.startedStepIds);
  return runbook.steps.filter((step) => ids.has(step.id)).map((step) => step.title);
}

function message(
  phase: RollbackView['phase'],
  progress: RollbackProgress | null,
  rollback: RollbackState | null,
  overBudget: boolean,
): RollbackView['message'] {
  const isRehearsal = rollback?.rehearsal != null;
  const name = isRehearsal ? 'rehearsal' : 'rollback';
  if (phase === 'succeeded') return { severity: 'info', text: isRehearsal ? 'The rehearsal has come to its end. Nothing counts as rolled back.' : rollback?.level === UNDO_LEVEL ? 'Every undo of it has succeeded.' : 'Every command of this level has succeeded.' };
  if (rollback?.outcome === 'abandoned') {
    const reason = rollback.reason === null ? '' : ` ${rollback.reason}`;
    return { severity: 'warning', text: `This ${name} was given up.${reason} What had run until then stays as it is.` };
  }
  if (progress?.phase === 'paused') {
    return { severity: 'warning', text: `This ${name} was interrupted between two commands. It goes on at the first one that has not succeeded.` };
  }
  if (overBudget && phase === 'running') {
    return { severity: 'warning', text: 'Its time budget is used up. It goes on until it ends or is stopped; the next level can be chosen then.' };
  }
  const last = ended(progress?.executions[progress.next]);
  if (last === null || phase === 'running' || phase === 'plan') return null;
  return { severity: 'error', text: rollbackFailureWords(last) };
}
