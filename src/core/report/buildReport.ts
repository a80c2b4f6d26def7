import { anchorWords } from '../record/anchorWords.ts';
import { findingWords } from '../record/findingWords.ts';
import type { Integrity } from '../record/integrity.ts';
import type { Actor, RunEvent } from '../run/events.ts';
import { inOrder } from '../run/history.ts';
import { succeeded, wasStoppedInBackground } from '../run/outcome.ts';
import { runProgress } from '../run/progress.ts';
import type { RunState } from '../run/state.ts';
import type { Runbook } from '../runbook/model.ts';
import { timelineOf } from './buildTimeline.ts';
import type { ReportCounts, ReportIntegrity, RunReport } from './report.ts';
import { NO_MEMBERS, type ReadMembers, reportMember, takenOf } from './reportMembers.ts';
import { reportReviews } from './reportReviews.ts';
import { reportRehearsals, reportRollbacks } from './reportRollbacks.ts';
import { reportSections, strays } from './reportSteps.ts';
import { reportOverruns, reportSoakEnds } from './reportTimes.ts';
import { reportStatus } from './reportStatus.ts';
import { personWords, spanMs } from './reportWords.ts';

/**
 * Everything a report says of a run.
 *
 * @param runbook the text that the run went by
 * @param state folded from `events`
 * @param members runs that are a part of it
 */
export function reportOf(runbook: Runbook, events: readonly RunEvent[], state: RunState, integrity: Integrity, { members, unread }: ReadMembers = NO_MEMBERS): RunReport {
  const endedAt = state.ended?.at ?? null;
  return {
    formatVersion: 1,
    title: state.title === '' ? runbook.title : state.title,
    file: state.file,
    runId: state.runId ?? '',
    git: state.git,
    ...(state.setup === null ? {} : { setup: state.setup }),
    ...(state.partOf === null ? {} : { partOf: state.partOf }),
    ...takenOf(state),
    ...(members.length === 0 ? {} : { members: members.map(reportMember) }),
    ...(unread.length === 0 ? {} : { membersUnread: unread }),
    startedAt: state.startedAt,
    startedBy: state.startedBy,
    endedAt,
    durationMs: spanMs(state.startedAt, endedAt),
    outcome: state.ended?.outcome ?? 'open',
    outcomeReason: state.ended?.reason ?? null,
    people: people(events),
    counts: counts(runbook, state),
    fields: [...state.fields].map(([name, value]) => ({ name, value })),
    rebases: state.rebases.map(({ at, by, textSha256 }) => ({ at, by, textSha256 })),
    soaksEndedEarly: reportSoakEnds(runbook, state),
    overruns: reportOverruns(runbook, state),
    ...reportStatus(state),
    firings: state.firings.map(({ words, level, since, at, clearedAt, samples }) => ({ words, level, since, at, clearedAt, samples })),
    sections: reportSections(runbook, state),
    strays: strays(runbook, state),
    rollbacks: reportRollbacks(runbook, state),
    ...(state.rehearsals.length === 0 ? {} : { rehearsals: reportRehearsals(runbook, state) }),
    reviews: reportReviews(runbook, state),
    integrity: reportIntegrity(integrity),
    timeline: timelineOf(runbook, events),
  };
}

function people(events: readonly RunEvent[]): readonly Actor[] {
  const known = new Map<string, Actor>();
  for (const { actor } of inOrder(events)) if (!known.has(personWords(actor))) known.set(personWords(actor), actor);
  return [...known.values()];
}

function counts(runbook: Runbook, state: RunState): ReportCounts {
  const { total, done, failed } = runProgress(runbook, state);
  const records = [...state.steps.values()];
  return {
    total,
    settled: done,
    failed,
    skipped: records.filter(({ status }) => status === 'skipped').length,
    forced: records.filter(({ doneBy }) => doneBy === 'forced').length,
    failedAttempts: [...state.executions.values()].filter((execution) => execution.outcome !== null && !succeeded(execution) && !wasStoppedInBackground(execution)).length,
    rollbacks: state.rollbacks.length,
  };
}

function reportIntegrity({ findings, anchor }: Integrity): ReportIntegrity {
  return { isComplete: findings.length === 0, findings: findings.map((finding) => ({ finding, words: findingWords(finding) })), anchor, anchorWords: anchorWords(anchor) };
}
