import type { Anchor, Finding, Integrity } from '../../core/record/integrity.ts';
import type { Actor, RunEvent } from '../../core/run/events.ts';
import type { RunState } from '../../core/run/state.ts';
import type { Runbook } from '../../core/runbook/model.ts';
import type { PromptView } from '../../core/view/viewModel.ts';
import type { Clock, EventStore, IdSource, VersionControl } from '../ports.ts';

/** One record, to be looked at. */
export interface RecordReader {
  /** Every event that can be read, and what is odd about the record. Rejects with a UserError when there is none. */
  inspect(): Promise<{ readonly events: readonly RunEvent[]; readonly findings: readonly Finding[] }>;
  /** What git says of it. Never rejects. */
  anchor(): Promise<Anchor>;
  /** A text that was kept, or null: the one at the start, or the one with this hash that a rebase took. */
  readText(sha256?: string): Promise<string | null>;
}

/** What a review works with. There is nothing in here that could run anything. */
export interface ReviewPorts {
  readonly reader: RecordReader;
  readonly store: Pick<EventStore, 'read' | 'append'>;
  readonly versionControl: Pick<VersionControl, 'actor'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly ids: Pick<IdSource, 'id' | 'sha256'>;
  readonly parse: (text: string) => Runbook;
}

/** Everything that can be seen of a record at one moment. */
export interface ReviewSnapshot {
  readonly runbook: Runbook;
  readonly state: RunState;
  /** In the order in which they are folded. */
  readonly events: readonly RunEvent[];
  /** Null while the record is being looked over. */
  readonly integrity: Integrity | null;
  readonly text: 'kept' | 'missing' | 'changed';
  readonly reviewer: Actor | null;
  /** Why nothing can be added, or null. */
  readonly lockedBecause: string | null;
  readonly prompt: PromptView | null;
  readonly error: string | null;
}

export interface ReviewAction {
  readonly type: 'remark' | 'approve' | 'reject';
  /** Null: the run as a whole. */
  readonly stepId: string | null;
}
