import type { Runbook } from '../runbook/model.ts';
import type { UserError } from '../userError.ts';
import * as errors from '../userErrors.ts';
import { isSettled, ownStatusOf } from './derived.ts';
import type { Actor, RunEventBody } from './events.ts';
import { tookPart } from './evolveReview.ts';
import { indexOf } from './runbookIndex.ts';
import type { RunState } from './state.ts';

/** What a reviewer can do to a run, also after its end. `stepId` null: to the run as a whole. */
export type ReviewCommand =
  | { readonly type: 'remark'; readonly stepId: string | null; readonly text: string }
  | { readonly type: 'approve' | 'reject'; readonly stepId: string | null; readonly note: string | null };

/** Name of somebody whom git could not tell. */
const UNKNOWN = 'unknown';

/**
 * What a reviewer's command makes of a run: the facts to record.
 *
 * Two-person rule: nobody decides on a run in which they took part, whatever
 * that part was. It goes by the identity that git's settings state, which is a
 * statement and no proof. Remarks are free.
 *
 * @param runbook the text that the run went by; steps that only the record has can be reviewed too
 * @param reviewer as git's settings state it
 * @throws UserError when it is not allowed; then nothing is recorded
 */
export function decideReview(runbook: Runbook, state: RunState | null, reviewer: Actor, command: ReviewCommand): readonly RunEventBody[] {
  if (state?.runId == null) throw errors.noRun();
  const { stepId } = command;
  if (stepId !== null && titleOf(runbook, state, stepId) === null) throw errors.stepVanished();
  if (command.type === 'remark') {
    const text = command.text.trim();
    if (text === '') throw errors.remarkEmpty();
    return [{ type: 'remark.added', stepId, text }];
  }
  const because = reviewRefusal(runbook, state, reviewer, stepId);
  if (because !== null) throw because;
  const note = command.note?.trim() || null;
  if (command.type === 'reject' && note === null) throw errors.rejectionUnexplained();
  const decision = command.type === 'approve' ? 'approved' : 'rejected';
  return [{ type: 'approval.given', stepId, decision, note, ...(awaitsConsent(runbook, state, stepId) ? { consent: true } : {}) }];
}

/** Why somebody may not decide on a step, or on the run (null); null when they may. */
export function reviewRefusal(runbook: Runbook, state: RunState, reviewer: Actor | null, stepId: string | null): UserError | null {
  if (reviewer === null || (reviewer.email === null && reviewer.name === UNKNOWN)) return errors.reviewerUnknown();
  if (tookPart(state, reviewer)) return errors.ownRun(reviewer.name);
  if (stepId === null) return state.ended === null ? errors.runNotEnded() : null;
  if (awaitsConsent(runbook, state, stepId)) return null;
  return state.steps.has(stepId) ? null : errors.nothingToReview(titleOf(runbook, state, stepId) ?? stepId);
}

/** Whether a decision on a step would let it go ahead: it is reserved for others, not settled yet, and the run goes on. */
function awaitsConsent(runbook: Runbook, state: RunState, stepId: string | null): boolean {
  const step = stepId === null ? undefined : indexOf(runbook).steps.get(stepId);
  return step !== undefined && step.reservation !== null && state.ended === null && !isSettled(ownStatusOf(state, step));
}

/** The step's title, its id when only the record has it, or null when neither has. */
function titleOf(runbook: Runbook, state: RunState, stepId: string): string | null {
  return indexOf(runbook).steps.get(stepId)?.title ?? (state.steps.has(stepId) ? stepId : null);
}
