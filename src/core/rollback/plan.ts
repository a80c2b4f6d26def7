import type { Command } from '../runbook/model.ts';
import type { PlannedCommand } from '../run/events.ts';

/** Exactly what rolling back to a level would run, in order. */
export interface RollbackPlan {
  /** SHA-256 over level and commands (hex): what a person confirms is what runs. */
  readonly planId: string;
  readonly level: number;
  readonly title: string;
  readonly budgetSeconds: number | null;
  readonly budgetWords: string | null;
  readonly commands: readonly PlannedCommand[];
  /** The same commands as the document has them, with their options, placeholders and hidden characters. */
  readonly sources: readonly Command[];
  /** What it does not undo, in Markdown. */
  readonly notUndone: readonly string[];
  /** Ids of the steps that have started and are affected, in document order. */
  readonly startedStepIds: readonly string[];
  /** Set when the level is rehearsed and not rolled back to. */
  readonly rehearsal?: RehearsalPlan;
  /** Why it cannot run, as a sentence; left out when it can. */
  readonly cannotRun?: string;
}

/** What a rehearsal of a level is bound to. */
export interface RehearsalPlan {
  /** The plan of the level itself (hex). */
  readonly levelSha256: string;
  /** SHA-256 of the runbook's text (hex). */
  readonly textSha256: string;
  /** Why commands of it are only shown, or null when all are run. */
  readonly shownOnlyBecause: string | null;
}
