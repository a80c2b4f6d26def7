import type { Firing, RunState } from '../run/state.ts';

/** Triggers that have fired and were not cleared, in order; none once the run has ended. */
export function activeFirings(state: RunState | null): readonly Firing[] {
  return state === null || state.ended !== null ? [] : state.firings.filter(({ clearedAt }) => clearedAt === null);
}
