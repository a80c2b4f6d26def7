import type { ActionId, ActionView, ReviewActionId, RollbackActionId, RunActionId, StepActionId } from '../src/core/view/viewModel.ts';
import type { PanelMessage } from '../src/protocol/messages.ts';

const KIND: Readonly<Record<ActionId, 'run' | 'step' | 'rollback' | 'review'>> = {
  startRun: 'run',
  runNext: 'run',
  runUntilGate: 'run',
  pause: 'run',
  endRun: 'run',
  abandonRun: 'run',
  showTerminal: 'run',
  openSource: 'run',
  closeRollback: 'run',
  commitRecord: 'run',
  takeOver: 'run',
  endSoak: 'run',
  watchMonitors: 'run',
  stopMonitors: 'run',
  rebaseRun: 'run',
  showChanges: 'run',
  verify: 'run',
  run: 'step',
  retry: 'step',
  stop: 'step',
  forceStop: 'step',
  tick: 'step',
  tickWithNote: 'step',
  untick: 'step',
  skip: 'step',
  markDone: 'step',
  reopen: 'step',
  go: 'step',
  noGo: 'step',
  showStepTerminal: 'step',
  copy: 'step',
  revealSource: 'step',
  planRollback: 'rollback',
  confirmRollback: 'rollback',
  planRehearsal: 'rollback',
  confirmRehearsal: 'rollback',
  stopRollback: 'rollback',
  retryRollback: 'rollback',
  abandonRollback: 'rollback',
  remark: 'review',
  approve: 'review',
  reject: 'review',
};

/**
 * The message that an action sends; null when it cannot be said, for example
 * a rollback without a level: then a person has to choose one first.
 */
export function messageOf(action: ActionView, revision: number, rollback: { readonly level: number | null; readonly planId: string | null } | null): PanelMessage | null {
  switch (KIND[action.id]) {
    case 'run':
      return { type: 'run', action: action.id as RunActionId, revision };
    case 'step':
      return action.stepId === null ? null : { type: 'step', action: action.id as StepActionId, stepId: action.stepId, revision };
    case 'review':
      return { type: 'review', action: action.id as ReviewActionId, stepId: action.stepId, revision };
    case 'rollback':
      return rollback === null || rollback.level === null
        ? null
        : { type: 'rollback', action: action.id as RollbackActionId, level: rollback.level, planId: rollback.planId, revision };
  }
}

/**
 * Whether an event is an act of its own. The second half of a double click and
 * a key that is held down are not: what is under them may have changed since.
 */
export function isDeliberate(event: Event): boolean {
  return !(event instanceof MouseEvent && event.detail > 1);
}

/** Keeps a held key from pressing a button again and again. */
export function refuseHeldKeys(page: Window): void {
  page.addEventListener(
    'keydown',
    (event) => {
      if (!event.repeat || (event.key !== 'Enter' && event.key !== ' ')) return;
      const target = event.composedPath()[0];
      if (!(target instanceof HTMLTextAreaElement)) event.preventDefault();
    },
    { capture: true },
  );
}
