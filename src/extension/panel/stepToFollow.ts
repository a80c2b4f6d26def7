import { nextStep } from '../../core/run/order.ts';
import type { SessionSnapshot } from '../../session/api.ts';

/** A step to bring into view, and what makes that another occasion than the one before. */
export interface Occasion {
  readonly stepId: string | undefined;
  readonly key: string;
}

/**
 * The step that a person has to see: the one that runs, else the next one. None beside a rollback. A step that ends
 * without success is an occasion of its own, because then it says more than while it ran.
 */
export function stepToFollow(snapshot: SessionSnapshot): Occasion {
  const stepId = followed(snapshot);
  return { stepId, key: `${stepId ?? ''} ${snapshot.state?.activeExecutionId ?? ''}` };
}

function followed({ runbook, state, now }: SessionSnapshot): string | undefined {
  if (state === null || state.ended !== null || state.activeRollbackId !== null) return undefined;
  const owner = state.activeExecutionId === null ? undefined : state.executions.get(state.activeExecutionId)?.owner;
  if (owner !== undefined) return owner.kind === 'step' ? owner.stepId : undefined;
  return nextStep(runbook, state, now)?.id;
}
