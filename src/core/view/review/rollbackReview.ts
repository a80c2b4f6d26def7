import { rollbackTitle } from '../../rollback/levelName.ts';
import { reportRollbacks } from '../../report/reportRollbacks.ts';
import { shownLine, shownText } from '../../report/shownText.ts';
import { attemptView } from './attemptView.ts';
import type { ReviewInput } from './reviewInput.ts';
import type { RollbackReviewView } from './reviewView.ts';
import { byWords } from './reviewWords.ts';

/** More rollbacks, and more attempts at one of their commands, are not shown. */
const SHOWN = 20;

const STATE = { succeeded: 'ok', failed: 'failed', abandoned: 'failed', open: 'unknown' } as const;

/** The rollbacks of a run, each with what its commands did. */
export function rollbackReviews({ runbook, state, formatTime }: Pick<ReviewInput, 'runbook' | 'state' | 'formatTime'>): readonly RollbackReviewView[] {
  return reportRollbacks(runbook, state).slice(-SHOWN).map((rollback) => {
    const texts = rollback.commands.map(({ text }) => text);
    return {
      id: rollback.id,
      title: rollbackTitle(rollback.level, shownLine(rollback.title)),
      state: STATE[rollback.outcome],
      words: rollback.words,
      by: byWords(rollback.startedBy, rollback.startedAt, formatTime),
      reason: rollback.reason === null ? null : shownText(rollback.reason),
      commands: rollback.commands.map(({ purpose, text, language, attempts }) => ({
        purpose, text, language,
        attempts: attempts.slice(-SHOWN).map((attempt) => ({ ...attemptView(attempt, state, texts, formatTime), about: '' })),
      })),
    };
  });
}
