import { rollbackTitle } from '../rollback/levelName.ts';
import { indexOf } from '../run/runbookIndex.ts';
import type { Runbook } from '../runbook/model.ts';
import { durationWords, limitWords } from '../view/words.ts';
import type { TimelineBar } from './timeline.ts';
import { type Execution, endOf, executionWords, outcomeOf } from './timelineCommands.ts';
import type { Happening, RollbackSpan } from './timelineReading.ts';

/** The run as far as a bar depends on it. */
export interface RunSpan {
  readonly isOpen: boolean;
  readonly totalMs: number;
}

export function barOf(happening: Happening, runbook: Runbook, run: RunSpan): TimelineBar {
  switch (happening.kind) {
    case 'command':
      return commandBar(happening.execution, runbook, run);
    case 'rollback':
      return rollbackBar(happening.rollback, runbook, run);
    case 'mark': {
      const { mark, atMs } = happening;
      const step = mark.stepId === null ? undefined : indexOf(runbook).steps.get(mark.stepId);
      // What is said of a section after its end does not make it longer, so it stands outside.
      const section = mark.sectionId === undefined ? undefined : indexOf(runbook).sections.get(mark.sectionId);
      const place = { label: step?.title ?? mark.stepId ?? section?.title ?? mark.sectionId ?? 'Runbook', stepId: mark.stepId, sectionId: step?.sectionId ?? null };
      return { kind: 'mark', ...place, fromMs: atMs, toMs: atMs, outcome: mark.outcome, words: mark.words, budgetSeconds: null, isOverBudget: false };
    }
  }
}

function commandBar(execution: Execution, runbook: Runbook, run: RunSpan): TimelineBar {
  const { start, fromMs } = execution;
  const { owner, count, index } = start;
  const step = owner.kind === 'step' ? indexOf(runbook).steps.get(owner.stepId) : undefined;
  const title = owner.kind === 'step' ? (step?.title ?? owner.stepId) : firstLine(start.text);
  // A step's estimate is for all of its commands.
  const estimate = count === 1 && start.background !== true ? (step?.estimate?.seconds ?? null) : null;
  const toMs = endOf(execution);
  const outcome = outcomeOf(execution, run.isOpen);
  return {
    kind: 'command',
    label: owner.kind === 'step' && count > 1 ? `${title}, command ${String(index + 1)} of ${String(count)}` : title,
    stepId: owner.kind === 'step' ? owner.stepId : null,
    sectionId: step?.sectionId ?? null,
    fromMs,
    toMs,
    outcome,
    words: executionWords(execution, run.isOpen),
    budgetSeconds: estimate,
    ...(start.background === true ? { isBackground: true } as const : {}),
    isOverBudget: isOver(estimate, fromMs, toMs ?? (outcome === 'running' ? run.totalMs : fromMs)),
  };
}

function rollbackBar({ start, fromMs, end }: RollbackSpan, runbook: Runbook, run: RunSpan): TimelineBar {
  const toMs = end?.atMs ?? null;
  const until = toMs ?? (run.isOpen ? run.totalMs : fromMs);
  const isOverBudget = isOver(start.budgetSeconds, fromMs, until);
  const budget = start.budgetSeconds === null ? '' : `, ${isOverBudget ? 'over' : 'within'} its budget of ${limitWords(start.budgetSeconds)}`;
  const how = end?.outcome ?? (run.isOpen ? 'running' : 'unknown');
  return {
    kind: 'rollback',
    label: rollbackTitle(start.level, start.title, start.type === 'rehearsal.started'),
    stepId: null,
    sectionId: runbook.rollbackLevels.find(({ level }) => level === start.level)?.sectionId ?? null,
    fromMs,
    toMs,
    outcome: how === 'abandoned' ? 'cancelled' : how,
    words: end === null ? (run.isOpen ? 'not ended yet' : 'end unknown') : `${end.outcome} after ${durationWords(end.atMs - fromMs)}${budget}`,
    budgetSeconds: start.budgetSeconds,
    isOverBudget,
  };
}

function isOver(budgetSeconds: number | null, fromMs: number, toMs: number): boolean {
  return budgetSeconds !== null && toMs - fromMs > budgetSeconds * 1000;
}

function firstLine(text: string): string {
  const line = text.split('\n').find((each) => each.trim() !== '' && !each.trim().startsWith('#')) ?? text;
  return line.trim().length > 80 ? `${line.trim().slice(0, 79)}…` : line.trim();
}
