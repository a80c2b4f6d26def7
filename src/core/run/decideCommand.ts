import { activeRollback, isRehearsal, rollbackProgress } from '../rollback/progress.ts';
import type { Runbook, Step } from '../runbook/model.ts';
import * as errors from '../userErrors.ts';
import type { CommandOf, StartCommand } from './commands.ts';
import { consentOf, isGiven } from './consent.ts';
import { waitWords } from './order.ts';
import { assertReady, stepOf } from './decideStep.ts';
import { firstCommandToRun, isSettled, ownStatusOf } from './derived.ts';
import type { Outcome, RunEventBody } from './events.ts';
import { mayStartBeside } from './beside.ts';
import { indexOf } from './runbookIndex.ts';
import { isInForeground, runningIn, runningOf } from './running.ts';
import type { ExecutionState, RunState } from './state.ts';

type Bodies = readonly RunEventBody[];

/** Words that a person accepted, as the record keeps them. */
export const ACKNOWLEDGED = { lost: 'lost', again: 'again', hidden: 'hidden-characters', edited: 'edited', request: 'request', irreversible: 'irreversible', closed: 'closed', file: 'file', chooses: 'chooses-what-runs', unread: 'unread-file' } as const;

export function decideStartCommand(runbook: Runbook, state: RunState, command: StartCommand, now: number): Bodies {
  assertFree(runbook, state, command);
  if (command.owner.kind === 'step') checkStep(runbook, state, command, command.owner.stepId, now);
  else checkRollback(state, command, command.owner.rollbackId);
  const { type: _, ...facts } = command;
  return [{ type: 'command.started', ...facts }];
}

/** Only steps of one parallel group run at the same time, each once and each in a terminal of its own. */
function assertFree(runbook: Runbook, state: RunState, { owner, probe, lane }: StartCommand): void {
  const step = owner.kind === 'step' ? indexOf(runbook).steps.get(owner.stepId) : undefined;
  if (step !== undefined && runningOf(state, (other) => other.kind === 'step' && other.stepId === step.id) !== null) throw errors.stepRuns(step.title);
  const isBeside = step !== undefined && probe !== true && mayStartBeside(runbook, state, step);
  if (state.activeExecutionId !== null && !isBeside) throw errors.alreadyRunning(whatRuns(runbook, state));
  if (lane !== undefined && runningIn(state).some((other) => other.lane === lane)) throw errors.alreadyRunning(whatRuns(runbook, state));
}

function checkStep(runbook: Runbook, state: RunState, command: StartCommand, stepId: string, now: number): void {
  const step = stepOf(runbook, stepId);
  if (step.commands.length === 0) throw errors.nothingToRun(step.title);
  if (command.probe === true) return checkProbe(state, step, command);
  assertReady(runbook, state, step, now);
  const status = ownStatusOf(state, step);
  if (status === 'unknown' && !step.check && !command.acknowledged.includes(ACKNOWLEDGED.lost))
    throw errors.notAcknowledged(`what “${step.title}” did is unknown. Verify it, and say so before you run it again.`);
  if (isSettled(status) && !command.acknowledged.includes(ACKNOWLEDGED.again)) throw errors.notAcknowledged(`“${step.title}” is ${status}. Confirm that you want to run it again.`);
  if (step.irreversible !== null && !command.acknowledged.includes(ACKNOWLEDGED.irreversible)) throw errors.notAcknowledged(`“${step.title}” cannot be taken back. Say that you know it before it runs.`);
  const current = step.commands[command.index];
  if ((command.background === true) !== step.background) throw errors.staleStep(step.title);
  if (current === undefined || current.text !== (command.source ?? command.text) || command.count !== step.commands.length) throw errors.staleStep(step.title);
  const first = firstCommandToRun(state, step);
  if (command.index !== (first === step.commands.length ? 0 : first)) throw errors.staleStep(step.title);
}

/** Throws when a step is reserved for others who have not agreed: then it is not run in any order. */
export function assertConsent(state: RunState, step: Step): void {
  const consent = consentOf(state, step);
  if (consent !== null && !isGiven(consent)) throw errors.stepReserved(step.title, waitWords({ kind: 'consent', consent }));
}

/** A check waits for nothing but consent: it changes nothing, and its step stays as it is. */
function checkProbe(state: RunState, step: Step, { index, count, source, text }: StartCommand): void {
  if (!step.check) throw errors.notACheck(step.title);
  assertConsent(state, step);
  if (index !== 0 || count !== 1 || step.commands[0]?.text !== (source ?? text)) throw errors.staleStep(step.title);
}

function checkRollback(state: RunState, command: StartCommand, rollbackId: string): void {
  const rollback = activeRollback(state);
  if (rollback?.rollbackId !== rollbackId) throw errors.noRollback();
  const { next, phase } = rollbackProgress(state, rollback);
  if (phase === 'unknown' && !command.acknowledged.includes(ACKNOWLEDGED.lost))
    throw errors.notAcknowledged('what the last command of the rollback did is unknown. Verify it, and say so before you go on.');
  if (command.index !== next || rollback.commands[next]?.text !== (command.source ?? command.text)) throw errors.planChangedMidway(rollback.level);
}

export function decideRequestStop(state: RunState, { executionId, force }: CommandOf<'requestStop'>): Bodies {
  const execution = state.executions.get(executionId);
  if (execution === undefined || execution.outcome !== null) throw errors.nothingRuns();
  return [{ type: 'command.stopRequested', executionId, force }];
}

/** Records that a background command stays up; nothing when it has ended meanwhile, was told to, or is known to. */
export function decideStayUp(state: RunState, { executionId }: CommandOf<'stayUp'>): Bodies {
  const execution = state.executions.get(executionId);
  return execution === undefined || !execution.isBackground || execution.stopRequested !== 'no' || !isInForeground(execution) ? [] : [{ type: 'command.stayedUp', executionId }];
}

/** Records an end. A second end of the same command (found twice) says nothing new. */
export function decideEndCommand(state: RunState, { type: _, ...facts }: CommandOf<'endCommand'>): Bodies {
  const execution = state.executions.get(facts.executionId);
  if (execution === undefined) return [];
  if (execution.outcome !== null && (execution.outcome.kind !== 'lost' || facts.outcome.kind === 'lost')) return [];
  return [{ type: 'command.ended', ...facts, outcome: recorded(execution, facts.outcome) }];
}

/**
 * What ended after Stop was pressed was cancelled, whatever its code: many
 * programs leave with 0 when they are interrupted half-way.
 */
function recorded(execution: ExecutionState, outcome: Outcome): Outcome {
  if (execution.stopRequested === 'no') return outcome;
  if (outcome.kind === 'exited') return { kind: 'cancelled', code: outcome.code };
  return outcome.kind === 'signalled' || outcome.kind === 'answered' || outcome.kind === 'unanswered' ? { kind: 'cancelled', code: null } : outcome;
}

/** The owner of what runs, in words; what is in the foreground comes first. */
export function whatRuns(runbook: Runbook, state: RunState): string {
  const owner = (state.executions.get(state.activeExecutionId ?? '') ?? runningIn(state).at(-1))?.owner;
  if (owner?.kind === 'rollback') return isRehearsal(state, owner.rollbackId) ? 'The rehearsal' : 'The rollback';
  const title = indexOf(runbook).steps.get(owner?.stepId ?? '')?.title;
  return title === undefined ? 'A command' : `“${title}”`;
}
