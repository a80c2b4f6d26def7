import * as errors from '../../core/userErrors.ts';
import { openPanel } from '../panel/openPanel.ts';
import type { Command } from './command.ts';
import { isSeen, showPrompt, stepOf, withTarget } from './target.ts';

/**
 * The person sees the step's source, so it may be run from there; without a run
 * the panel asks to start one. Called by another extension when nobody sees it,
 * it only shows the step.
 */
export const runStepAtCursorCommand: Command = {
  id: 'guidedRunbooks.runStepAtCursor',
  doing: 'running a step',
  run: (host, args) =>
    withTarget(host, args, async (target) => {
      const { engine, session } = target;
      const step = stepOf(target, args);
      if (step === undefined) throw errors.noStepAtCursor();
      const seen = isSeen(target);
      engine.panels.reveal(session.uri, step.id, !seen);
      if (!seen) {
        await openPanel(session.uri);
        return;
      }
      if (!session.isActive) {
        await openPanel(session.uri);
        await session.perform({ type: 'startRun' });
        return;
      }
      const failed = ['failed', 'unknown'].includes(session.session.snapshot.state?.steps.get(step.id)?.status ?? 'open');
      await session.perform({ type: 'step', action: failed ? 'retry' : 'run', stepId: step.id, revision: session.revision });
      await showPrompt(target);
    }),
};
