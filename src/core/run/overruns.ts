import type { Runbook, Section, Step } from '../runbook/model.ts';
import { isDerived, isSettled, latestExecution, statusOf } from './derived.ts';
import type { TimeSubject } from './events.ts';
import { subjectKey } from './evolveTime.ts';
import { isOffTrack } from './offTrack.ts';
import { indexOf, isWithin } from './runbookIndex.ts';
import type { RunState } from './state.ts';

/** Something that has begun and has a budget. Times are milliseconds since 1970. */
export interface Budgeted {
  readonly subject: TimeSubject;
  readonly budgetSeconds: number;
  /** ISO 8601. */
  readonly since: string;
  /** When it will have used up its budget. */
  readonly dueMs: number;
}

/**
 * What is under way and has a budget: sections from the first thing that was
 * done in them, steps from the start of their command. What is settled, and
 * what is recorded as over its budget, is in here no more; and nothing is once
 * the way forward is left.
 */
export function budgetsUnderWay(runbook: Runbook, state: RunState): readonly Budgeted[] {
  if (state.ended !== null || state.startedAt === null || isOffTrack(state)) return [];
  return [...runbook.sections.flatMap((section) => sectionBudget(runbook, state, section) ?? []), ...runbook.steps.flatMap((step) => stepBudget(runbook, state, step) ?? [])].filter(({ subject }) => !state.overruns.has(subjectKey(subject)));
}

/** What has used up its budget by now and is not recorded as such. */
export function overrunsNow(runbook: Runbook, state: RunState, now: number): readonly Budgeted[] {
  return budgetsUnderWay(runbook, state).filter(({ dueMs }) => now > dueMs);
}

function sectionBudget(runbook: Runbook, state: RunState, { id, budgetSeconds }: Section): Budgeted | null {
  if (budgetSeconds === null) return null;
  const steps = stepsIn(runbook, id);
  if (steps.every((step) => isSettled(statusOf(runbook, state, step.id)))) return null;
  const times = steps.flatMap((step) => firstTouch(state, step));
  return times.length === 0 ? null : budgeted({ kind: 'section', sectionId: id }, budgetSeconds, Math.min(...times));
}

const inside = new WeakMap<Runbook, Map<string, readonly Step[]>>();

/** Steps of the way forward in a section; looked for once, because every event asks. */
function stepsIn(runbook: Runbook, sectionId: string): readonly Step[] {
  let known = inside.get(runbook);
  if (known === undefined) inside.set(runbook, (known = new Map()));
  let steps = known.get(sectionId);
  if (steps === undefined) {
    const index = indexOf(runbook);
    known.set(sectionId, (steps = runbook.steps.filter((step) => !step.aside && !isDerived(runbook, step) && isWithin(index, step.sectionId, sectionId))));
  }
  return steps;
}

/** When a step was first run, and when it was last said something of, as far as that is known. */
function firstTouch(state: RunState, { id }: Step): readonly number[] {
  const record = state.steps.get(id);
  const first = state.executions.get(record?.executionIds[0] ?? '')?.startedAt;
  return [first, record?.at].map((time) => Date.parse(time ?? '')).filter((time) => !Number.isNaN(time));
}

function stepBudget(runbook: Runbook, state: RunState, step: Step): Budgeted | null {
  if (step.aside || step.estimate === null || step.commands.length === 0 || statusOf(runbook, state, step.id) !== 'running') return null;
  const since = Date.parse(latestExecution(state, step.id, 0)?.startedAt ?? '');
  return Number.isNaN(since) ? null : budgeted({ kind: 'step', stepId: step.id }, step.estimate.seconds, since);
}

function budgeted(subject: TimeSubject, budgetSeconds: number, since: number): Budgeted {
  return { subject, budgetSeconds, since: new Date(since).toISOString(), dueMs: since + budgetSeconds * 1000 };
}
