import { nextStep } from '../../core/run/order.ts';
import type { SessionCommand } from '../../session/api.ts';
import { openPanel } from '../panel/openPanel.ts';
import type { DocumentSession } from '../sessions/documentSession.ts';
import type { CommandHost } from './command.ts';
import { isSeen, showPrompt, withTarget } from './target.ts';

/**
 * Asks something of the whole run. When nobody sees the runbook, its panel is
 * opened at the next step and nothing is done: the person looks first.
 */
export function actOnRun(host: CommandHost, args: readonly unknown[], command: (session: DocumentSession) => SessionCommand): Promise<void> {
  return withTarget(host, args, async (target) => {
    const { engine, session } = target;
    if (!isSeen(target)) {
      const { runbook, state, now } = session.session.snapshot;
      const next = nextStep(runbook, state, now);
      if (next !== null) engine.panels.reveal(session.uri, next.id, true);
      await openPanel(session.uri);
      return;
    }
    await session.perform(command(session));
    await showPrompt(target);
  });
}
