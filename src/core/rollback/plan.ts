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
}
