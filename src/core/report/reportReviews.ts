import { indexOf } from '../run/runbookIndex.ts';
import type { RunState } from '../run/state.ts';
import type { Runbook } from '../runbook/model.ts';
import type { ReportReview } from './report.ts';
import { personWords, utcWords } from './reportWords.ts';

/** Remarks and decisions of reviewers, as their clocks order them. */
export function reportReviews(runbook: Runbook, state: RunState): readonly ReportReview[] {
  const { steps } = indexOf(runbook);
  const about = (stepId: string | null): Pick<ReportReview, 'stepId' | 'step'> => ({ stepId, step: stepId === null ? null : (steps.get(stepId)?.title ?? stepId) });
  const remarks = state.remarks.map(({ stepId, text, by, at }): ReportReview => ({ kind: 'remark', ...about(stepId), text, by, at, isOvertaken: false }));
  const decisions = state.approvals.map(({ stepId, decision, note, by, at, isOvertaken }): ReportReview => ({ kind: decision, ...about(stepId), text: note, by, at, isOvertaken }));
  return [...remarks, ...decisions].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** Who said what of what, without the text: `Approved by Ada <ada@example.test>, 2026-01-05 14:09 UTC (overtaken)`. */
export function reviewWords({ kind, step, by, at, isOvertaken }: ReportReview): string {
  const said = { remark: 'Remark', approved: 'Approved', rejected: 'Rejected' }[kind];
  return `${said}${step === null ? '' : `, “${step}”,`} by ${personWords(by)}, ${utcWords(at)}${isOvertaken ? ' (overtaken)' : ''}`;
}
