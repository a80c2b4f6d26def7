import { hasRun } from '../../run/outcome.ts';
import type { ReportAttempt, ReportSection, ReportStep } from '../report.ts';
import { attemptWords, budgetWords, utcWords } from '../reportWords.ts';
import { block, line } from './escape.ts';

const SIGNS: Readonly<Record<ReportStep['status'], string>> = { done: '✓', skipped: '–', failed: '✗', unknown: '?', running: '…', background: '⇄', partly: '…', open: '○' };

export function section(each: ReportSection): string {
  const { title, depth, steps } = each;
  const level = Math.min(Math.max(depth, 2), 4);
  const time = budgetWords(each);
  const budget = time === null ? '' : ` (${line(time)})`;
  const heading = title === '' ? '' : `<h${level}>${line(title)}${budget}</h${level}>\n`;
  return `<section>\n${heading}${stepList(steps)}\n</section>`;
}

export function stepList(steps: readonly ReportStep[]): string {
  return `<ul class="steps">\n${steps.map(step).join('\n')}\n</ul>`;
}

function step(each: ReportStep): string {
  const kind = each.doneBy === 'forced' ? 'forced' : each.status;
  const sign = each.decision === 'no-go' ? '✗' : SIGNS[each.status];
  const words = each.status === 'open' ? 'open' : each.words;
  const said = [each.earlierText ? 'With an earlier text of the runbook.' : null, each.owner === null ? null : `For: ${each.owner}`, each.note === null ? null : `Note: ${each.note}`, each.reason === null ? null : `Reason: ${each.reason}`].filter((part) => part !== null);
  return `<li class="${kind}"><span class="sign" aria-hidden="true">${sign}</span>${line(each.title)} <span class="words">· ${line(words)}</span>${said.map((part) => `<p>${line(part)}</p>`).join('')}${attemptDetails(each.attempts)}</li>`;
}

/** What was run, folded away. */
export function attemptDetails(attempts: readonly ReportAttempt[]): string {
  return attempts
    .map((attempt, place) => {
      const which = [attempt.ofCommands > 1 ? `command ${attempt.command} of ${attempt.ofCommands}` : '', attempts.length > 1 ? `run ${place + 1} of ${attempts.length}` : ''].filter((words) => words !== '').concat(attemptWords(attempt));
      const summary = [attempt.words, ...which, utcWords(attempt.startedAt), `by ${attempt.startedBy.name}`].map(line).join(' · ');
      return `<details><summary>${summary}</summary><pre><code>${block(attempt.text)}</code></pre>${remarks(attempt)}</details>`;
    })
    .join('');
}

function remarks({ executionId, isChanged, acknowledged, startedBy, outputTail, output, outcome, expectation }: ReportAttempt): string {
  const parts: string[] = [];
  if (isChanged) parts.push('<p class="bad">The runbook’s text has something else there.</p>');
  if (acknowledged.length > 0) parts.push(`<p>${line(`${startedBy.name} ${acknowledged.map(({ words }) => words).join(', ')}.`)}</p>`);
  if (outputTail !== null && outputTail !== '') parts.push(`<p>Output, last lines:</p><pre><samp>${block(outputTail)}</samp></pre>`);
  if (output !== null) parts.push(`<p>All that was kept of its output: <code>output/${line(executionId)}.txt</code> in the run’s folder${output.cut ? ', which is not all that it printed' : ''}.</p>`);
  if (expectation?.detail != null) parts.push(`<p>${line(expectation.detail)}</p>`);
  if (outputTail === null && output === null && outcome !== null && hasRun(outcome)) parts.push('<p>Its output was not observed.</p>');
  return parts.join('');
}
