import type { RunState } from './state.ts';

/** Whether the way forward is left: No-Go, or a rollback that is under way or has succeeded. No time is waited for there. */
export function isOffTrack({ noGo, activeRollbackId, rollbacks }: RunState): boolean {
  return noGo !== null || activeRollbackId !== null || rollbacks.at(-1)?.outcome === 'succeeded';
}
