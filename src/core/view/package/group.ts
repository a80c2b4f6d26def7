import { joinableRoots, rootIdOf, runsOfRoot } from '../../run/package/packageRuns.ts';
import type { RunState } from '../../run/state.ts';
import type { ViewInput } from '../input.ts';

/** What the panel sees: the runbook's own run, and those of the others of its package. */
export type PackageSight = Pick<ViewInput, 'state' | 'package'>;

/** The run that everything shown of the package belongs to: the own one's, else the only one that a start would be a part of. Null for none, or several. */
export function groupIdOf({ state, package: known }: PackageSight): string | null {
  if (state !== null && state.ended === null) return rootIdOf(state);
  const [only, another] = joinableRoots(known?.runs ?? []);
  if (only !== undefined && another === undefined) return only.runId;
  return state === null ? null : rootIdOf(state);
}

/** The other runs of that one, oldest first. */
export function groupRuns(sight: PackageSight): readonly RunState[] {
  const runs = runsOfRoot(sight.package?.runs ?? [], groupIdOf(sight)).filter(({ runId }) => runId !== sight.state?.runId);
  return [...runs].sort((a, b) => ((a.runId ?? '') < (b.runId ?? '') ? -1 : 1));
}

/** The latest of them that is of a runbook's file. */
export function runOfFile(runs: readonly RunState[], file: string | null): RunState | null {
  return runs.findLast((run) => run.file === file) ?? null;
}
