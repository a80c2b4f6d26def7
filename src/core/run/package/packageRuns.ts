import type { RunState } from '../state.ts';

/** The run that all runs of a package belong to together: itself, or the one that it is a part of. */
export function rootIdOf({ runId, partOf }: Pick<RunState, 'runId' | 'partOf'>): string | null {
  return partOf?.runId ?? runId;
}

/** The runs that belong together with one, itself among them. */
export function runsOfRoot(runs: readonly RunState[], rootId: string | null): readonly RunState[] {
  return rootId === null ? [] : runs.filter((run) => rootIdOf(run) === rootId);
}

/**
 * The runs that one that is about to start can be a part of: those that go on,
 * each seen as the one that it is a part of itself. One whose own run has ended
 * is nothing to belong to any more, and one that was left without an end when a
 * newer run of the same runbook began is not joined without being asked for.
 */
export function joinableRoots(runs: readonly RunState[]): readonly RunState[] {
  return goingRoots(runs).filter((root) => !isOvertaken(root, runs));
}

/** Those that go on although a newer run of the same runbook was started. */
export function overtakenRoots(runs: readonly RunState[]): readonly RunState[] {
  return goingRoots(runs).filter((root) => isOvertaken(root, runs));
}

/** All of them, left behind or not. */
export function goingRoots(runs: readonly RunState[]): readonly RunState[] {
  const found = new Map<string, RunState>();
  for (const run of runs) {
    if (run.ended !== null || run.runId === null) continue;
    const root = run.partOf === null ? run : runs.find(({ runId }) => runId === run.partOf?.runId);
    if (root?.runId != null && root.ended === null) found.set(root.runId, root);
  }
  return [...found.values()];
}

/** A newer run that was given up took nothing over. */
function isOvertaken({ runId, file }: RunState, runs: readonly RunState[]): boolean {
  return runs.some((other) => other.file === file && other.ended?.outcome !== 'abandoned' && (other.runId ?? '') > (runId ?? ''));
}
