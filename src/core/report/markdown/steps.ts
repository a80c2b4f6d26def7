import type { ReportSection, ReportStep } from '../report.ts';
import { budgetWords } from '../reportWords.ts';
import { attemptDetails } from './attempts.ts';
import { indented, inline } from './escape.ts';

/** A section with its steps, checked off. */
export function section(each: ReportSection): string {
  const { title, depth, steps } = each;
  // Deeper headings than this would be smaller than the text below them.
  const marks = '#'.repeat(Math.min(Math.max(depth, 2), 4));
  const time = budgetWords(each);
  const budget = time === null ? '' : ` (${time})`;
  return [...(title === '' ? [] : [`${marks} ${inline(title)}${budget}`]), stepList(steps)].join('\n\n');
}

/** Steps as a list; one with something folded away stands apart from the next. */
export function stepList(steps: readonly ReportStep[]): string {
  return steps.map((each, place) => `${step(each)}${place === steps.length - 1 ? '' : each.attempts.length > 0 ? '\n\n' : '\n'}`).join('');
}

/** A list item with a box: ticked when the step is done. */
function step(each: ReportStep): string {
  const isTicked = each.status === 'done' && each.decision !== 'no-go';
  const words = each.status === 'open' ? '' : ` · ${each.status === 'failed' || each.status === 'unknown' ? `**${inline(each.words)}**` : inline(each.words)}`;
  const said = [each.earlierText ? 'With an earlier text of the runbook.' : null, each.note === null ? null : `Note: ${inline(each.note)}`, each.reason === null ? null : `Reason: ${inline(each.reason)}`].filter((line) => line !== null);
  const lines = [`- [${isTicked ? 'x' : ' '}] ${inline(each.title)}${words}`, ...said.map((line) => `  <br>${line}`)];
  if (each.attempts.length > 0) lines.push('', indented(attemptDetails(each.attempts), 2));
  return indented(lines.join('\n'), each.depth * 2);
}
