import { reviewRefusal } from '../../run/decideReview.ts';
import type { ActionView } from '../viewModel.ts';
import type { ReviewInput } from './reviewInput.ts';

/** What a reviewer can do at a step, or with the run (null). A decision that is not theirs stays in sight and says why. */
export function reviewActions({ runbook, state, reviewer, lockedBecause }: ReviewInput, stepId: string | null): readonly ActionView[] {
  const because = lockedBecause ?? reviewRefusal(runbook, state, reviewer, stepId)?.message ?? null;
  const of = (id: ActionView['id'], label: string, icon: string, style: ActionView['style'], disabledBecause: string | null): ActionView => ({ id, label, icon, style, stepId, disabledBecause, key: null });
  const quiet = stepId !== null;
  return [
    of('remark', 'Add remark…', 'comment', quiet ? 'quiet' : 'secondary', lockedBecause),
    of('approve', stepId === null ? 'Approve run…' : 'Approve step…', 'pass', quiet ? 'quiet' : 'secondary', because),
    of('reject', stepId === null ? 'Reject run…' : 'Reject step…', 'circle-slash', 'quiet', because),
  ];
}
