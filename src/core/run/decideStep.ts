import type { Runbook, Step } from '../runbook/model.ts';
import * as errors from '../userErrors.ts';
import type { CommandOf } from './commands.ts';
import { isDerived, isSettled, notTaken, ownStatusOf, withDescendants, type DerivedStatus } from './derived.ts';
import type { RunEventBody } from './events.ts';
import { hasLastWord, recordOf } from './evolveStep.ts';
import { waitOf, waitWords } from './order.ts';
import { gateKey, indexOf } from './runbookIndex.ts';
import type { RunState } from './state.ts';

type Bodies = readonly RunEventBody[];

/** The step, or a UserError when the runbook does not have it. */
export function stepOf(runbook: Runbook, stepId: string): Step {
  const step = indexOf(runbook).steps.get(stepId);
  if (step === undefined) throw errors.stepVanished();
  return step;
}

/** Throws when a step waits for something, at a time in milliseconds since 1970. */
export function assertReady(runbook: Runbook, state: RunState, step: Step, now: number): void {
  const wait = waitOf(runbook, state, step, now);
  if (wait?.kind === 'consent') throw errors.stepReserved(step.title, waitWords(wait));
  if (wait !== null) throw errors.stepWaits(step.title, waitWords(wait));
}

export function decideTick(runbook: Runbook, state: RunState, { stepId, note }: CommandOf<'tick'>, now: number): Bodies {
  const step = stepOf(runbook, stepId);
  if (isDerived(runbook, step)) throw errors.followsChildren(step.title);
  if (step.kind === 'gate') throw errors.isGate(step.title);
  if (step.commands.length > 0) throw errors.hasCommands(step.title);
  requireStatus(state, step, ['open'], 'ticked');
  assertReady(runbook, state, step, now);
  const words = blankToNull(note);
  if (step.needsEvidence && words === null) throw errors.evidenceMissing(step.title);
  return [{ type: 'step.ticked', stepId, note: words }];
}

export function decideUntick(runbook: Runbook, state: RunState, { stepId }: CommandOf<'untick'>): Bodies {
  const step = stepOf(runbook, stepId);
  const { status, doneBy } = recordOf(state, stepId);
  if (status !== 'done' || doneBy !== 'tick') throw errors.wrongStatus(step.title, wordsOf(ownStatusOf(state, step)), 'unticked');
  return [{ type: 'step.unticked', stepId }];
}

/** Skipping a parent skips what is still open below it; gates are decided and not skipped. */
export function decideSkip(runbook: Runbook, state: RunState, { stepId, reason }: CommandOf<'skip'>): Bodies {
  const step = stepOf(runbook, stepId);
  const because = required(reason);
  if (step.kind === 'gate') throw errors.isGate(step.title);
  const parts = withDescendants(runbook, step).filter((part) => !isDerived(runbook, part));
  const gate = parts.find((part) => part.kind === 'gate' && !isSettled(ownStatusOf(state, part)));
  if (gate !== undefined) throw errors.isGate(gate.title);
  const running = parts.find((part) => ownStatusOf(state, part) === 'running');
  if (running !== undefined) throw errors.stepRuns(running.title);
  const open = parts.filter((part) => !isSettled(ownStatusOf(state, part)));
  if (open.length === 0) throw errors.wrongStatus(step.title, 'done or skipped', 'skipped');
  assertNotStopped(runbook, state, step);
  return open.map((part) => ({ type: 'step.skipped', stepId: part.id, reason: because }));
}

export function decideMarkDone(runbook: Runbook, state: RunState, { stepId, reason }: CommandOf<'markDone'>, now: number): Bodies {
  const step = stepOf(runbook, stepId);
  const because = required(reason);
  if (isDerived(runbook, step)) throw errors.followsChildren(step.title);
  if (step.kind === 'gate') throw errors.isGate(step.title);
  requireStatus(state, step, ['open', 'partly', 'failed', 'unknown'], 'marked done');
  assertReady(runbook, state, step, now);
  return [{ type: 'step.forced', stepId, reason: because }];
}

/** Back to open: for what was skipped, marked, decided, failed or done by its commands. What is unknown has to be looked at instead. */
export function decideReopen(runbook: Runbook, state: RunState, { stepId }: CommandOf<'reopen'>): Bodies {
  const step = stepOf(runbook, stepId);
  if (isDerived(runbook, step)) throw errors.followsChildren(step.title);
  if (notTaken(state, step)) throw errors.gateDecided(titleOfDecision(runbook, state, step));
  if (hasLastWord(state, recordOf(state, stepId))) throw errors.stepRuns(step.title);
  requireStatus(state, step, ['skipped', 'done', 'failed', 'partly', 'background'], 'reopened');
  return [{ type: 'step.reopened', stepId }];
}

export function decideGate(runbook: Runbook, state: RunState, { stepId, decision, note }: CommandOf<'decideGate'>, now: number): Bodies {
  const step = stepOf(runbook, stepId);
  if (step.kind !== 'gate') throw errors.notAGate(step.title);
  if (step.decision !== null && step.decision !== decision) throw errors.otherDecision(step.title, step.decision === 'go' ? 'Go' : 'No-Go');
  if (state.gates.has(gateKey(step))) throw errors.gateDecided(titleOfDecision(runbook, state, step));
  requireStatus(state, step, ['open'], 'taken');
  const wait = waitOf(runbook, state, step, now);
  // Stopping needs nobody's consent, and no time to pass.
  if (!(decision === 'no-go' && (wait?.kind === 'consent' || wait?.kind === 'soak'))) assertReady(runbook, state, step, now);
  const words = blankToNull(note ?? null);
  if (decision === 'go' && step.needsEvidence && words === null) throw errors.evidenceMissing(step.title);
  return [{ type: 'gate.decided', stepId, sectionId: gateKey(step), decision, ...(words === null ? {} : { note: words }) }];
}

function titleOfDecision(runbook: Runbook, state: RunState, step: Step): string {
  const taken = state.gates.get(gateKey(step));
  return indexOf(runbook).steps.get(taken?.stepId ?? '')?.title ?? step.title;
}

/** After No-Go or a rollback nothing of the way forward is settled any more; other waits may be skipped over. */
function assertNotStopped(runbook: Runbook, state: RunState, step: Step): void {
  const wait = waitOf(runbook, state, step);
  if (wait !== null && (wait.kind === 'noGo' || wait.kind === 'rollback')) throw errors.stepWaits(step.title, waitWords(wait));
}

function requireStatus(state: RunState, step: Step, allowed: readonly DerivedStatus[], act: string): void {
  const status = ownStatusOf(state, step);
  if (status === 'running') throw errors.stepRuns(step.title);
  if (!allowed.includes(status)) throw errors.wrongStatus(step.title, wordsOf(status), act);
}

function wordsOf(status: DerivedStatus): string {
  return status === 'partly' ? 'partly done' : status === 'background' ? 'in the background' : status;
}

function required(reason: string): string {
  const words = reason.trim();
  if (words === '') throw errors.reasonMissing();
  return words;
}

function blankToNull(words: string | null): string | null {
  return words === null || words.trim() === '' ? null : words.trim();
}
