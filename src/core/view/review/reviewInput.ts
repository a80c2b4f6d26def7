import type { Integrity } from '../../record/integrity.ts';
import type { Timeline } from '../../report/timeline.ts';
import type { RunState } from '../../run/state.ts';
import type { Actor, RunEvent } from '../../run/events.ts';
import type { Runbook } from '../../runbook/model.ts';
import type { PromptView } from '../viewModel.ts';

/** What is seen of a record that is looked at. */
export interface ReviewInput {
  /** What the document is drawn from: the kept text with what only the record has, see `recordedRunbook`. */
  readonly runbook: Runbook;
  readonly state: RunState;
  /** In the order in which they are folded. */
  readonly events: readonly RunEvent[];
  /** Null while the record is being looked over. */
  readonly integrity: Integrity | null;
  readonly timeline: Timeline;
  /** Whether the text is the one that the run began with. */
  readonly text: 'kept' | 'missing' | 'changed';
  /** The person at the keyboard, as git's settings state it; null when not known. */
  readonly reviewer: Actor | null;
  /** Why nothing can be added to the record, or null. */
  readonly lockedBecause: string | null;
  readonly prompt: PromptView | null;
  readonly error: string | null;
  /** Words for a point in time, in the person's own locale and time zone. */
  readonly formatTime: (iso: string) => string;
}
