import { succeeded } from '../run/outcome.ts';
import type { RunState } from '../run/state.ts';
import type { Runbook, Step } from '../runbook/model.ts';

/** How long a step's commands took when they succeeded, in milliseconds. */
export interface PastDuration {
  readonly lastMs: number;
  readonly medianMs: number;
  /** How many runs it was seen in. */
  readonly count: number;
}

/** By step id. */
export type PastDurations = ReadonlyMap<string, PastDuration>;

/** Longer than any command; a longer one is no measurement, in milliseconds. */
const LONGEST_MS = 366 * 24 * 3600 * 1000;

/** One command of a step that succeeded, with how long it took; all that is kept of an earlier run. */
export interface PastSuccess {
  readonly stepId: string;
  /** Index among the step's commands. */
  readonly index: number;
  /** As it stood in the document. */
  readonly text: string;
  readonly durationMs: number;
}

/** What succeeded in a run, in the order in which it was run. */
export function successesIn(run: RunState): readonly PastSuccess[] {
  return [...run.executions.values()].flatMap((execution) => {
    const { owner, index, source, text, durationMs } = execution;
    if (owner.kind !== 'step' || execution.isProbe || execution.isBackground || !succeeded(execution) || durationMs === null || durationMs < 0 || durationMs > LONGEST_MS) return [];
    return [{ stepId: owner.stepId, index, text: source ?? text, durationMs }];
  });
}

/**
 * How long the steps of a runbook took in earlier runs of it. Only what ran
 * with the very text that the step has now counts, and only if all of its
 * commands succeeded.
 *
 * @param runs newest first
 */
export function durationsOf(runbook: Runbook, runs: readonly (readonly PastSuccess[])[]): PastDurations {
  const latest = runs.map((successes) => new Map(successes.map((success) => [keyOf(success.stepId, success.index, success.text), success.durationMs])));
  const durations = new Map<string, PastDuration>();
  for (const step of runbook.steps) {
    if (step.commands.length === 0) continue;
    const known = latest.map((run) => durationIn(run, step)).filter((ms) => ms !== null);
    const [lastMs] = known;
    if (lastMs !== undefined) durations.set(step.id, { lastMs, medianMs: median(known), count: known.length });
  }
  return durations;
}

function durationIn(run: ReadonlyMap<string, number>, step: Step): number | null {
  let sum = 0;
  for (const [index, command] of step.commands.entries()) {
    const ms = run.get(keyOf(step.id, index, command.text));
    if (ms === undefined) return null;
    sum += ms;
  }
  return sum;
}

function keyOf(stepId: string, index: number, text: string): string {
  return JSON.stringify([stepId, index, text]);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
