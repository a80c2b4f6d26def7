import { rollbackName, UNDO_LEVEL } from '../../rollback/levelName.ts';
import { activeRollback, rollbackProgress } from '../../rollback/progress.ts';
import { ownStatusOf } from '../../run/derived.ts';
import { nextStep } from '../../run/order.ts';
import { runProgress } from '../../run/progress.ts';
import type { RunState } from '../../run/state.ts';
import type { Runbook } from '../../runbook/model.ts';
import { dotted, quoted } from '../words.ts';

/** What became of a runbook of the package. */
export interface MemberStanding {
  readonly words: string;
  readonly tone: 'plain' | 'active' | 'done' | 'failed';
}

const ENDED = { completed: 'finished', 'rolled-back': 'ended as rolled back', stopped: 'stopped by No-Go', abandoned: 'abandoned' } as const;

/** How a run of another runbook stands, in few words. `runbook`: as it is now. */
export function memberStanding(runbook: Runbook, run: RunState, now?: number): MemberStanding {
  const rollback = rollbackStanding(run);
  if (run.ended !== null) {
    const { outcome } = run.ended;
    return { words: dotted([rollback?.words ?? null, outcome === 'rolled-back' && rollback !== null ? 'ended' : ENDED[outcome]]), tone: outcome === 'abandoned' || outcome === 'stopped' ? 'failed' : 'done' };
  }
  const { done, total } = runProgress(runbook, run);
  const count = total === 0 ? null : `${String(done)} of ${String(total)}`;
  if (rollback !== null) return { ...rollback, words: dotted([rollback.words, count]) };
  const next = nextStep(runbook, run, now);
  switch (next === null ? 'open' : ownStatusOf(run, next)) {
    case 'failed':
      return { words: dotted([`failed at ${quoted(next?.title ?? '')}`, count]), tone: 'failed' };
    case 'unknown':
      return { words: dotted([`not known how ${quoted(next?.title ?? '')} ended`, count]), tone: 'failed' };
    case 'running':
      return { words: dotted([`${quoted(next?.title ?? '')} is running`, count]), tone: 'active' };
    default:
      return { words: count === null ? 'goes on' : next === null ? `${count}, not ended` : count, tone: 'active' };
  }
}

/** The last rollback of a run that says something of how it stands. */
function rollbackStanding(run: RunState): MemberStanding | null {
  const active = activeRollback(run);
  if (active !== null && active.rehearsal === null) {
    const { phase } = rollbackProgress(run, active);
    return phase === 'running' ? { words: active.level === UNDO_LEVEL ? 'undoing what started' : `rolling back, level ${String(active.level)}`, tone: 'active' } : { words: `${nameOf(active.level)} has not ended`, tone: 'failed' };
  }
  const last = run.rollbacks.at(-1);
  if (last === undefined || last.outcome === null) return null;
  if (last.outcome === 'succeeded') return { words: last.level === UNDO_LEVEL ? 'what started was undone' : `rolled back, level ${String(last.level)}`, tone: 'done' };
  return { words: `${nameOf(last.level)} ${last.outcome === 'failed' ? 'failed' : 'was given up'}`, tone: 'failed' };
}

function nameOf(level: number): string {
  return level === UNDO_LEVEL ? rollbackName(level) : `rollback level ${String(level)}`;
}
