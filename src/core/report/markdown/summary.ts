import { durationWords } from '../../view/words.ts';
import type { ReportIntegrity, RunReport } from '../report.ts';
import { personWords, runOutcomeWords, utcWords } from '../reportWords.ts';
import { packageRows } from '../reportMembers.ts';
import { statusRows } from '../reportStatus.ts';
import { timeRows } from '../reportTimes.ts';
import { setupRows } from '../setupRows.ts';
import { code, inline } from './escape.ts';

/** The head of a report: title, a table of what it was, and what is odd with its record. */
export function summary(report: RunReport): string {
  const rows: readonly (readonly [string, string | null])[] = [
    ['Outcome', `**${runOutcomeWords(report.outcome)}**${report.outcomeReason === null ? '' : `: ${inline(report.outcomeReason)}`}`],
    ['Runbook', report.file === '' ? null : code(report.file)],
    ['Run', code(report.runId)],
    ['Git', git(report)],
    ...packageRows(report).map(([name, words]) => [name, words.map(inline).join('; ')] as const),
    ...setupRows(report.setup).map(([name, words]) => [name, words.map(inline).join('; ')] as const),
    ['Started', report.startedAt === null ? null : inline(utcWords(report.startedAt) + (report.startedBy === null ? '' : ` by ${personWords(report.startedBy)}`))],
    ['Ended', report.endedAt === null ? null : inline(utcWords(report.endedAt))],
    ['Took', report.durationMs === null ? null : durationWords(report.durationMs)],
    ['Steps', steps(report)],
    ['People, as stated', report.people.map((person) => inline(personWords(person))).join(', ') || null],
    ['Filled in', report.fields.map(({ name, value }) => `${code(name)} = ${code(value)}`).join(', ') || null],
    ['Edited', report.rebases.map(({ at, by }) => inline(`taken at ${utcWords(at)} by ${by.name}`)).join(', ') || null],
    ...statusRows(report).map(([name, words]) => [name, words.map(inline).join('; ')] as const),
    ...timeRows(report).map(([name, words]) => [name, words.map(inline).join('; ')] as const),
    ['Record', `${report.integrity.isComplete ? 'complete' : '**not complete**'}; ${inline(report.integrity.anchorWords)}`],
  ];
  const table = rows.flatMap(([name, value]) => (value === null ? [] : [`| ${name} | ${value} |`]));
  return [`# Run of ${inline(report.title)}`, ['| | |', '|---|---|', ...table].join('\n'), ...findings(report.integrity)].join('\n\n');
}

function git({ git }: RunReport): string | null {
  if (git === null) return null;
  const state = git.clean === null ? '' : git.clean ? ', clean' : ', with uncommitted changes';
  return `${git.branch === null ? 'no branch' : code(git.branch)} at ${git.commit === null ? 'no commit yet' : code(git.commit)}${state}`;
}

function steps({ counts }: RunReport): string {
  const { total, settled, failed, skipped, forced, failedAttempts } = counts;
  const odd = [
    [failed, 'failed or unknown'],
    [skipped, 'skipped'],
    [forced, 'marked done by hand'],
    [failedAttempts, failedAttempts === 1 ? 'attempt failed' : 'attempts failed'],
  ] as const;
  return [`${String(settled)} of ${String(total)}`, ...odd.filter(([count]) => count > 0).map(([count, words]) => `${String(count)} ${words}`)].join(', ');
}

function findings({ findings }: ReportIntegrity): readonly string[] {
  if (findings.length === 0) return [];
  return ['**The record is not complete:**', findings.map(({ words }) => `- ${inline(words)}`).join('\n')];
}
