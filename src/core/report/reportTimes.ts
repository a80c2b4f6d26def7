import type { TimeSubject } from '../run/events.ts';
import { indexOf } from '../run/runbookIndex.ts';
import type { RunState } from '../run/state.ts';
import type { Runbook } from '../runbook/model.ts';
import { limitWords } from '../view/words.ts';
import type { ReportOverrun, ReportSoakEnd, ReportSubject, RunReport } from './report.ts';
import { personWords, utcWords } from './reportWords.ts';

export function reportSoakEnds(runbook: Runbook, state: RunState): readonly ReportSoakEnd[] {
  return [...state.soaksEnded.values()].map(({ subject, since, until, by, at, reason }) => ({ subject: subjectOf(runbook, subject), since, until, by, at, reason }));
}

export function reportOverruns(runbook: Runbook, state: RunState): readonly ReportOverrun[] {
  return [...state.overruns.values()].map(({ subject, since, budgetSeconds, at }) => ({ subject: subjectOf(runbook, subject), since, budgetSeconds, at }));
}

/** The rows of a report's head about time and triggers, for every format. */
export function timeRows({ soaksEndedEarly, overruns, firings }: RunReport): readonly (readonly [string, readonly string[]])[] {
  return [
    ['Soaks ended early', soaksEndedEarly.map(({ subject, at, by, until, reason }) => `${subject.title}: at ${utcWords(at)} by ${personWords(by)}, before ${utcWords(until)}: ${reason}`)] as const,
    ['Triggers fired', firings.map(({ words, at, clearedAt }) => `${words}: at ${utcWords(at)}${clearedAt === null ? ', not seen to end' : `, until ${utcWords(clearedAt)}`}`)] as const,
    ['Over budget', overruns.map(({ subject, budgetSeconds, at }) => `${subject.title}: longer than ${limitWords(budgetSeconds)}, noticed at ${utcWords(at)}`)] as const,
  ].filter(([, words]) => words.length > 0);
}

function subjectOf(runbook: Runbook, subject: TimeSubject): ReportSubject {
  const index = indexOf(runbook);
  if (subject.kind === 'step') return { kind: 'step', id: subject.stepId, title: index.steps.get(subject.stepId)?.title ?? subject.stepId };
  return { kind: 'section', id: subject.sectionId, title: index.sections.get(subject.sectionId)?.title ?? subject.sectionId };
}
