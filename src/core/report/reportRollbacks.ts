import type { RollbackState, RunState } from '../run/state.ts';
import { remainsAfter } from '../rollback/remains.ts';
import type { Runbook } from '../runbook/model.ts';
import { durationWords, limitWords } from '../view/words.ts';
import type { ReportRollback, ReportRollbackCommand } from './report.ts';
import { attemptsOf } from './reportAttempt.ts';
import { spanMs } from './reportWords.ts';

export function reportRollbacks(runbook: Runbook, state: RunState): readonly ReportRollback[] {
  return state.rollbacks.map((rollback) => reportRollback(runbook, state, rollback));
}

/** Levels that were gone through as practice; after those nothing remains that the run would know of. */
export function reportRehearsals(runbook: Runbook, state: RunState): readonly ReportRollback[] {
  return state.rehearsals.map((rehearsal) => reportRollback(runbook, state, rehearsal));
}

/** How a command that has no attempt stands there. */
export function untriedWords({ shownOnly }: Pick<ReportRollbackCommand, 'shownOnly'>): string {
  return shownOnly === true ? 'only shown' : 'not run';
}

function reportRollback(runbook: Runbook, state: RunState, rollback: RollbackState): ReportRollback {
  const { budgetSeconds, commands } = rollback;
  const durationMs = spanMs(rollback.startedAt, rollback.endedAt);
  const isOverBudget = budgetSeconds === null || durationMs === null ? null : durationMs > budgetSeconds * 1000;
  const attempts = attemptsOf(state, rollback.executionIds, (index) => commands[index]?.text);
  return {
    id: rollback.rollbackId,
    level: rollback.level,
    title: rollback.title,
    startedAt: rollback.startedAt,
    startedBy: rollback.startedBy,
    endedAt: rollback.endedAt,
    durationMs,
    budgetSeconds,
    isOverBudget,
    outcome: rollback.outcome ?? 'open',
    reason: rollback.reason,
    words: rollbackWords(rollback, durationMs, isOverBudget),
    commands: commands.map(({ purpose, text, language, undoes = [], shownOnly }, place) => ({ purpose, undoes, ...(shownOnly === true ? { shownOnly } : {}), text, language, attempts: attempts.filter(({ command }) => command === place + 1) })),
    // Earlier ones have been followed by this: what they left may be gone.
    remains: rollback === state.rollbacks.at(-1) ? remainsAfter(runbook, state, rollback) : [],
  };
}

function rollbackWords({ outcome, budgetSeconds }: RollbackState, durationMs: number | null, isOverBudget: boolean | null): string {
  const how = outcome ?? 'not ended';
  const took = durationMs === null ? '' : ` after ${durationWords(durationMs)}`;
  if (budgetSeconds === null) return how + took;
  if (isOverBudget === null) return `${how}${took}, budget ${limitWords(budgetSeconds)}`;
  return `${how}${took}, ${isOverBudget ? 'over' : 'within'} its budget of ${limitWords(budgetSeconds)}`;
}
