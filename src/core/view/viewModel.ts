import type { SectionRole, Severity, StepKind } from '../runbook/model.ts';
import type { GraphView } from './graph/graphView.ts';
import type { ReviewView, ReviewWordView, StepReviewView } from './review/reviewView.ts';
import type { PackageView } from './package/packageViewModel.ts';
import type { RehearsedView, RollbackView } from './rollbackViewModel.ts';

/**
 * What the panel shows, as plain JSON. The panel draws this and decides
 * nothing: which actions there are, what they are called and why one is not
 * available is said here. Times are ISO 8601 strings; the panel counts the
 * seconds itself.
 */
export interface PanelView {
  readonly header: HeaderView;
  /** Short notices above the document, most important first. */
  readonly notices: readonly NoticeView[];
  readonly outline: readonly OutlineItem[];
  /** The document in reading order. */
  readonly blocks: readonly BlockView[];
  /** What waits for what; null or left out when the document puts nothing in an order of its own. */
  readonly graph?: GraphView | null;
  readonly dock: DockView;
  /** A question that has to be answered before something happens, or null. */
  readonly prompt: PromptView | null;
  /** The rollback that is being looked at, run or has just ended, or null. */
  readonly rollback: RollbackView | null;
  /** What there is to know of a record that is looked at; null beside a runbook. */
  readonly review: ReviewView | null;
  /** The other runbooks of the package; null or left out for none. */
  readonly package?: PackageView | null;
}

/** `reading`: no run. `locked`: shown but nothing can be run (see notices). `reviewing`: a record, of which nothing can be run at all. */
export type PanelMode = 'reading' | 'running' | 'ended' | 'locked' | 'reviewing';

export interface HeaderView {
  readonly title: string;
  readonly mode: PanelMode;
  /** For example `main @ 3f2a1c9, clean`; null outside git. */
  readonly git: string | null;
  readonly metadata: readonly { readonly key: string; readonly value: string }[];
  /** Where the run goes; left out when it says nothing of that. `guarded`: its word was typed at the start, and it wears a banner. */
  readonly environment?: { readonly name: string; readonly guarded: boolean };
  /** What is deployed there, as records say it; left out when none does. `since`: ISO 8601. */
  readonly deployed?: { readonly words: string; readonly since: string; readonly isOdd: boolean };
  /** Null before a run. `words` is e.g. `run 01J9 · started by you 14:02`. */
  readonly run: { readonly id: string; readonly words: string; readonly startedAt: string; readonly endedAt: string | null } | null;
  readonly done: number;
  readonly total: number;
  /** Sum of the stated estimates of all steps and phases, and of past durations where none is stated, in seconds, or null. */
  readonly estimateSeconds: number | null;
  /** What is known to be left of the run, its soaks included, in seconds; left out when nothing is. */
  readonly remainingSeconds?: number;
  /** The soak that the run waits for longest; left out when none goes on. `until`: ISO 8601. */
  readonly soak?: { readonly title: string; readonly since: string; readonly until: string; readonly seconds: number };
  /** Progress bar, a part for each phase in document order. */
  readonly phases: readonly { readonly title: string; readonly done: number; readonly failed: number; readonly total: number }[];
  /** The one thing to do next. */
  readonly primary: ActionView | null;
  /** Other actions of the whole run (menu). */
  readonly actions: readonly ActionView[];
  /** A sentence for a screen reader about where the run stands; changes are announced. */
  readonly announcement: string;
}

/** Something a person can do. `id` is the protocol's action name. */
export interface ActionView {
  readonly id: ActionId;
  readonly label: string;
  /** Codicon name without prefix. */
  readonly icon: string | null;
  readonly style: 'primary' | 'secondary' | 'quiet' | 'danger';
  /** Step that it acts on; null for the whole run. */
  readonly stepId: string | null;
  /** Why it is not available now, or null when it is. */
  readonly disabledBecause: string | null;
  /** Keyboard shortcut for display, or null. */
  readonly key: string | null;
}

export type RunActionId = 'startRun' | 'runNext' | 'runUntilGate' | 'pause' | 'endRun' | 'abandonRun' | 'showTerminal' | 'openSource' | 'closeRollback' | 'takeOver' | 'endSoak' | 'watchMonitors' | 'stopMonitors' | 'rebaseRun' | 'showChanges' | 'commitRecord' | 'verify';
export type StepActionId =
  | 'run'
  | 'retry'
  | 'stop'
  | 'forceStop'
  | 'tick'
  | 'tickWithNote'
  | 'untick'
  | 'skip'
  | 'markDone'
  | 'reopen'
  | 'go'
  | 'noGo'
  | 'showStepTerminal'
  | 'copy'
  | 'revealSource';
export type RollbackActionId = 'planRollback' | 'confirmRollback' | 'planRehearsal' | 'confirmRehearsal' | 'stopRollback' | 'retryRollback' | 'abandonRollback';
/** Of a step, or of the run when the action names none. */
export type ReviewActionId = 'remark' | 'approve' | 'reject';
export type ActionId = RunActionId | StepActionId | RollbackActionId | ReviewActionId;

export interface NoticeView {
  /** Stable, so that a notice is not announced twice. */
  readonly id: string;
  readonly severity: Severity;
  readonly text: string;
  readonly actions: readonly ActionView[];
  /** Lines with a link into the source, e.g. diagnostics. */
  readonly details: readonly { readonly text: string; readonly line: number | null }[];
  /** What reviewers said, drawn with who, when and what; left out for none. */
  readonly said?: readonly ReviewWordView[];
  /** What monitors say, as small drawings; left out for none. */
  readonly charts?: readonly ChartView[];
}

/** The latest values of a monitor beside the limits of its triggers. Coordinates are from 0 to 1, from the left and from the bottom. */
export interface ChartView {
  readonly name: string;
  /** e.g. `4.2 %`; null while there is no value. */
  readonly value: string | null;
  /** When it was last asked, ISO 8601; null: not yet. */
  readonly at: string | null;
  /** Why the last answer was no value. */
  readonly problem: string | null;
  /** Pieces of the line: it is broken where nothing was seen. */
  readonly lines: readonly (readonly (readonly [number, number])[])[];
  readonly limits: readonly { readonly y: number; readonly words: string; readonly fired: boolean }[];
  /** How each trigger stands, e.g. `Error rate > 5 % for 5 min: not reached`. */
  readonly triggers: readonly { readonly words: string; readonly fired: boolean }[];
  /** The drawing in words. */
  readonly words: string;
}

export interface OutlineItem {
  readonly sectionId: string;
  readonly title: string;
  readonly depth: number;
  readonly role: SectionRole | null;
  readonly done: number;
  readonly total: number;
  readonly status: 'open' | 'active' | 'done' | 'failed' | 'none';
}

export type BlockView = SectionBlockView | ContentBlockView | StepBlockView | LevelBlockView;

/** `key` is unique in the document and survives edits elsewhere. */
interface BlockBase {
  readonly key: string;
  /** Line in the source, from 1. */
  readonly line: number;
}

export interface SectionBlockView extends BlockBase {
  readonly kind: 'section';
  readonly sectionId: string;
  readonly depth: number;
  readonly title: string;
  readonly role: SectionRole | null;
  /** The heading's own words for its time, e.g. `4 hours`. */
  readonly time: string | null;
  /** Said once it takes longer than that time, e.g. `over 2 min since 14:05`; left out before. */
  readonly overrun?: string;
  readonly done: number;
  readonly total: number;
  /** The time that has to pass after it; left out for none. */
  readonly soak?: SoakView;
  /** Runs all checks of the section together; left out when it has none. */
  readonly verify?: { readonly label: string; readonly disabledBecause: string | null };
}

export interface ContentBlockView extends BlockBase {
  readonly kind: 'content';
  /** Rendered Markdown, not yet sanitised: the panel does that. */
  readonly html: string;
  /** For an undo block: what it takes back. */
  readonly caption?: string;
  /** Nesting below a step, 0 for none. */
  readonly indent: number;
}

export type StepViewStatus = 'open' | 'running' | 'done' | 'failed' | 'unknown' | 'skipped' | 'partly' | 'waiting' | 'background';

export interface StepBlockView extends BlockBase {
  readonly kind: 'step';
  readonly stepId: string;
  readonly stepKind: StepKind;
  readonly titleHtml: string;
  /** Plain text, for labels. */
  readonly title: string;
  readonly indent: number;
  readonly ordinal: number | null;
  readonly status: StepViewStatus;
  /** The status in words, e.g. `done`, `failed`, `unknown: verify before you run it again`. */
  readonly statusWords: string;
  /** Right-hand words, e.g. `exit 0 · 0.4 s · 14:11`, `you · 14:09`, `waits for Canary`. */
  readonly by: string;
  /** Set while it runs: the panel counts from here. */
  readonly runningSince: string | null;
  readonly timeoutSeconds: number | null;
  /** The next thing to do in the run. */
  readonly isNext: boolean;
  readonly aside: boolean;
  /** Small words beside the title: owner, estimate, `took 14 s last time`, `ticked in the document`, `changed since the run started`. */
  readonly tags: readonly { readonly text: string; readonly tone: 'plain' | 'warning' | 'danger' }[];
  readonly commands: readonly CommandView[];
  /** What was edited here since the run started; null when nothing was. */
  readonly difference: DifferenceView | null;
  readonly actions: readonly ActionView[];
  /** Note, reason, or what a failure means and what can be done. */
  readonly message: { readonly severity: Severity; readonly text: string } | null;
  /** true when the step's tick can be pressed (manual steps of a run). */
  readonly tickable: boolean;
  readonly tickLabel: string;
  /** The time that has to pass after it; left out for none. */
  readonly soak?: SoakView;
  /** What reviewers said of it; left out for nothing. */
  readonly said?: readonly ReviewWordView[];
  /** All that the record has of it; only in a review. */
  readonly review?: StepReviewView;
}

/** A soak: ahead, going on, over, or ended early. */
export interface SoakView {
  /** e.g. `then a soak of 4h`, `soak until 18:05`. */
  readonly words: string;
  /** Set while it goes on: the panel counts from `since` (ISO 8601). */
  readonly counting: { readonly since: string; readonly seconds: number } | null;
  /** Ends it early, after a question; null when it does not go on. */
  readonly end: { readonly label: string; readonly disabledBecause: string | null } | null;
}

/** A difference line by line, exactly as hashed when it is acknowledged. */
export interface DifferenceView {
  readonly lines: readonly { readonly sign: ' ' | '-' | '+'; readonly text: string }[];
  /** e.g. `1 line removed, 2 lines added`. */
  readonly words: string;
  /** Too large to be shown at once. */
  readonly isLarge: boolean;
}

export interface CommandView {
  readonly language: string;
  readonly text: string;
  readonly line: number;
  readonly state: 'idle' | 'running' | 'ok' | 'failed' | 'unknown' | 'stopped';
  /** e.g. `exit 0 · 0.4 s`, null before it ran. */
  readonly result: string | null;
  /** Last lines of output as observed, plain text; null when there is none or it was not observed. */
  readonly output: string | null;
  /** Why there is no output although it ran. */
  readonly outputMissing: string | null;
  /** [start, end) offsets of placeholders in `text`. */
  readonly placeholders: readonly (readonly [number, number])[];
  /** Hidden characters, to be drawn escaped: offset and e.g. `U+202E`. */
  readonly hidden: readonly { readonly offset: number; readonly codePoint: string; readonly name: string }[];
  readonly expectedOutput: string | null;
  /** What runs it and the variables that it alone gets, e.g. `run by python3 -u`, `COLOUR=green`; left out for nothing. */
  readonly how?: readonly string[];
  /** The value that it printed, e.g. `captured VERSION = v1.2.3`; left out for none. */
  readonly captured?: string;
  /** Backups that it is given, or was; left out for none. */
  readonly backup?: BackupView;
  /** What success is when it is more than exit 0, e.g. `exit 0 or 3`. */
  readonly expects: readonly string[];
}

/** Backups that a block or a level is given, or was. */
export interface BackupView {
  /** A sentence without its end, e.g. `Restores the backup b-12 of orders-db`: the panel adds when that one was made. */
  readonly words: string;
  /** The one that is restored; left out when none is. */
  readonly restores?: { readonly name: string; readonly madeAt: string; readonly by: 'run' | 'package' | 'other' };
  /** `warning`: another run made it. `danger`: there is none, so it cannot run. */
  readonly tone: 'plain' | 'warning' | 'danger';
  /** What goes and what stays, each with a note or none; left out where nothing is about to be removed. */
  readonly lists?: readonly { readonly heading: string; readonly items: readonly { readonly name: string; readonly note: string | null }[] }[];
}

/** Commands of a rollback level where they stand in the document. */
export interface LevelBlockView extends BlockBase {
  readonly kind: 'level';
  readonly level: number;
  readonly title: string;
  readonly command: CommandView;
  readonly indent: number;
}

export interface DockView {
  /** Trigger advice or the first trigger, e.g. title `Error rate > 5 %`, detail `The runbook advises level 1. …`. */
  readonly advice: { readonly title: string; readonly detail: string; readonly tone: 'plain' | 'warning' } | null;
  readonly levels: readonly LevelButtonView[];
}

export interface LevelButtonView {
  /** 0: undoes what started. */
  readonly level: number;
  /** e.g. `Feature toggle`. */
  readonly title: string;
  /** e.g. `2 min · 3 commands`. */
  readonly detail: string;
  readonly advised: boolean;
  readonly state: 'ready' | 'running' | 'unfinished' | 'succeeded' | 'failed' | 'empty';
  readonly disabledBecause: string | null;
  /** The latest rehearsal that speaks of it; left out when there is none. The panel adds how long ago. */
  readonly rehearsed?: RehearsedView;
  /** The backup that it would restore; left out when it restores none. */
  readonly backup?: BackupView;
  /** The runbook of the package that it stands in, where it opens; left out for this one. */
  readonly in?: { readonly id: string; readonly title: string };
}

export interface PromptView {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly severity: Severity;
  /** Exact text that is going to be run, to be looked at; null for none. */
  readonly commands: readonly CommandView[];
  /** What was edited since the run started and has to be read. */
  readonly difference?: DifferenceView;
  /** What it would do, in lists under headings. */
  readonly lists?: readonly { readonly heading: string; readonly items: readonly string[] }[];
  /** What was looked at before, each with what came of it and what to do. */
  readonly checks?: readonly { readonly result: 'passed' | 'failed' | 'unknown'; readonly words: string }[];
  readonly inputs: readonly PromptInput[];
  readonly confirmLabel: string;
  readonly confirmStyle: 'primary' | 'danger';
}

export interface PromptInput {
  readonly name: string;
  readonly label: string;
  /** `choice`: one of `choices`. `secret`: typed unseen, and never sent back by the host. */
  readonly kind: 'text' | 'typed-word' | 'acknowledge' | 'choice' | 'secret';
  readonly choices?: readonly string[];
  /** Small words below the label: what it is for, what it has to look like. */
  readonly hint?: string;
  /** The word that has to be typed, for `typed-word`. */
  readonly word: string | null;
  readonly value: string;
  readonly required: boolean;
  /** What is wrong with the last answer, or null. */
  readonly error: string | null;
}
