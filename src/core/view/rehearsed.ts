import { type Freshness, type Rehearsal, rehearsalOf, rehearsalsIn } from '../rollback/rehearsals.ts';
import type { RunState } from '../run/state.ts';
import type { ViewInput } from './input.ts';
import type { RehearsedView } from './rollbackViewModel.ts';

const STALE: Readonly<Record<Freshness, string | null>> = { fresh: null, edited: 'runbook edited since rehearsal', stale: 'commands edited since rehearsal' };

/** The rehearsal that speaks of a level, in this run or another one; null when there is none. */
export function rehearsedView(input: Pick<ViewInput, 'state' | 'rehearsable' | 'pastRehearsals'>, level: number): RehearsedView | null {
  const { state, rehearsable, pastRehearsals = [] } = input;
  if (rehearsable === undefined) return null;
  const found = rehearsalOf(level, [...pastRehearsals, ...inRun(state)], rehearsable);
  return found === null ? null : { words: wordsOf(found.rehearsal), at: found.rehearsal.at, stale: STALE[found.freshness] };
}

function inRun(state: RunState | null): readonly Rehearsal[] {
  return state === null ? [] : rehearsalsIn(state);
}

/** What was only read was not rehearsed, and is not called so. */
function wordsOf({ ran, of, environment }: Rehearsal): string {
  const where = environment === null ? '' : ` in ${environment}`;
  if (ran === 0) return `read through${where}`;
  return ran === of ? `rehearsed${where}` : `rehearsed in part${where}`;
}
