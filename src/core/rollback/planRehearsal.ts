import type { RunState } from '../run/state.ts';
import type { RunEnvironment } from '../run/setup/setup.ts';
import type { Runbook } from '../runbook/model.ts';
import { PRODUCTION_NAME } from '../runbook/vocabulary.ts';
import type { RollbackPlan } from './plan.ts';
import { planRollback } from './planRollback.ts';

/**
 * What rehearsing a level would do: the plan of the rollback, with the commands
 * marked that are only shown. In an environment that is not production all of
 * them run; in production, and where nothing says that it is not, only the
 * checks do, since those change nothing. Throws as planRollback.
 *
 * @param textSha256 hash of the runbook's text (hex)
 */
export function planRehearsal(runbook: Runbook, state: RunState, level: number, textSha256: string, sha256: (text: string) => string): RollbackPlan {
  const plan = planRollback(runbook, state, level, sha256);
  const because = shownOnlyBecause(state.setup?.environment ?? null);
  const safe = because === null ? null : checksOf(runbook, level);
  const commands = plan.commands.map((command, place) => (safe === null || safe.has(place) ? command : ({ ...command, shownOnly: true } as const)));
  const planId = sha256(JSON.stringify(['rehearsal', plan.planId, commands.map(({ shownOnly }) => shownOnly === true)]));
  const isPartly = commands.some(({ shownOnly }) => shownOnly === true);
  return { ...plan, planId, commands, rehearsal: { levelSha256: plan.planId, textSha256, shownOnlyBecause: isPartly ? because : null } };
}

/** Why commands that change something are not rehearsed there for real, or null when they are. */
function shownOnlyBecause(environment: RunEnvironment | null): string | null {
  if (environment === null) return 'This run has no environment, so nothing says that it is not production.';
  if (environment.confirm !== null) return `${environment.name} is guarded.`;
  return PRODUCTION_NAME.test(environment.name) ? `${environment.name} is called like production.` : null;
}

/** Places in the level's plan that hold commands which change nothing. */
function checksOf(runbook: Runbook, level: number): ReadonlySet<number> {
  const found = runbook.rollbackLevels.find((each) => each.level === level);
  const isCheck = (id: string): boolean => runbook.steps.some((step) => step.id === id && step.check);
  return new Set(found?.verifyStepIds.flatMap((id, place) => (isCheck(id) ? [found.commands.length + place] : [])));
}
