import { activeFirings } from '../../monitor/activeFirings.ts';
import type { Firing } from '../../run/state.ts';
import { groupRuns, type PackageSight } from './group.ts';

/**
 * Triggers that have fired and hold: of this run, and of runs of the package
 * whose runbooks have no levels of their own, since those speak of the levels
 * that the package shares.
 */
export function packageFirings(sight: PackageSight): readonly Firing[] {
  const own = activeFirings(sight.state);
  if (sight.package == null) return own;
  const withoutLevels = new Set(sight.package.members.filter(({ runbook }) => runbook?.rollbackLevels.length === 0).map(({ file }) => file));
  return [...own, ...groupRuns(sight).filter(({ file, ended }) => ended === null && withoutLevels.has(file)).flatMap((run) => activeFirings(run))];
}
