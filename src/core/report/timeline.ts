/**
 * A run drawn to scale. All times are milliseconds since the run's start, as the
 * writers' clocks stated them, never negative, in `[0, totalMs]`; an order that
 * clocks contradict is kept and `isClockUncertain` says so.
 */
export interface Timeline {
  /** ISO 8601, of the start; empty when no event states a time. */
  readonly startedAt: string;
  readonly totalMs: number;
  /** The run has not ended: `totalMs` reaches to the last event. What is said of a run after its end does not make it longer. */
  readonly isOpen: boolean;
  readonly isClockUncertain: boolean;
  /** In document order, those in which something happened. */
  readonly phases: readonly TimelinePhase[];
  /** Commands and decisions in the order in which they began. */
  readonly bars: readonly TimelineBar[];
  /** Times in which nothing ran, longer than one hundredth of the whole. */
  readonly waits: readonly { readonly fromMs: number; readonly toMs: number }[];
}

export interface TimelinePhase {
  readonly sectionId: string;
  readonly title: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly budgetSeconds: number | null;
  /** Longer than its budget. */
  readonly isOverBudget: boolean;
}

export interface TimelineBar {
  /**
   * `rollback`: a rollback as a whole; its commands are bars of kind `command`
   * that follow it, without a step. `mark`: something without length (a tick, a
   * skip, a decision).
   */
  readonly kind: 'command' | 'rollback' | 'mark';
  readonly label: string;
  /** Step it belongs to; null for a rollback and its commands. */
  readonly stepId: string | null;
  readonly sectionId: string | null;
  readonly fromMs: number;
  /** Equal to `fromMs` for a mark; null when the end is not known. */
  readonly toMs: number | null;
  readonly outcome: 'succeeded' | 'failed' | 'unknown' | 'cancelled' | 'running' | 'skipped' | 'forced' | 'neutral';
  /** For a person, e.g. "exit 1 after 4.2 s". */
  readonly words: string;
  readonly budgetSeconds: number | null;
  readonly isOverBudget: boolean;
  /** It went on beside the run; left out: it held up what came after it. */
  readonly isBackground?: true;
}
