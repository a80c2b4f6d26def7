import { notTaken, statusOf, type DerivedStatus } from '../run/derived.ts';
import { blankRecord } from '../run/evolveStep.ts';
import { indexOf } from '../run/runbookIndex.ts';
import type { RunState, StepRecord } from '../run/state.ts';
import type { Runbook, Step } from '../runbook/model.ts';
import type { ReportSection, ReportStep } from './report.ts';
import { attemptsOf } from './reportAttempt.ts';
import { utcWords } from './reportWords.ts';

/** The steps of a runbook under their sections, in document order. */
export function reportSections(runbook: Runbook, state: RunState): readonly ReportSection[] {
  const { sections } = indexOf(runbook);
  const depths = new Map<string, number>();
  const groups: { readonly id: string | null; readonly steps: ReportStep[] }[] = [];
  for (const step of runbook.steps) {
    const depth = step.parentId === null ? 0 : (depths.get(step.parentId) ?? 0) + 1;
    depths.set(step.id, depth);
    let group = groups.at(-1);
    if (group === undefined || group.id !== step.sectionId) groups.push((group = { id: step.sectionId, steps: [] }));
    group.steps.push(reportStep(runbook, state, step, depth));
  }
  return groups.map(({ id, steps }) => {
    const section = id === null ? undefined : sections.get(id);
    return { id, title: section?.title ?? '', depth: section?.depth ?? 1, role: section?.role ?? null, budgetSeconds: section?.budgetSeconds ?? null, steps };
  });
}

/** Steps that only the record knows: its runbook's text is damaged, missing or another one. */
export function strays(runbook: Runbook, state: RunState): readonly ReportStep[] {
  const { steps } = indexOf(runbook);
  return [...state.steps.values()].filter(({ stepId }) => !steps.has(stepId)).map((record) => fromRecord(state, record, null, record.status, 0, false));
}

function reportStep(runbook: Runbook, state: RunState, step: Step, depth: number): ReportStep {
  const record = state.steps.get(step.id) ?? blankRecord(step.id);
  return fromRecord(state, record, step, statusOf(runbook, state, step.id), depth, notTaken(state, step));
}

function fromRecord(state: RunState, record: StepRecord, step: Step | null, status: DerivedStatus, depth: number, isNotTaken: boolean): ReportStep {
  return {
    id: record.stepId,
    title: step?.title ?? record.stepId,
    kind: step?.kind ?? (record.executionIds.length > 0 ? 'command' : 'manual'),
    depth,
    aside: step?.aside ?? false,
    owner: step?.owner ?? null,
    status,
    words: isNotTaken ? 'not taken' : statusWords(record, status),
    doneBy: record.doneBy,
    decision: record.decision,
    notTaken: isNotTaken,
    by: record.by,
    at: record.at,
    note: record.note,
    reason: record.reason,
    earlierText: record.earlierText,
    commands: (step?.commands ?? []).map(({ language, text }) => ({ language, text })),
    attempts: attemptsOf(state, idsInOrder(state, record), (index) => step?.commands[index]?.text),
  };
}

/** Every time it was run, in its order and out of it, oldest first. */
function idsInOrder({ executions }: RunState, { executionIds, probeIds }: StepRecord): readonly string[] {
  if (probeIds.length === 0) return executionIds;
  const own = new Set([...executionIds, ...probeIds]);
  return [...executions.keys()].filter((id) => own.has(id));
}

function statusWords(record: StepRecord, status: DerivedStatus): string {
  const words = record.doneBy === 'forced' ? 'marked done' : record.decision === null ? (status === 'background' ? 'in the background' : status) : record.decision === 'go' ? 'Go' : 'No-Go';
  // A parent that follows its sub-steps was not touched itself.
  if (record.status === 'open' || record.by === null || record.at === null) return words;
  const isRun = record.doneBy === 'command' || record.status === 'running' || record.status === 'background' || record.status === 'failed' || record.status === 'unknown';
  return `${words}${isRun ? ', run' : ''} by ${record.by.name}, ${utcWords(record.at)}`;
}
