import { UNDO_LEVEL } from '../rollback/levelName.ts';
import { activeRollback } from '../rollback/progress.ts';
import type { ViewInput } from './input.ts';
import { severalRun } from './backgroundWords.ts';
import type { Progress } from './progress.ts';
import { headerSoak } from './soakView.ts';
import { counted, quoted } from './words.ts';

/** One sentence about where the run stands, for a screen reader. */
export function announcement(input: ViewInput, progress: Progress, done: number, total: number): string {
  const { state } = input;
  if (state === null) return `${counted(total, 'step')}. No run has been started.`;
  const stand = `${done} of ${counted(total, 'step')} done.`;
  if (state.ended !== null) return `The run has ended. ${stand}`;
  if (state.activeRollbackId !== null) {
    const rollback = activeRollback(state);
    if (rollback?.rehearsal != null) return `Rehearsing level ${rollback.level}. ${stand}`;
    return `${rollback?.level === UNDO_LEVEL ? 'Undoing what started' : `Rolling back${rollback === null ? '' : ` to level ${rollback.level}`}`}. ${stand}`;
  }
  const { next } = progress;
  const { soak } = headerSoak(input);
  if (soak !== undefined && (next === null || progress.waitOf(next)?.kind === 'soak')) return `${stand} ${quoted(soak.title)} soaks until ${input.formatTime(soak.until)}.`;
  if (next === null) return progress.isComplete ? `All steps are done. ${stand}` : stand;
  const several = severalRun(state);
  if (several !== null) return `${several} ${stand}`;
  const title = quoted(next.title);
  switch (progress.ownStatus(next)) {
    case 'running':
      return `${title} is running. ${stand}`;
    case 'failed':
      return `${title} failed. ${stand}`;
    case 'unknown':
      return `How ${title} ended is unknown. ${stand}`;
    default:
      return `${stand} Next: ${title}.`;
  }
}
