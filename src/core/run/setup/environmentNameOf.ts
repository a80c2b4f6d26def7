import type { RunState } from '../state.ts';

/** Name of the environment that a run goes to; null: it has none, or there is no run. */
export function environmentNameOf(state: Pick<RunState, 'setup'> | null): string | null {
  return state?.setup?.environment?.name ?? null;
}
