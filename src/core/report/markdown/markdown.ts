import { levelTitle } from '../../rollback/levelName.ts';
import type { ReportRollback, RunReport } from '../report.ts';
import { untriedWords } from '../reportRollbacks.ts';
import { memberLines } from '../reportMembers.ts';
import { reviewWords } from '../reportReviews.ts';
import { personWords, utcWords } from '../reportWords.ts';
import { attemptDetails } from './attempts.ts';
import { fence, indented, inline } from './escape.ts';
import { section, stepList } from './steps.ts';
import { summary } from './summary.ts';

/**
 * A report in Markdown, to be read in a pull request: a copy of the runbook's
 * steps, checked off, with who and when; commands and output folded away.
 * Nothing in the record or the runbook can be more than words in it.
 *
 * @returns text that ends with a line end
 */
export function markdownReport(report: RunReport): string {
  const parts = [summary(report)];
  if (report.reviews.length > 0) parts.push('## Review', report.reviews.map((each) => `- ${inline(reviewWords(each))}${each.text === null ? '' : `: ${inline(each.text)}`}`).join('\n'));
  const members = memberLines(report);
  if (members.length > 0) parts.push('## Runs that are part of it', members.map((each) => `- ${inline(each)}`).join('\n'));
  if (report.rollbacks.length > 0) parts.push('## Rollbacks', ...report.rollbacks.map(rollback));
  if (report.rehearsals !== undefined) parts.push('## Rehearsals', 'Practice: nothing counts as rolled back.', ...report.rehearsals.map(rollback));
  parts.push(...report.sections.map(section));
  if (report.strays.length > 0) parts.push('## Not in the runbook’s text', stepList(report.strays));
  parts.push('Names and times are as the machines stated them.');
  return `${parts.join('\n\n')}\n`;
}

function rollback(each: ReportRollback): string {
  const head = `**${inline(levelTitle(each.level, each.title))}** · ${inline(each.words)} · ${inline(utcWords(each.startedAt))} by ${inline(personWords(each.startedBy))}${each.reason === null ? '' : ` · Reason: ${inline(each.reason)}`}`;
  const commands = each.commands.map((command) => {
    const { purpose, text, language, attempts } = command;
    const last = attempts.at(-1);
    const line = `- [${last?.succeeded === true ? 'x' : ' '}] ${purpose === 'undo' ? 'Undo' : 'Verify'} · ${last === undefined ? untriedWords(command) : inline(last.words)}`;
    const details = last === undefined ? fence(text, language) : attemptDetails(attempts);
    return `${line}\n\n${indented(details, 2)}`;
  });
  const remains = each.remains.map(({ heading, items }) => `What remains changed. ${inline(heading)}:\n\n${items.map((item) => `- ${inline(item)}`).join('\n')}`);
  return [head, ...commands, ...remains].join('\n\n');
}
