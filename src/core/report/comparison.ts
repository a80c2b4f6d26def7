import type { DerivedStatus } from '../run/derived.ts';
import type { RunOutcome } from '../run/events.ts';

/** Two runs side by side, as plain data. Durations are milliseconds; null: not known or not there. */
export interface RunComparison {
  readonly formatVersion: 1;
  readonly left: RunSide;
  readonly right: RunSide;
  /** How much longer the right one took; negative: it was quicker. */
  readonly differenceMs: number | null;
  /** In the order of the left run's runbook; those that only the right one has stand after what they follow there. */
  readonly steps: readonly StepComparison[];
  readonly totals: {
    readonly inBoth: number;
    readonly onlyLeft: number;
    readonly onlyRight: number;
    /** Of those in both: the step's title or commands are other ones. */
    readonly changed: number;
    /** Of those in both: they came to another end. */
    readonly otherOutcome: number;
  };
}

export interface RunSide {
  readonly runId: string;
  readonly title: string;
  readonly file: string;
  /** Where it went; left out when it says nothing of that. */
  readonly environment?: string;
  readonly branch: string | null;
  readonly commit: string | null;
  readonly startedAt: string | null;
  readonly startedBy: string | null;
  readonly outcome: RunOutcome | 'open';
  readonly durationMs: number | null;
  readonly settled: number;
  readonly total: number;
  readonly failedAttempts: number;
  readonly rollbacks: number;
}

export interface StepComparison {
  readonly id: string;
  readonly title: string;
  readonly section: string;
  readonly isChanged: boolean;
  readonly isOtherOutcome: boolean;
  /** Null: the run's runbook does not have it. */
  readonly left: StepSide | null;
  readonly right: StepSide | null;
  readonly differenceMs: number | null;
}

export interface StepSide {
  readonly status: DerivedStatus;
  /** In words, e.g. `done`, `marked done`, `No-Go`. */
  readonly words: string;
  readonly attempts: number;
  /** Of the last execution of each of its commands, together. */
  readonly durationMs: number | null;
}
