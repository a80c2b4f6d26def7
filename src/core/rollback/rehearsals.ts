import type { RollbackState, RunState } from '../run/state.ts';
import type { Runbook } from '../runbook/model.ts';
import { planRollback } from './planRollback.ts';
import { environmentNameOf } from '../run/setup/environmentNameOf.ts';

/** A rehearsal that came to its end; all that is kept of it outside of its run. */
export interface Rehearsal {
  readonly level: number;
  readonly levelSha256: string;
  readonly textSha256: string;
  /** Name of the environment, or null. */
  readonly environment: string | null;
  /** When it ended, ISO 8601. */
  readonly at: string;
  /** How many of its commands were run; the others were read. */
  readonly ran: number;
  readonly of: number;
}

/** What a rehearsal is held against: hashes of the text, and of the plan of each level that has commands. */
export interface RehearsableLevels {
  readonly textSha256: string;
  readonly levels: ReadonlyMap<number, string>;
}

/** `stale`: the level's commands are others now. `edited`: they are the same, something else in the runbook is not. */
export type Freshness = 'fresh' | 'edited' | 'stale';

/** Hashes that rehearsals of a runbook are held against. */
export function levelHashes(runbook: Runbook, text: string, sha256: (text: string) => string): RehearsableLevels {
  const withCommands = runbook.rollbackLevels.filter(({ commands }) => commands.length > 0);
  return { textSha256: sha256(text), levels: new Map(withCommands.map(({ level }) => [level, planRollback(runbook, null, level, sha256).planId])) };
}

/** The rehearsals of a run that succeeded, oldest first. */
export function rehearsalsIn(state: RunState): readonly Rehearsal[] {
  return state.rehearsals.flatMap((each) => {
    const { level, rehearsal, outcome, endedAt, commands } = each;
    if (rehearsal === null || outcome !== 'succeeded' || endedAt === null) return [];
    return [{ level, ...rehearsal, environment: environmentNameOf(state), at: endedAt, ran: ran(each), of: commands.length }];
  });
}

/**
 * The rehearsal that says most of a level: one of the level as it is now before
 * a stale one, one that really ran before one that was only read, then the latest.
 */
export function rehearsalOf(level: number, rehearsals: readonly Rehearsal[], now: RehearsableLevels): { readonly rehearsal: Rehearsal; readonly freshness: Freshness } | null {
  const rank = (each: Rehearsal): readonly number[] => [freshness(each, now) === 'stale' ? 0 : 1, each.ran > 0 ? 1 : 0, Date.parse(each.at) || 0];
  const best = rehearsals.filter((each) => each.level === level).reduce<Rehearsal | null>((found, each) => (found === null || isMore(rank(each), rank(found)) ? each : found), null);
  return best === null ? null : { rehearsal: best, freshness: freshness(best, now) };
}

function freshness({ level, levelSha256, textSha256 }: Rehearsal, now: RehearsableLevels): Freshness {
  if (now.levels.get(level) !== levelSha256) return 'stale';
  return now.textSha256 === textSha256 ? 'fresh' : 'edited';
}

function ran({ commands }: RollbackState): number {
  return commands.filter(({ shownOnly }) => shownOnly !== true).length;
}

function isMore(one: readonly number[], other: readonly number[]): boolean {
  const at = one.findIndex((value, place) => value !== other[place]);
  return at >= 0 && (one[at] ?? 0) > (other[at] ?? 0);
}
