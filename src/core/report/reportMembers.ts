import { levelTitle } from '../rollback/levelName.ts';
import { partOfWords, referenceWords } from '../run/package/partOfWords.ts';
import { runProgress } from '../run/progress.ts';
import type { RunState } from '../run/state.ts';
import type { Runbook } from '../runbook/model.ts';
import type { ReportMember, RunReport } from './report.ts';
import { reportRollbacks } from './reportRollbacks.ts';
import { personWords, runOutcomeWords, utcWords } from './reportWords.ts';

/** A run that is a part of another one, and the text that it went by; null when that is not kept. */
export interface MemberRun {
  readonly state: RunState;
  readonly runbook: Runbook | null;
}

/** Runs that are a part of one, as far as they could be read. */
export interface ReadMembers {
  readonly members: readonly MemberRun[];
  /** What could not be read, as sentences. */
  readonly unread: readonly string[];
}

export const NO_MEMBERS: ReadMembers = { members: [], unread: [] };

/** What the report of a run says of one that is a part of it. */
export function reportMember({ state, runbook }: MemberRun): ReportMember {
  const progress = runbook === null ? null : runProgress(runbook, state);
  return {
    runId: state.runId ?? '',
    file: state.file,
    title: state.title,
    startedAt: state.startedAt,
    startedBy: state.startedBy,
    endedAt: state.ended?.at ?? null,
    outcome: state.ended?.outcome ?? 'open',
    outcomeReason: state.ended?.reason ?? null,
    steps: progress === null ? null : { total: progress.total, settled: progress.done },
    rollbacks: runbook === null ? [] : reportRollbacks(runbook, state).map(({ level, title, outcome, startedAt, words }) => ({ level, title, outcome, startedAt, words })),
  };
}

/** Values of other runs, the last of each; nothing when none was taken. */
export function takenOf({ stated }: Pick<RunState, 'stated'>): Pick<RunReport, 'taken'> {
  const taken = [...stated.values()].flatMap(({ name, value, kind, at, from }) => (from === null ? [] : [{ name, value, kind, from, at }]));
  return taken.length === 0 ? {} : { taken };
}

/** What a report says of the package in its head, as names and words that are not yet escaped. */
export function packageRows({ partOf, taken = [] }: Pick<RunReport, 'partOf' | 'taken'>): readonly (readonly [name: string, words: readonly string[]])[] {
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['Package', partOf === undefined ? [] : [partOfWords(partOf)]],
    ['Taken over', taken.map(({ name, value, from }) => `${name} = ${value}, from ${referenceWords(from)}`)],
  ];
  return rows.filter(([, words]) => words.length > 0);
}

/** One line for each run that is a part of the one that is reported, and for what could not be read of them, not yet escaped; none when there is nothing to say. */
export function memberLines({ members = [], membersUnread = [] }: Pick<RunReport, 'members' | 'membersUnread'>): readonly string[] {
  return [...members.map(memberWords), ...membersUnread];
}

/** One line for a run that is a part of the one that is reported, not yet escaped. */
function memberWords({ title, file, runId, startedAt, startedBy, outcome, outcomeReason, steps, rollbacks }: ReportMember): string {
  const parts = [
    `${title === '' ? file : title}: ${runOutcomeWords(outcome).toLowerCase()}${outcomeReason === null ? '' : ` (${outcomeReason})`}`,
    steps === null || steps.total === 0 ? null : `${String(steps.settled)} of ${String(steps.total)} steps`,
    ...rollbacks.map(({ level, title: name, words }) => `${levelTitle(level, name)}: ${words}`),
    startedAt === null ? null : `started ${utcWords(startedAt)}${startedBy === null ? '' : ` by ${personWords(startedBy)}`}`,
    `run ${runId} of ${file}`,
  ];
  return parts.filter((part) => part !== null).join(' · ');
}
