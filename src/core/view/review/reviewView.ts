import type { List } from '../../rollback/remains.ts';
import type { CommandView } from '../viewModel.ts';

/** What the panel shows of a record beside its document, as plain JSON. Words come from somebody else: what cannot be seen in them is named. */
export interface ReviewView {
  readonly integrity: IntegrityView;
  /** Null when nothing in the record has a time. */
  readonly timeline: TimelineView | null;
  /** Rollbacks, then rehearsals. */
  readonly rollbacks: readonly RollbackReviewView[];
  /** Where the review of the run stands, e.g. `Approved by Grace`. */
  readonly verdict: { readonly tone: 'open' | 'ok' | 'bad'; readonly words: string };
  /** Who took part, and that this is a statement. */
  readonly people: string;
  /** Why the person at the keyboard may not decide on the run, or null. */
  readonly rule: string | null;
  /** Of the run as a whole, in order. */
  readonly said: readonly ReviewWordView[];
  /** Remarks and decisions at single steps. */
  readonly atSteps: number;
}

export interface IntegrityView {
  readonly state: 'checking' | 'whole' | 'damaged';
  /** e.g. `Record complete`, `Record not intact: 2 findings`. */
  readonly title: string;
  /** A sentence each. */
  readonly findings: readonly string[];
  /** What git says of the files. */
  readonly anchor: { readonly tone: 'ok' | 'warning' | 'plain'; readonly words: string };
}

/** A remark or a decision of a reviewer. */
export interface ReviewWordView {
  readonly kind: 'remark' | 'approved' | 'rejected';
  /** e.g. `Grace · 14:20`. */
  readonly by: string;
  readonly text: string;
  /** Something after it made it history. */
  readonly overtaken: string | null;
}

/** One time that a command was run. */
export interface AttemptView {
  readonly executionId: string;
  readonly state: CommandView['state'];
  /** e.g. `exit 1 · 4.2 s`. */
  readonly words: string;
  /** e.g. `Ada · 14:01`. */
  readonly by: string;
  /** e.g. `command 2 of 3`, `other commands than above`; empty for none. */
  readonly about: string;
  /** The bytes that were run, when they do not stand above. */
  readonly text: string | null;
  readonly language: string;
  readonly output: string | null;
  /** Why there is none although it ran. */
  readonly outputMissing: string | null;
  /** Words for opening all that is kept of it, or null. */
  readonly fullOutput: string | null;
}

/** What happened at a step, oldest first. */
export type HistoryView =
  | ({ readonly kind: 'attempt' } & AttemptView)
  /** What a person said, e.g. `skipped: night shift`. */
  | { readonly kind: 'said'; readonly words: string; readonly by: string };

export interface StepReviewView {
  readonly history: readonly HistoryView[];
}

export interface RollbackReviewView {
  readonly id: string;
  readonly title: string;
  readonly state: CommandView['state'];
  /** e.g. `succeeded after 1 m 11 s, over its budget of 1 min`. */
  readonly words: string;
  readonly by: string;
  readonly reason: string | null;
  /** What was still changed after it, under headings. */
  readonly remains: readonly List[];
  readonly commands: readonly { readonly purpose: 'undo' | 'verify'; readonly text: string; readonly language: string; readonly untried: string; readonly attempts: readonly AttemptView[] }[];
}

/** A run drawn to scale. Times are milliseconds since its start, within `[0, totalMs]`. */
export interface TimelineView {
  readonly totalMs: number;
  /** e.g. `15 m 5 s, from 14:00 to 14:15`. */
  readonly words: string;
  readonly isOpen: boolean;
  /** What has to be known about the drawing, or null. */
  readonly caution: string | null;
  readonly ticks: readonly { readonly atMs: number; readonly label: string }[];
  readonly rows: readonly TimelineRowView[];
  readonly waits: readonly { readonly fromMs: number; readonly toMs: number; readonly words: string }[];
}

export interface TimelineRowView {
  readonly key: string;
  readonly title: string;
  /** e.g. `12 m, over its budget of 10 min`. */
  readonly words: string;
  readonly isOverBudget: boolean;
  /** What the row spans as a whole; null for one that holds single things. */
  readonly span: { readonly fromMs: number; readonly toMs: number; readonly budgetMs: number | null } | null;
  readonly bars: readonly TimelineBarView[];
  /** Lines on which its bars are drawn below each other, from 1. */
  readonly tracks: number;
}

export interface TimelineBarView {
  readonly kind: 'command' | 'rollback' | 'mark';
  readonly fromMs: number;
  /** Where it is drawn to; equal to `fromMs` for a mark. */
  readonly toMs: number;
  readonly outcome: 'succeeded' | 'failed' | 'unknown' | 'cancelled' | 'running' | 'skipped' | 'forced' | 'neutral';
  readonly label: string;
  readonly words: string;
  /** When it began, in the reader's words. */
  readonly when: string;
  readonly stepId: string | null;
  readonly budgetMs: number | null;
  readonly isOverBudget: boolean;
  /** Which line of its row it is drawn on, from 0. */
  readonly track: number;
}
