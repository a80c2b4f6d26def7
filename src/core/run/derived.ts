import type { Command, Runbook, Step } from '../runbook/model.ts';
import { recordOf } from './evolveStep.ts';
import { succeeded } from './outcome.ts';
import { gateKey, indexOf } from './runbookIndex.ts';
import type { ExecutionState, RunState, StepStatus } from './state.ts';

/** `partly`: some of its children or commands are done, and nothing is wrong. */
export type DerivedStatus = StepStatus | 'partly';

/**
 * What has become of a step: its own record, its commands and its children
 * together. The choices of a decided gate that were not taken are `skipped`
 * (see `notTaken`). Without a run everything is open.
 */
export function statusOf(runbook: Runbook, state: RunState | null, stepId: string): DerivedStatus {
  const index = indexOf(runbook);
  const step = index.steps.get(stepId);
  if (state === null || step === undefined) return 'open';
  const children = index.children.get(stepId) ?? [];
  if (children.length === 0) return ownStatus(state, step);
  const parts = children.map((child) => statusOf(runbook, state, child.id));
  if (step.commands.length > 0) parts.push(ownStatus(state, step));
  return combine(parts);
}

/** The status of what a person acts on at a step: its own commands or tick, without its children. */
export function ownStatusOf(state: RunState | null, step: Step): DerivedStatus {
  return state === null ? 'open' : ownStatus(state, step);
}

/** Whether it is settled for what comes after it: done, skipped for a reason, or put in the background. */
export function isSettled(status: DerivedStatus): boolean {
  return status === 'done' || status === 'skipped' || status === 'background';
}

/** Whether another choice of the same gate was taken instead. */
export function notTaken(state: RunState | null, step: Step): boolean {
  const decided = step.kind === 'gate' ? state?.gates.get(gateKey(step)) : undefined;
  return decided !== undefined && decided.stepId !== step.id;
}

/** Whether a step gets its status from its children alone and cannot be acted on itself. */
export function isDerived(runbook: Runbook, step: Step): boolean {
  return step.commands.length === 0 && (indexOf(runbook).children.get(step.id) ?? []).length > 0;
}

/** The step and all steps below it, in document order. */
export function withDescendants(runbook: Runbook, step: Step): readonly Step[] {
  const children = indexOf(runbook).children.get(step.id) ?? [];
  return [step, ...children.flatMap((child) => withDescendants(runbook, child))];
}

/** The latest execution of a step's command in the present attempt, or in any when there is none. */
export function latestExecution(state: RunState | null, stepId: string, index: number): ExecutionState | null {
  const record = state?.steps.get(stepId);
  if (state === null || record === undefined) return null;
  const latest = state.executions.get(record.latest.get(index) ?? '');
  if (latest !== undefined || !isSettled(record.status)) return latest ?? null;
  const place = record.executionIds.findLastIndex((id) => state.executions.get(id)?.index === index);
  return state.executions.get(record.executionIds[place] ?? '') ?? null;
}

/**
 * Where running a step begins: at the first command that has not succeeded in
 * the present attempt with the very text it has now. Equal to the number of
 * commands when all have; 0 for a step that was done or skipped (it is run
 * again from the start).
 */
export function firstCommandToRun(state: RunState | null, step: Step): number {
  const record = state?.steps.get(step.id);
  if (state === null || record === undefined || isSettled(record.status)) return 0;
  const missing = step.commands.findIndex((command, index) => !isEvidence(state.executions.get(record.latest.get(index) ?? ''), command));
  return missing < 0 ? step.commands.length : missing;
}

function isEvidence(execution: ExecutionState | undefined, command: Command): boolean {
  return execution !== undefined && succeeded(execution) && (execution.source ?? execution.text) === command.text;
}

function ownStatus(state: RunState, step: Step): DerivedStatus {
  if (notTaken(state, step)) return 'skipped';
  const { status } = recordOf(state, step.id);
  if (status === 'open' && step.commands.length > 1 && firstCommandToRun(state, step) > 0) return 'partly';
  return status;
}

function combine(parts: readonly DerivedStatus[]): DerivedStatus {
  for (const status of ['running', 'unknown', 'failed'] as const) if (parts.includes(status)) return status;
  if (parts.every(isSettled) && parts.includes('background')) return 'background';
  if (parts.every(isSettled)) return parts.includes('done') ? 'done' : 'skipped';
  return parts.every((status) => status === 'open') ? 'open' : 'partly';
}
