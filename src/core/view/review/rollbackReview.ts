import { rollbackTitle } from '../../rollback/levelName.ts';
import type { ReportRollback } from '../../report/report.ts';
import { reportRehearsals, reportRollbacks, untriedWords } from '../../report/reportRollbacks.ts';
import { shownLine, shownText } from '../../report/shownText.ts';
import { attemptView } from './attemptView.ts';
import { capitalized } from '../words.ts';
import type { ReviewInput } from './reviewInput.ts';
import type { RollbackReviewView } from './reviewView.ts';
import { byWords } from './reviewWords.ts';

/** More rollbacks, and more attempts at one of their commands, are not shown. */
const SHOWN = 20;

const STATE = { succeeded: 'ok', failed: 'failed', abandoned: 'failed', open: 'unknown' } as const;

type Input = Pick<ReviewInput, 'runbook' | 'state' | 'formatTime'>;

/** The rollbacks and rehearsals of a run, each with what its commands did. */
export function rollbackReviews(input: Input): readonly RollbackReviewView[] {
  const { runbook, state } = input;
  const rollbacks = reportRollbacks(runbook, state).slice(-SHOWN).map((rollback) => rollbackReview(input, rollback, false));
  return [...rollbacks, ...reportRehearsals(runbook, state).slice(-SHOWN).map((rehearsal) => rollbackReview(input, rehearsal, true))];
}

function rollbackReview({ state, formatTime }: Input, rollback: ReportRollback, isRehearsal: boolean): RollbackReviewView {
  const texts = rollback.commands.map(({ text }) => text);
  return {
    id: rollback.id,
    title: rollbackTitle(rollback.level, shownLine(rollback.title), isRehearsal),
    state: STATE[rollback.outcome],
    words: rollback.words,
    by: byWords(rollback.startedBy, rollback.startedAt, formatTime),
    reason: rollback.reason === null ? null : shownText(rollback.reason),
    remains: rollback.remains.map(({ heading, items }) => ({ heading: `What remained changed. ${shownLine(heading)}`, items: items.map(shownLine) })),
    commands: rollback.commands.map((command) => ({
      purpose: command.purpose, text: command.text, language: command.language, untried: `${capitalized(untriedWords(command))}.`,
      attempts: command.attempts.slice(-SHOWN).map((attempt) => ({ ...attemptView(attempt, state, texts, formatTime), about: '' })),
    })),
  };
}
