import { foregroundOf } from '../../core/run/beside.ts';
import { nextStep } from '../../core/run/order.ts';
import type { SessionSnapshot } from '../../session/api.ts';

/** A step to bring into view, and what makes that another occasion than the one before. */
export interface Occasion {
  readonly stepId: string | undefined;
  readonly key: string;
}

/**
 * The step that a person has to see: the one that runs, else the next one. None beside a rollback. A step that ends
 * without success is an occasion of its own, because then it says more than while it ran. Of several that run at the
 * same time it is the first, and nothing is brought into view while they run: the panel must not jump between them.
 */
export function stepToFollow(snapshot: SessionSnapshot): Occasion {
  const stepId = followed(snapshot);
  const [first] = foregroundOf(snapshot.state);
  const group = first?.owner.kind === 'step' ? (snapshot.runbook.steps.find(({ id }) => id === stepId)?.parallel ?? null) : null;
  return { stepId, key: group ?? `${stepId ?? ''} ${snapshot.state?.activeExecutionId ?? ''}` };
}

function followed({ runbook, state, now }: SessionSnapshot): string | undefined {
  if (state === null || state.ended !== null || state.activeRollbackId !== null) return undefined;
  const owner = foregroundOf(state)[0]?.owner;
  if (owner !== undefined) return owner.kind === 'step' ? owner.stepId : undefined;
  return nextStep(runbook, state, now)?.id;
}
