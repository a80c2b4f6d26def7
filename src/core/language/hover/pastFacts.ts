import type { PastDurations } from '../../report/pastDurations.ts';
import type { Rehearsal } from '../../rollback/rehearsals.ts';

/** What earlier runs say of a runbook. */
export interface PastFacts {
  readonly durations: PastDurations;
  readonly rehearsals: readonly Rehearsal[];
  /** A moment (ISO 8601) as the person writes it. */
  readonly formatTime: (iso: string) => string;
}

export const NOTHING_PAST: PastFacts = { durations: new Map(), rehearsals: [], formatTime: (iso) => iso };
