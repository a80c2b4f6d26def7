import { durationWords } from '../../view/words.ts';
import type { ReportRollback, RunReport } from '../report.ts';
import { levelTitle } from '../../rollback/levelName.ts';
import { personWords, runOutcomeWords, utcWords } from '../reportWords.ts';
import type { TimelineBar } from '../timeline.ts';
import { code, inline } from './escape.ts';

/** More of a timeline is no reading matter: the report has it all. */
const MOST_LINES = 300;

/**
 * A post-mortem to be written: what the record knows is filled in (what
 * happened when, the rollbacks, what remains changed), the rest are questions
 * for people. Nothing in the record can be more than words in it.
 *
 * @returns Markdown that ends with a line end
 */
export function postMortem(report: RunReport): string {
  const failed = report.timeline.bars.filter(({ outcome }) => outcome === 'failed' || outcome === 'unknown');
  const parts = [
    `# Post-mortem: ${inline(report.title)}`,
    facts(report),
    ...(report.integrity.isComplete ? [] : ['**The record of this run is not complete:** what is missing from it is missing here.']),
    '## Summary',
    '_What happened, in two or three sentences, for somebody who was not there._',
    '## Impact',
    '_Who was affected, how, and for how long?_',
    '## Timeline',
    'Times are UTC, as the machines stated them.',
    timeline(report),
    '## What went wrong',
    failed.length === 0 ? 'No command of this run failed or is unknown.' : failed.map((bar) => `- ${inline(bar.label)}: ${inline(bar.words)}`).join('\n'),
    '## Rollbacks',
    report.rollbacks.length === 0 ? 'None.' : report.rollbacks.map(rollback).join('\n'),
    '## What remains changed',
    remains(report),
    '## Causes',
    '_Why did it happen, and why was it not noticed before?_',
    '## What went well, and where we were lucky',
    '- ',
    '## Actions',
    '| action | owner | due |\n|---|---|---|\n| | | |',
  ];
  return `${parts.join('\n\n')}\n`;
}

function facts({ runId, file, git, startedAt, endedAt, durationMs, outcome, outcomeReason, people }: RunReport): string {
  const rows: readonly (readonly [string, string | null])[] = [
    ['Outcome', `${runOutcomeWords(outcome)}${outcomeReason === null ? '' : `: ${inline(outcomeReason)}`}`],
    ['Run', code(runId)],
    ['Runbook', file === '' ? null : code(file)],
    ['Commit', git?.commit == null ? null : code(git.commit)],
    ['Started', startedAt === null ? null : utcWords(startedAt)],
    ['Ended', endedAt === null ? null : utcWords(endedAt)],
    ['Took', durationMs === null ? null : durationWords(durationMs)],
    ['People, as stated', people.map((person) => inline(personWords(person))).join(', ') || null],
  ];
  return ['| | |', '|---|---|', ...rows.flatMap(([name, value]) => (value === null ? [] : [`| ${name} | ${value} |`]))].join('\n');
}

function timeline({ timeline: { bars, startedAt, isClockUncertain } }: RunReport): string {
  const start = Date.parse(startedAt);
  const time = ({ fromMs }: TimelineBar): string => (Number.isNaN(start) ? '' : new Date(start + fromMs).toISOString().slice(11, 19));
  const rows = bars.slice(0, MOST_LINES).map((bar) => `| ${time(bar)} | ${inline(bar.label)} | ${inline(bar.words)} |`);
  const table = rows.length === 0 ? 'Nothing is recorded.' : ['| time | what | how it ended |', '|---|---|---|', ...rows].join('\n');
  const left = bars.length - rows.length;
  return [table, ...(left > 0 ? [`${String(left)} more are in the report of the run.`] : []), ...(isClockUncertain ? ['The clocks contradict each other: the order is right, the times may not be.'] : [])].join('\n\n');
}

function rollback({ level, title, words, startedAt, startedBy, reason }: ReportRollback): string {
  return `- ${inline(levelTitle(level, title))}: ${inline(words)}, ${utcWords(startedAt)} by ${inline(personWords(startedBy))}${reason === null ? '' : `. Reason: ${inline(reason)}`}`;
}

/** Of the last rollback: earlier ones have been followed by it. */
function remains({ rollbacks }: RunReport): string {
  const last = rollbacks.at(-1);
  if (last === undefined) return 'Nothing was rolled back: everything that ran stays as it is.';
  const lists = last.remains.map(({ heading, items }) => `${inline(heading)}:\n\n${items.map((item) => `- ${inline(item)}`).join('\n')}`);
  return [...(lists.length === 0 ? ['Nothing that the record knows of.'] : lists), '_What else was changed by hand?_'].join('\n\n');
}
