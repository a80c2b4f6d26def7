import { levelTitle } from '../../rollback/levelName.ts';
import { durationWords } from '../../view/words.ts';
import type { ReportRollback, RunReport } from '../report.ts';
import { memberLines, packageRows } from '../reportMembers.ts';
import { reviewWords } from '../reportReviews.ts';
import { personWords, runOutcomeWords, utcWords } from '../reportWords.ts';
import { statusRows } from '../reportStatus.ts';
import { timeRows } from '../reportTimes.ts';
import { setupRows } from '../setupRows.ts';
import { block, line } from './escape.ts';
import { untriedWords } from '../reportRollbacks.ts';
import { attemptDetails, section, stepList } from './steps.ts';
import { STYLE } from './style.ts';
import { timelineSvg } from './timelineSvg.ts';

/** Nothing is loaded and nothing is run, even if something of a record should come through as HTML. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/**
 * A report as one HTML page without script, that needs nothing else: with the
 * timeline drawn to scale, in light and dark, to be read on paper too.
 *
 * @returns text that ends with a line end
 */
export function htmlReport(report: RunReport): string {
  const title = `Run of ${line(report.title)}`;
  const parts = [
    `<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="${line(POLICY)}">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="referrer" content="no-referrer">\n<title>${title}</title>\n<style>${STYLE}</style>\n</head>\n<body>\n<main>`,
    `<h1>${title}</h1>`,
    facts(report),
    ...(report.integrity.isComplete ? [] : [`<p class="bad">The record is not complete:</p>\n<ul>\n${report.integrity.findings.map(({ words }) => `<li>${line(words)}</li>`).join('\n')}\n</ul>`]),
    `<h2>Timeline</h2>\n${timelineSvg(report.timeline)}`,
    ...(report.reviews.length === 0 ? [] : [`<h2>Review</h2>\n<ul>\n${report.reviews.map((each) => `<li>${line(reviewWords(each))}${each.text === null ? '' : `<pre>${block(each.text)}</pre>`}</li>`).join('\n')}\n</ul>`]),
    ...(memberLines(report).length === 0 ? [] : [`<h2>Runs that are part of it</h2>\n<ul>\n${memberLines(report).map((each) => `<li>${line(each)}</li>`).join('\n')}\n</ul>`]),
    ...(report.rollbacks.length === 0 ? [] : [`<h2>Rollbacks</h2>\n${report.rollbacks.map(rollback).join('\n')}`]),
    ...(report.rehearsals === undefined ? [] : [`<h2>Rehearsals</h2>\n<p>Practice: nothing counts as rolled back.</p>\n${report.rehearsals.map(rollback).join('\n')}`]),
    ...report.sections.map(section),
    ...(report.strays.length === 0 ? [] : [`<h2>Not in the runbook’s text</h2>\n${stepList(report.strays)}`]),
    '<p class="words">Names and times are as the machines stated them.</p>\n</main>\n</body>\n</html>',
  ];
  return `${parts.join('\n')}\n`;
}

function facts(report: RunReport): string {
  const { counts, git, integrity } = report;
  const odd = [`${counts.settled} of ${counts.total}`, counts.failed > 0 ? `${counts.failed} failed or unknown` : '', counts.skipped > 0 ? `${counts.skipped} skipped` : '', counts.forced > 0 ? `${counts.forced} marked done by hand` : '', counts.failedAttempts > 0 ? `failed attempts: ${counts.failedAttempts}` : ''];
  const state = git?.clean == null ? '' : git.clean ? ', clean' : ', with uncommitted changes';
  const rows: readonly (readonly [string, string | null])[] = [
    ['Outcome', `${runOutcomeWords(report.outcome)}${report.outcomeReason === null ? '' : `: ${report.outcomeReason}`}`],
    ['Runbook', report.file || null],
    ['Run', report.runId],
    ['Git', git === null ? null : `${git.branch ?? 'no branch'} at ${git.commit ?? 'no commit yet'}${state}`],
    ...packageRows(report).map(([name, words]) => [name, words.join('; ')] as const),
    ...setupRows(report.setup).map(([name, words]) => [name, words.join('; ')] as const),
    ['Started', report.startedAt === null ? null : `${utcWords(report.startedAt)}${report.startedBy === null ? '' : ` by ${personWords(report.startedBy)}`}`],
    ['Ended', report.endedAt === null ? null : utcWords(report.endedAt)],
    ['Took', report.durationMs === null ? null : durationWords(report.durationMs)],
    ['Steps', odd.filter((words) => words !== '').join(', ')],
    ['People, as stated', report.people.map(personWords).join(', ') || null],
    ['Filled in', report.fields.map(({ name, value }) => `${name} = ${value}`).join(', ') || null],
    ['Edited', report.rebases.map(({ at, by }) => `taken at ${utcWords(at)} by ${by.name}`).join(', ') || null],
    ...statusRows(report).map(([name, words]) => [name, words.join('; ')] as const),
    ...timeRows(report).map(([name, words]) => [name, words.join('; ')] as const),
    ['Record', `${integrity.isComplete ? 'complete' : 'not complete'}; ${integrity.anchorWords}`],
  ];
  return `<table>\n${rows.flatMap(([name, value]) => (value === null ? [] : [`<tr><th scope="row">${line(name)}</th><td>${line(value)}</td></tr>`])).join('\n')}\n</table>`;
}

function rollback(each: ReportRollback): string {
  const commands = each.commands.map((command) => {
    const { purpose, text, attempts } = command;
    const last = attempts.at(-1);
    const details = last === undefined ? `<pre><code>${block(text)}</code></pre>` : attemptDetails(attempts);
    return `<li class="${last === undefined ? 'open' : last.succeeded ? 'done' : 'failed'}"><span class="sign" aria-hidden="true">${last === undefined ? '○' : last.succeeded ? '✓' : '✗'}</span>${purpose === 'undo' ? 'Undo' : 'Verify'} <span class="words">· ${last === undefined ? untriedWords(command) : line(last.words)}</span>${details}</li>`;
  });
  const remains = each.remains.map(({ heading, items }) => `\n<p>${line(`What remains changed. ${heading}:`)}</p>\n<ul>\n${items.map((item) => `<li>${line(item)}</li>`).join('\n')}\n</ul>`);
  const reason = each.reason === null ? '' : `<p>${line(`Reason: ${each.reason}`)}</p>`;
  return `<h3>${line(levelTitle(each.level, each.title))}</h3>\n<p${each.outcome === 'succeeded' && each.isOverBudget !== true ? '' : ' class="bad"'}>${line(each.words)} · ${line(utcWords(each.startedAt))} by ${line(personWords(each.startedBy))}</p>${reason}\n<ul class="steps">\n${commands.join('\n')}\n</ul>${remains.join('')}`;
}
