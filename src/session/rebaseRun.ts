import { askRebase, keptSteps } from '../core/run/drift/askRebase.ts';
import { baseSha256 } from '../core/run/drift/base.ts';
import { planRebase } from '../core/run/drift/rebase.ts';
import * as errors from '../core/userErrors.ts';
import type { SessionContext } from './context.ts';

/** Shows what taking the present text as the run's would do, and asks once. Throws a UserError when it is not safe. */
export function askToRebase(context: SessionContext): void {
  const { state, runbook, drift, revisions, ports } = context;
  if (state === null) throw errors.noRun();
  const plan = planRebase(runbook, state, drift);
  if (baseSha256(state) === ports.ids.sha256(revisions.text)) throw errors.nothingToRebase();
  const shown = revisions.number;
  context.prompts.ask(askRebase(plan, drift), async ({ acknowledged }) => {
    // The plan is made of the record too, and that only grows: the same length is the same plan.
    if (revisions.number !== shown || context.state !== state) throw errors.rebasePlanChanged();
    await rebase(context, keptSteps(plan, acknowledged));
  });
}

/** The text is on disk before the event that names it. */
async function rebase(context: SessionContext, keep: readonly string[]): Promise<void> {
  const { state, revisions, drift, ports } = context;
  const { runbook, text } = revisions;
  if (state?.runId == null) throw errors.noRun();
  const textSha256 = ports.ids.sha256(text);
  if (textSha256 !== state.textSha256) await ports.store.saveText(state.runId, text, textSha256);
  // What was planned is what is recorded, whatever is typed meanwhile.
  await context.journal.record(() => ({ runbook, drift }), { type: 'rebase', textSha256, keep });
  revisions.goBy({ runbook, text });
  context.changed();
}
