import { askEndSoak, chosenSoak } from '../core/run/askEndSoak.ts';
import { runningSoaks } from '../core/run/soak.ts';
import * as errors from '../core/userErrors.ts';
import type { SessionContext } from './context.ts';

/** Asks why a soak is not waited for, and which one when several go on. Throws a UserError when none does. */
export function askToEndSoak(context: SessionContext): void {
  const { state, runbook, ports } = context;
  if (state === null) throw errors.noRun();
  if (state.ended !== null) throw errors.runEnded();
  const soaks = runningSoaks(runbook, state, ports.clock.now());
  if (soaks.length === 0) throw errors.noSoak();
  context.prompts.ask(askEndSoak(soaks, ports.clock.now()), async (answers) => {
    const { subject } = chosenSoak(soaks, answers);
    await context.record({ type: 'endSoak', subject, reason: answers.reason ?? '' });
  });
}
