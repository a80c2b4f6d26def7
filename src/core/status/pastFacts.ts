import type { RunState } from '../run/state.ts';
import { counted } from '../view/words.ts';
import { type RunFacts, runFactsOf } from './runFacts.ts';

/** What the records of a workspace say of backups and of what is deployed. */
export interface PastFacts {
  readonly runs: readonly RunFacts[];
  /** Records that could not be read, or in which something is odd, in words: more may have happened than `runs` say. */
  readonly odd: readonly OddRecord[];
}

export interface OddRecord {
  readonly runId: string;
  /** What is wrong with it, as a sentence. */
  readonly words: string;
  /** Nothing of it was read. */
  readonly isUnread: boolean;
}

/** That more may have happened than is known, as the end of a line; empty when every record was read whole. */
export function oddWords(odd: number): string {
  return odd === 0 ? '' : `${counted(odd, 'record')} ${odd === 1 ? 'is' : 'are'} not whole, so there may be more`;
}

export const NOTHING_PAST: PastFacts = { runs: [], odd: [] };

/** The facts of all runs, with those of a run in the place of what its record said when it was last read. */
export function withRun({ runs }: PastFacts, state: RunState | null): readonly RunFacts[] {
  const own = state === null ? null : runFactsOf(state);
  return own === null ? runs : [...runs.filter(({ runId }) => runId !== own.runId), { ...own, isDriven: true }];
}

/** The same of the runs of one runbook. */
export function onlyOf(file: string, { runs, odd }: PastFacts): PastFacts {
  return { runs: runs.filter((run) => run.file === file), odd };
}
