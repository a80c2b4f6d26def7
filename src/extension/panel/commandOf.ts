import type { PanelMessage } from '../../protocol/messages.ts';
import type { SessionCommand } from '../../session/api.ts';

/** A message that a person's press sends. */
export type ActMessage = Extract<PanelMessage, { type: 'run' | 'step' | 'rollback' | 'verify' }>;

/**
 * What a press asks of the session; null for what the editor does by itself
 * (opening the source, copying, showing the terminal).
 *
 * @param revision the document's revision that was on show
 * @param next id of the step that was shown as the next one, if any
 */
export function commandOf(message: ActMessage, revision: number, next: string | undefined): SessionCommand | null {
  switch (message.type) {
    case 'run':
      return runCommand(message.action, revision, next);
    case 'step':
      if (message.action === 'copy' || message.action === 'showStepTerminal' || message.action === 'revealSource') return null;
      return { type: 'step', action: message.action, stepId: message.stepId, revision };
    case 'verify':
      return { type: 'verify', sectionId: message.sectionId };
    case 'rollback':
      return rollbackCommand(message, revision);
  }
}

function runCommand(action: Extract<ActMessage, { type: 'run' }>['action'], revision: number, next: string | undefined): SessionCommand | null {
  switch (action) {
    case 'showTerminal':
    case 'openSource':
    case 'commitRecord':
    case 'showChanges':
      return null;
    case 'runNext':
      return { type: action, revision, ...(next === undefined ? {} : { stepId: next }) };
    case 'verify':
      return { type: action, sectionId: null };
    case 'runUntilGate':
      return { type: action, revision };
    default:
      return { type: action };
  }
}

function rollbackCommand({ action, level, planId }: Extract<ActMessage, { type: 'rollback' }>, revision: number): SessionCommand | null {
  switch (action) {
    case 'planRollback':
    case 'planRehearsal':
      return { type: action, level, revision };
    case 'confirmRollback':
    case 'confirmRehearsal':
      return planId === null ? null : { type: action, level, planId };
    default:
      return { type: action };
  }
}
