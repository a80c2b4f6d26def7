import type { Evaluation } from '../monitor/evaluateTrigger.ts';
import type { Sample } from '../monitor/sample.ts';
import type { PastDurations } from '../report/pastDurations.ts';
import type { Attempt, CommandOwner, GitState } from '../run/events.ts';
import type { Drift } from '../run/drift/compare.ts';
import type { RunState } from '../run/state.ts';
import type { RehearsableLevels, Rehearsal } from '../rollback/rehearsals.ts';
import type { RollbackPlan } from '../rollback/plan.ts';
import type { Runbook, Severity } from '../runbook/model.ts';
import type { PastFacts } from '../status/pastFacts.ts';
import type { PackageInput } from './package/packageInput.ts';
import type { PromptView } from './viewModel.ts';

/** A command that waits to be tried again. */
export interface Repetition {
  readonly owner: CommandOwner;
  /** The attempt that comes next. */
  readonly next: Attempt;
  /** Seconds between two attempts. */
  readonly everySeconds: number;
}

/** Checks that are being run together, or were last. */
export interface Verification {
  /** Of the section; null: the whole run. */
  readonly title: string | null;
  readonly checks: readonly { readonly stepId: string; readonly title: string; readonly executionId: string | null }[];
  /** No further one is begun. */
  readonly isOver: boolean;
  /** Titles of checks that have to be read by themselves, and were not run. */
  readonly leftOut: readonly string[];
}

/** What monitors have said. */
export interface MonitorsInput {
  /** `asks`: nobody has agreed to them; `changed`: they are others than those that were agreed to. */
  readonly state: 'asks' | 'changed' | 'watching' | 'elsewhere';
  /** The latest values of each, by name, oldest first. */
  readonly samples: ReadonlyMap<string, readonly Sample[]>;
  /** How each trigger was last judged, by its key. */
  readonly evaluations: ReadonlyMap<string, Evaluation>;
}

/** What is seen of a session at one moment: the document, the run, and what waits for an answer. */
export interface SessionInput {
  /** When this was looked at, in milliseconds since 1970; left out: no soak that has begun is over. */
  readonly now?: number;
  readonly runbook: Runbook;
  /** Null before a run has been started. */
  readonly state: RunState | null;
  readonly prompt: PromptView | null;
  /** The plan being looked at; stays while its rollback runs and until it is closed. */
  readonly plan: RollbackPlan | null;
  /** Hashes that rehearsals of the levels are held against; left out where nobody rehearses. */
  readonly rehearsable?: RehearsableLevels;
  /** "Run until the next gate" is on. */
  readonly runningOn: boolean;
  /** The rollback that runs has used up its budget: the next level is offered, nothing starts by itself. */
  readonly overBudget: boolean;
  /** What the document has become since the run began or was rebased; nothing while no run goes on. */
  readonly drift: Drift;
  /** Its text is another than the one that the run goes by. */
  readonly isEdited: boolean;
  /** Titles of recorded steps that the document no longer has. */
  readonly vanishedSteps: readonly string[];
  /** Why nothing can be run: another window drives the run, a newer format, … Null when it can. */
  readonly lockedBecause: string | null;
  /** Damage found in the record, in words. */
  readonly damage: readonly string[];
  /** Last lines of output of the running execution, by execution id. */
  readonly liveOutput: ReadonlyMap<string, string>;
  /** Executions of an earlier window that were found again: what they print is not heard here. */
  readonly foundAgain: ReadonlySet<string>;
  /** What waits to be tried again, or null. */
  readonly repetition?: Repetition | null;
  /** The checks that are being run together, or were last; null: none were. */
  readonly verification?: Verification | null;
  /** What is measured; left out or null where nothing can be. */
  readonly monitors?: MonitorsInput | null;
  /** What the records of other runs say of backups and of what is deployed; left out until somebody has looked. */
  readonly past?: PastFacts;
  /** The last error that a person has to know, until the next command succeeds. */
  readonly error: string | null;
}

/** What a view is made from: a session, and what only the host knows. */
export interface ViewInput extends SessionInput {
  /** false in Restricted Mode: everything can be read, nothing can be run. */
  readonly trusted: boolean;
  /** Of the folder now; a run shows the one it was started at. */
  readonly git: GitState | null;
  /** Name of the person at the keyboard, shown as "you". */
  readonly me: string | null;
  /** Words for a point in time, in the person's own locale and time zone. */
  readonly formatTime: (iso: string) => string;
  /** The record lies where git can take it. */
  readonly isShared: boolean;
  /** How long steps took in earlier runs; empty until the host has looked. */
  readonly pastDurations: PastDurations;
  /** Rehearsals of levels in other runs of this runbook; left out until the host has looked. */
  readonly pastRehearsals?: readonly Rehearsal[];
  /** Why what is shown is older than the text that is being written; null or left out: it is not. Then nothing is started or run but what takes something back. */
  readonly staleBecause?: string | null;
  /** Notices of the host's own: where the record goes, a document that is gone. */
  readonly hostNotices: readonly HostNotice[];
  /** The package that the runbook belongs to; null or left out for none. */
  readonly package?: PackageInput | null;
}

/** Something that the host has to say about this document. */
export interface HostNotice {
  readonly id: string;
  readonly severity: Severity;
  readonly text: string;
}
