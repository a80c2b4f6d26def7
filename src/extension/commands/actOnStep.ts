import * as errors from '../../core/userErrors.ts';
import type { SessionCommand } from '../../session/api.ts';
import { openPanel } from '../panel/openPanel.ts';
import type { CommandHost } from './command.ts';
import { isSeen, showPrompt, stepOf, withTarget } from './target.ts';

type StepAction = Extract<SessionCommand, { type: 'step' }>['action'];

/**
 * Does something with the step that is meant. When nobody sees the runbook, its
 * panel is opened at the step and nothing is done: the person looks first.
 */
export function actOnStep(host: CommandHost, args: readonly unknown[], action: StepAction): Promise<void> {
  return withTarget(host, args, async (target) => {
    const step = stepOf(target, args);
    if (step === undefined) throw errors.noStepHere();
    const { engine, session } = target;
    if (!isSeen(target)) {
      engine.panels.reveal(session.uri, step.id, true);
      await openPanel(session.uri);
      return;
    }
    engine.panels.reveal(session.uri, step.id, false);
    await session.perform({ type: 'step', action, stepId: step.id, revision: session.revision });
    await showPrompt(target);
  });
}
