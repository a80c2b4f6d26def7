import type { ExecutionState, StepStatus } from './state.ts';

/** Exit codes that complete a step. */
export const ALLOWED_EXIT_CODES: readonly number[] = [0];

/**
 * Whether an execution is evidence that its command is done.
 *
 * A command that was told to stop is never evidence, even when it left with 0:
 * many programs leave with 0 when they are interrupted half-way, so 0 no longer
 * tells "finished" from "gave up". A person can look and mark the step done.
 */
export function succeeded(execution: ExecutionState): boolean {
  return execution.outcome?.kind === 'exited' && ALLOWED_EXIT_CODES.includes(execution.outcome.code) && execution.stopRequested === 'no';
}

/** What one execution says of its owner: `open` means that it succeeded. */
export function verdict(execution: ExecutionState): Extract<StepStatus, 'open' | 'running' | 'failed' | 'unknown'> {
  if (execution.outcome === null) return 'running';
  if (execution.outcome.kind === 'lost') return 'unknown';
  return succeeded(execution) ? 'open' : 'failed';
}

/** Whether anything of it may have happened outside: false only when the runner never began. */
export function mayHaveRun(execution: ExecutionState): boolean {
  return execution.outcome?.kind !== 'notStarted';
}
