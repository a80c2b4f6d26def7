import type { Severity } from '../runbook/model.ts';
import type { ActionView, BackupView, CommandView, DifferenceView } from './viewModel.ts';

export interface RehearsedView {
  /** What happened `at`: `rehearsed`, `read through`. */
  readonly words: string;
  /** When it ended. */
  readonly at: string;
  /** What was edited since, or null. */
  readonly stale: string | null;
}

export interface RollbackView {
  /** Set when the level is rehearsed: how, in a sentence. Nothing counts as rolled back by it. */
  readonly rehearsal?: string;
  /** The latest rehearsal of a level whose plan is looked at; left out when there is none. */
  readonly rehearsed?: RehearsedView;
  readonly level: number;
  readonly title: string;
  readonly phase: 'plan' | 'running' | 'succeeded' | 'failed' | 'unknown';
  readonly budgetSeconds: number | null;
  readonly budgetWords: string | null;
  /** Set once it runs. */
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly commands: readonly RollbackCommandView[];
  /** What was edited in the level since the run started; null when nothing was. */
  readonly difference: DifferenceView | null;
  /** What it does not undo, rendered Markdown, unsanitised. */
  readonly notUndoneHtml: readonly string[];
  /** What it leaves as it is, what is undone already, and at its end what remains changed. */
  readonly lists?: readonly { readonly heading: string; readonly items: readonly string[] }[];
  /** Steps that ran and are affected, as plain titles. */
  readonly started: readonly string[];
  /** Backups that its commands are given, in their order; left out for none. */
  readonly backups?: readonly BackupView[];
  readonly message: { readonly severity: Severity; readonly text: string } | null;
  /** Confirm, cancel, stop, retry, next level … */
  readonly actions: readonly (ActionView & { readonly level: number | null })[];
  /** Identity of the plan that is shown; confirming sends it back. */
  readonly planId: string;
}

export interface RollbackCommandView extends CommandView {
  readonly purpose: 'undo' | 'verify';
  /** What an undo takes back, in words. */
  readonly label?: string;
  /** In a rehearsal: it is read, and not run. */
  readonly shownOnly?: true;
}
