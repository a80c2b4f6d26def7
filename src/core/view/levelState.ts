import { type RollbackPhase, rollbackProgress } from '../rollback/progress.ts';
import type { RunState } from '../run/state.ts';
import type { LevelButtonView } from './viewModel.ts';

/** A level that has not ended is only called running while a command of it runs. */
const unendedState: Readonly<Record<RollbackPhase, LevelButtonView['state']>> = {
  running: 'running',
  paused: 'unfinished',
  unknown: 'unfinished',
  failed: 'failed',
  succeeded: 'succeeded',
  abandoned: 'failed',
};

/** What became of a level in a run. */
export function levelState(level: number, state: RunState | null): LevelButtonView['state'] {
  const last = state?.rollbacks.findLast((rollback) => rollback.level === level);
  if (last === undefined || state === null) return 'ready';
  if (last.outcome === null) return unendedState[rollbackProgress(state, last).phase];
  return last.outcome === 'succeeded' ? 'succeeded' : 'failed';
}
