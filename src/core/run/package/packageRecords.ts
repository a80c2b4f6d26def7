import type { RunState } from '../state.ts';

/** A run that may belong to a package and could not be looked at, or not as a whole. */
export interface UnreadRun {
  /** Null: the runs could not even be listed. */
  readonly runId: string | null;
  /** Of its runbook, as records have it; null when that is not known. */
  readonly file: string | null;
  /** The run that it belongs to, or itself; null when that is not known. */
  readonly rootId: string | null;
  /** Whether it goes on, as far as is known. */
  readonly isOpen: boolean;
  /** Why, as a sentence. */
  readonly words: string;
}

/** What is known of the runs of a package. */
export interface PackageRecords {
  readonly runs: readonly RunState[];
  /** Not none: as long as there is one, nobody knows what the newest values are. */
  readonly unread: readonly UnreadRun[];
}

export const NO_RECORDS: PackageRecords = { runs: [], unread: [] };
