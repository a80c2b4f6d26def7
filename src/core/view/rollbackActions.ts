import { sentenceName, UNDO_LEVEL } from '../rollback/levelName.ts';
import { activeRollback } from '../rollback/progress.ts';
import type { Access } from './access.ts';
import type { ViewInput } from './input.ts';
import type { RollbackView } from './rollbackViewModel.ts';
import type { ActionId, ActionView } from './viewModel.ts';

type RollbackAction = RollbackView['actions'][number];

/** What can be done about a rollback in each phase. Nothing goes on or escalates by itself. */
export function rollbackActions(
  input: ViewInput,
  access: Access,
  { level, phase, isRehearsal }: { readonly level: number; readonly phase: RollbackView['phase']; readonly isRehearsal: boolean },
): readonly RollbackAction[] {
  const of = (id: ActionId, label: string, icon: string, style: ActionView['style'], because: string | null): RollbackAction => ({
    id, label, icon, style, stepId: null, disabledBecause: because, key: null, level,
  });
  const close = of('closeRollback', phase === 'plan' ? 'Cancel' : 'Close', 'close', 'secondary', null);
  const terminal = of('showTerminal', 'Show terminal', 'terminal', 'secondary', null);
  const ended = input.state?.activeRollbackId == null;
  if (isRehearsal) return rehearsalActions(of, { close, terminal }, access, { level, phase, ended, cannotRun: input.plan?.cannotRun ?? null });
  switch (phase) {
    case 'plan':
      return [
        of('confirmRollback', level === UNDO_LEVEL ? 'Undo what started' : `Roll back to level ${level}`, 'discard', 'danger', access.rollBack ?? input.plan?.cannotRun ?? null),
        ...(level === UNDO_LEVEL ? [] : [of('planRehearsal', 'Rehearse…', 'beaker', 'secondary', rehearsalBlock(input, access))]),
        close,
      ];
    case 'running':
      return [
        terminal,
        of('stopRollback', 'Stop', 'debug-stop', 'danger', access.stop),
        ...(input.overBudget ? nextLevel(input, level, 'Stop what is running first.') : []),
      ];
    case 'succeeded':
      return [of('endRun', 'End run as rolled back', 'stop-circle', 'primary', access.end), close];
    case 'failed':
    case 'unknown':
      if (ended) return [of('confirmRollback', 'Roll back again', 'discard', 'danger', access.rollBack), ...nextLevel(input, level, access.record), close];
      return [
        of('retryRollback', phase === 'unknown' ? 'Run it again' : 'Go on from here', 'debug-restart', 'primary', access.rollBack),
        ...nextLevel(input, level, access.record),
        terminal,
        of('abandonRollback', 'Give up this rollback…', 'trash', 'quiet', access.endRollback),
      ];
  }
}

/** Practice is never in the way of a rollback, and leads to none. */
function rehearsalActions(
  of: (id: ActionId, label: string, icon: string, style: ActionView['style'], because: string | null) => RollbackAction,
  { close, terminal }: { readonly close: RollbackAction; readonly terminal: RollbackAction },
  access: Access,
  { level, phase, ended, cannotRun }: { readonly level: number; readonly phase: RollbackView['phase']; readonly ended: boolean; readonly cannotRun: string | null },
): readonly RollbackAction[] {
  switch (phase) {
    case 'plan':
      return [of('confirmRehearsal', `Rehearse level ${level}`, 'beaker', 'primary', access.run ?? cannotRun), of('planRollback', 'Back to the rollback plan', 'discard', 'secondary', null), close];
    case 'running':
      return [terminal, of('stopRollback', 'Stop', 'debug-stop', 'danger', access.stop)];
    case 'succeeded':
      return [of('confirmRehearsal', 'Rehearse again', 'beaker', 'secondary', access.run), close];
    case 'failed':
    case 'unknown':
      if (ended) return [of('confirmRehearsal', 'Rehearse again', 'beaker', 'secondary', access.run), close];
      return [
        of('retryRollback', phase === 'unknown' ? 'Run it again' : 'Go on from here', 'debug-restart', 'primary', access.run),
        terminal,
        of('abandonRollback', 'Give up this rehearsal…', 'trash', 'quiet', access.endRollback),
      ];
  }
}

/** A rehearsal belongs to a run and its environment, and never goes on beside a rollback. */
function rehearsalBlock({ state }: ViewInput, access: Access): string | null {
  if (state === null || state.ended !== null) return 'Start a run first: a rehearsal belongs to a run and its environment.';
  const active = activeRollback(state);
  return access.run ?? (active === null ? null : `${sentenceName(active.level, active.rehearsal !== null)} has not ended.`);
}

/** The next level that has commands is offered, never taken. */
function nextLevel({ runbook }: ViewInput, level: number, disabledBecause: string | null): readonly RollbackAction[] {
  const next = runbook.rollbackLevels.find((each) => each.level > level && each.commands.length > 0);
  if (next === undefined) return [];
  return [
    {
      id: 'planRollback',
      label: `Look at level ${next.level}: ${next.title}`,
      icon: 'discard',
      style: 'secondary',
      stepId: null,
      disabledBecause,
      key: null,
      level: next.level,
    },
  ];
}
