import type { Runbook } from '../../runbook/model.ts';
import type { UnreadRun } from '../../run/package/packageRecords.ts';
import type { RunState } from '../../run/state.ts';

/** Another runbook of the package, as the host found it. */
export interface PackageMember {
  /** The path that the document has for it; a message of the panel names it so. */
  readonly id: string;
  /** Its path as records have it; null when it has none here. */
  readonly file: string | null;
  /** Null when it could not be read. */
  readonly runbook: Runbook | null;
  /** Why it cannot be opened, as a sentence, or null. */
  readonly problem: string | null;
}

/** What the host knows of the package that a runbook belongs to. */
export interface PackageInput {
  readonly members: readonly PackageMember[];
  /** Runs of its runbooks that were driven from here, this one's aside. */
  readonly runs: readonly RunState[];
  /** Runs of the package that could not be looked at; left out when there are none. */
  readonly unread?: readonly UnreadRun[];
}
