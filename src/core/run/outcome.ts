import type { ExpectationFact } from '../checks/compareOutput.ts';
import { EXIT_ZERO, type Expectation } from '../runbook/expectation.ts';
import type { Outcome, RunEventBody } from './events.ts';
import type { ExecutionState, StepStatus } from './state.ts';

type CommandStarted = Extract<RunEventBody, { type: 'command.started' }>;

/** What success was said to be when a command began. */
export function expectsOf({ exit, expect }: Pick<CommandStarted, 'exit' | 'expect'>): Expectation {
  return exit === undefined && expect === undefined ? EXIT_ZERO : { exit: exit ?? EXIT_ZERO.exit, output: expect ?? [] };
}

/**
 * What the end of a command says: it succeeded when its exit code is allowed
 * and what was expected of its output was seen there. When nobody could see
 * its output, it is neither a success nor a failure. What it was to capture
 * and did not makes it a failure, too.
 */
export function judge(expects: Expectation, outcome: Outcome, expectation: ExpectationFact | null, captures = false): 'succeeded' | 'failed' | 'inconclusive' {
  if (outcome.kind === 'unneeded') return 'succeeded';
  const isRight = outcome.kind === 'answered' || outcome.kind === 'written' || (outcome.kind === 'exited' && expects.exit.includes(outcome.code));
  if (!isRight || (captures && expectation?.result === 'failed')) return 'failed';
  if (outcome.kind === 'written') return 'succeeded';
  // An answer says nothing by itself: a status was expected, and that was looked at.
  if ((expects.output.length === 0 && outcome.kind === 'exited') || expectation?.result === 'passed') return 'succeeded';
  return expectation?.result === 'failed' ? 'failed' : 'inconclusive';
}

/**
 * Whether an execution is evidence that its command is done.
 *
 * A command that was told to stop is never evidence, even when it left with 0:
 * many programs leave with 0 when they are interrupted half-way, so 0 no longer
 * tells "finished" from "gave up". A person can look and mark the step done.
 */
export function succeeded({ expects, outcome, expectation, stopRequested, capture }: ExecutionState): boolean {
  return outcome !== null && stopRequested === 'no' && judge(expects, outcome, expectation, capture !== undefined) === 'succeeded';
}

/** Whether its exit code is right and nobody could see whether its output is. */
export function isInconclusive({ expects, outcome, expectation, stopRequested, capture }: ExecutionState): boolean {
  return outcome !== null && stopRequested === 'no' && judge(expects, outcome, expectation, capture !== undefined) === 'inconclusive';
}

/**
 * What one execution says of its owner: `open` means that it succeeded. One that
 * stayed up in the background and was stopped on request did what it was for.
 */
export function verdict(execution: ExecutionState): Extract<StepStatus, 'open' | 'running' | 'failed' | 'unknown' | 'background'> {
  if (execution.outcome === null) return execution.upAt === null ? 'running' : 'background';
  if (wasStoppedInBackground(execution)) return 'background';
  if (execution.outcome.kind === 'lost' || isInconclusive(execution)) return 'unknown';
  return succeeded(execution) ? 'open' : 'failed';
}

/** Whether it stayed up in the background until it was told to stop. */
export function wasStoppedInBackground({ upAt, outcome, stopRequested }: ExecutionState): boolean {
  return upAt !== null && outcome !== null && outcome.kind !== 'lost' && stopRequested !== 'no';
}

/** Whether anything of it may have happened outside: false only when the runner never began, or nothing had to be done. */
export function mayHaveRun({ outcome }: ExecutionState): boolean {
  return outcome === null || hasRun(outcome);
}

/** The same of an end. */
export function hasRun({ kind }: Outcome): boolean {
  return kind !== 'notStarted' && kind !== 'unneeded';
}
