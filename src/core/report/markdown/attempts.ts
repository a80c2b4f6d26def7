import { hasRun } from '../../run/outcome.ts';
import type { ReportAttempt } from '../report.ts';
import { attemptWords, utcWords } from '../reportWords.ts';
import { code, fence, inline, insideHtml } from './escape.ts';

/** What was run, folded away: a line to click on, the commands, what they printed. */
export function attemptDetails(attempts: readonly ReportAttempt[]): string {
  return attempts.map((attempt, place) => details(attempt, place + 1, attempts.length)).join('\n\n');
}

function details(attempt: ReportAttempt, number: number, of: number): string {
  const which = [attempt.ofCommands > 1 ? `command ${String(attempt.command)} of ${String(attempt.ofCommands)}` : '', of > 1 ? `run ${String(number)} of ${String(of)}` : ''].filter((words) => words !== '').concat(attemptWords(attempt));
  const summary = [insideHtml(attempt.words), ...which, utcWords(attempt.startedAt), `by ${attempt.startedBy.name}`].map((words, place) => (place === 0 ? words : insideHtml(words))).join(' · ');
  const parts = [`<details><summary>${summary}</summary>`, fence(attempt.text, attempt.shell)];
  if (attempt.isChanged) parts.push('The runbook’s text has something else there.');
  if (attempt.acknowledged.length > 0) parts.push(`${inline(attempt.startedBy.name)} ${attempt.acknowledged.map(({ words }) => inline(words)).join(', ')}.`);
  if (attempt.expectation?.detail != null) parts.push(inline(attempt.expectation.detail));
  if (attempt.outputTail !== null && attempt.outputTail !== '') parts.push('Output, last lines:', fence(attempt.outputTail));
  if (attempt.output !== null) parts.push(`All that was kept of its output: ${code(`output/${attempt.executionId}.txt`)} in the run’s folder${attempt.output.cut ? ', which is not all that it printed' : ''}.`);
  if (attempt.outputTail === null && attempt.output === null && attempt.outcome !== null && hasRun(attempt.outcome)) parts.push('Its output was not observed.');
  return `${parts.join('\n\n')}\n\n</details>`;
}
