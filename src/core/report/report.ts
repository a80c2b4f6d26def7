import type { ExpectationFact } from '../checks/compareOutput.ts';
import type { Anchor, Finding } from '../record/integrity.ts';
import type { DerivedStatus } from '../run/derived.ts';
import type { Actor, Attempt, GitState, Outcome, OutputReference, RunOutcome, RunReference, TakenValue } from '../run/events.ts';
import type { RunSetup } from '../run/setup/setup.ts';
import type { SectionRole, StepKind } from '../runbook/model.ts';
import type { StatusFact } from '../status/runFacts.ts';
import type { Timeline } from './timeline.ts';

/**
 * A run as a report tells it: plain data from which every format is written,
 * and which is the JSON format itself. Times are ISO 8601 as the writers'
 * clocks stated them, durations are milliseconds, persons are as git's settings
 * state them (not proven), and null stands for what is not known or not there.
 * Fields may be added; those that are here keep their meaning as long as
 * `formatVersion` is the same.
 */
export interface RunReport {
  readonly formatVersion: 1;
  /** Of the runbook at the start. */
  readonly title: string;
  /** The runbook's path as the record has it. */
  readonly file: string;
  readonly runId: string;
  readonly git: GitState | null;
  /** Environment, inputs and checks of the start, secrets by name alone; left out when it asked for nothing. */
  readonly setup?: RunSetup;
  /** The run of another runbook that it is a part of; left out for one of its own. */
  readonly partOf?: RunReference;
  /** Values that it used from other runs of its package, the last of each; left out for none. */
  readonly taken?: readonly TakenValue[];
  /** Runs of other runbooks that are a part of it, oldest first, as far as they lie beside it; left out for none. */
  readonly members?: readonly ReportMember[];
  /** Runs beside it that are, or may be, a part of it and could not be read, as sentences; left out for none. */
  readonly membersUnread?: readonly string[];
  readonly startedAt: string | null;
  readonly startedBy: Actor | null;
  readonly endedAt: string | null;
  /** From start to end; null while it goes on, or when the clocks contradict it. */
  readonly durationMs: number | null;
  /** `open`: it has not ended. */
  readonly outcome: RunOutcome | 'open';
  readonly outcomeReason: string | null;
  /** Everybody who did something in it, in the order in which they appeared. */
  readonly people: readonly Actor[];
  readonly counts: ReportCounts;
  /** What was filled in, by name. */
  readonly fields: readonly { readonly name: string; readonly value: string }[];
  /** Times at which the run took an edited text of its runbook; the steps are those of the last one. */
  readonly rebases: readonly { readonly at: string; readonly by: Actor; readonly textSha256: string }[];
  /** Soaks that a person did not wait for, in the order of the record. */
  readonly soaksEndedEarly: readonly ReportSoakEnd[];
  /** What took longer than its budget, as it was noticed during the run; see `timeline` for what the times say. */
  readonly overruns: readonly ReportOverrun[];
  /** What outlives it, as its commands did it: backups that were made, removed and restored, what was stated to be deployed. Left out for nothing. */
  readonly status?: readonly StatusFact[];
  /** Triggers that fired, in order; they ran nothing. */
  readonly firings: readonly ReportFiring[];
  /** In document order, those with steps. */
  readonly sections: readonly ReportSection[];
  /** Steps in the record that the runbook's text does not have. */
  readonly strays: readonly ReportStep[];
  readonly rollbacks: readonly ReportRollback[];
  /** Levels that were gone through as practice; left out when there are none. */
  readonly rehearsals?: readonly ReportRollback[];
  /** What reviewers said, oldest first. */
  readonly reviews: readonly ReportReview[];
  readonly integrity: ReportIntegrity;
  readonly timeline: Timeline;
}

/** A run that is a part of the one that is reported. */
export interface ReportMember extends RunReference {
  readonly title: string;
  readonly startedAt: string | null;
  readonly startedBy: Actor | null;
  readonly endedAt: string | null;
  readonly outcome: RunOutcome | 'open';
  readonly outcomeReason: string | null;
  /** Steps of its way forward, and those that are done or skipped; null when its text is not kept. */
  readonly steps: { readonly total: number; readonly settled: number } | null;
  readonly rollbacks: readonly Pick<ReportRollback, 'level' | 'title' | 'outcome' | 'startedAt' | 'words'>[];
}

/** A section or step, with its title in the runbook; its id when only the record has it. */
export interface ReportSubject {
  readonly kind: 'section' | 'step';
  readonly id: string;
  readonly title: string;
}

export interface ReportSoakEnd {
  readonly subject: ReportSubject;
  readonly since: string;
  /** When it would have been over. */
  readonly until: string;
  readonly by: Actor;
  readonly at: string;
  readonly reason: string;
}

export interface ReportOverrun {
  readonly subject: ReportSubject;
  readonly since: string;
  readonly budgetSeconds: number;
  /** When it was noticed. */
  readonly at: string;
}

export interface ReportFiring {
  /** The condition, e.g. `Error rate > 5 % for 5 min`. */
  readonly words: string;
  /** Rollback level that the runbook advises then. */
  readonly level: number | null;
  /** Since when it had held. */
  readonly since: string;
  readonly at: string;
  /** Null: it was not seen to end. */
  readonly clearedAt: string | null;
  /** The values that made it fire, as far as they are recorded. */
  readonly samples: readonly { readonly at: string; readonly value: number }[];
}

/** Steps of the way forward; a gate counts once. */
export interface ReportCounts {
  readonly total: number;
  /** Done or skipped. */
  readonly settled: number;
  /** Failed or unknown. */
  readonly failed: number;
  /** Steps that a person skipped, in the whole runbook. */
  readonly skipped: number;
  /** Steps that a person marked done although their command did not succeed. */
  readonly forced: number;
  /** Executions that ended in anything but success, tried again or not. */
  readonly failedAttempts: number;
  readonly rollbacks: number;
}

export interface ReportSection {
  /** Null for steps outside any section. */
  readonly id: string | null;
  readonly title: string;
  readonly depth: number;
  readonly role: SectionRole | null;
  readonly budgetSeconds: number | null;
  readonly steps: readonly ReportStep[];
}

export interface ReportStep {
  readonly id: string;
  readonly title: string;
  readonly kind: StepKind;
  /** Levels below the outermost step. */
  readonly depth: number;
  /** Not part of the way forward. */
  readonly aside: boolean;
  /** Person or role that the document names. */
  readonly owner: string | null;
  readonly status: DerivedStatus;
  /** The status in words, with who and when, e.g. `marked done by Ada, 2026-01-05 14:09 UTC`. */
  readonly words: string;
  readonly doneBy: 'tick' | 'command' | 'forced' | 'decision' | null;
  readonly decision: 'go' | 'no-go' | null;
  /** Another choice of the same gate was taken. */
  readonly notTaken: boolean;
  readonly by: Actor | null;
  readonly at: string | null;
  readonly note: string | null;
  /** Why it was skipped, or marked done. */
  readonly reason: string | null;
  /** Its record was made with an earlier text, and a person left it so. */
  readonly earlierText: boolean;
  /** What the runbook's text has to be run there. */
  readonly commands: readonly { readonly language: string; readonly text: string }[];
  /** Each time one of its commands was run, oldest first. */
  readonly attempts: readonly ReportAttempt[];
}

export interface ReportAttempt {
  readonly executionId: string;
  /** Which of the owner's commands, from 1, of how many. */
  readonly command: number;
  readonly ofCommands: number;
  /** The bytes that were run. */
  readonly text: string;
  readonly sha256: string;
  readonly shell: string;
  /** What ran it and the variables that it alone got, in words; left out for nothing. */
  readonly how?: readonly string[];
  /** The value that it printed, in words; left out for none. */
  readonly captured?: string;
  /** It is not what the runbook's text has there, apart from what was filled in. */
  readonly isChanged: boolean;
  readonly startedAt: string;
  readonly startedBy: Actor;
  readonly endedAt: string | null;
  readonly durationMs: number | null;
  /** Null: no end is known. */
  readonly outcome: Outcome | null;
  readonly exitCode: number | null;
  readonly succeeded: boolean;
  /** For example `exit 1 · 4.2 s`. */
  readonly words: string;
  /** How what was expected of its output turned out; null when nothing was. */
  readonly expectation: ExpectationFact | null;
  /** A check that was run out of its order: it says nothing of whether its step is done. */
  readonly isProbe: boolean;
  /** Which attempt it was of those that a retry allows; null without one. */
  readonly attempt: Attempt | null;
  /** It was to keep running while the run went on. */
  readonly isBackground: boolean;
  /** The number of its own terminal when it could run at the same time as others; null: the run's, or that of its step in the background. */
  readonly lane: number | null;
  /** A person asked for its end. */
  readonly stopRequested: boolean;
  /** What a person accepted before it ran. */
  readonly acknowledged: readonly { readonly name: string; readonly words: string }[];
  /** Last lines of output; null when it was not observed. */
  readonly outputTail: string | null;
  /** What is kept of its output in the run's folder, as `output/<execution id>.txt`; null: nothing. */
  readonly output: OutputReference | null;
}

/** A remark or a decision of a reviewer. */
export interface ReportReview {
  readonly kind: 'remark' | 'approved' | 'rejected';
  /** Null: it is about the whole run. */
  readonly stepId: string | null;
  /** Title of that step; its id when only the record has it. */
  readonly step: string | null;
  /** The remark, or what was said to a decision. */
  readonly text: string | null;
  readonly by: Actor;
  readonly at: string;
  /** What it speaks of was changed after it, or the same person decided again. */
  readonly isOvertaken: boolean;
}

export interface ReportRollback {
  readonly id: string;
  readonly level: number;
  readonly title: string;
  readonly startedAt: string;
  readonly startedBy: Actor;
  readonly endedAt: string | null;
  readonly durationMs: number | null;
  readonly budgetSeconds: number | null;
  /** It took longer than its budget; null when its length or budget is not known. */
  readonly isOverBudget: boolean | null;
  readonly outcome: 'succeeded' | 'failed' | 'abandoned' | 'open';
  readonly reason: string | null;
  /** For example `succeeded after 1 m 11 s, over its budget of 1 min`. */
  readonly words: string;
  readonly commands: readonly ReportRollbackCommand[];
  /** What is still changed after it, in lists under headings; empty when the record knows of nothing, and for all but the last rollback. */
  readonly remains: readonly { readonly heading: string; readonly items: readonly string[] }[];
}

export interface ReportRollbackCommand {
  readonly purpose: 'undo' | 'verify';
  /** Ids of the steps that it takes back; empty for commands of a level. */
  readonly undoes: readonly string[];
  /** In a rehearsal: it was read, and not run. */
  readonly shownOnly?: true;
  readonly text: string;
  readonly language: string;
  readonly attempts: readonly ReportAttempt[];
}

export interface ReportIntegrity {
  /** Nothing was found. It says nothing about who wrote the record: see the anchor. */
  readonly isComplete: boolean;
  readonly findings: readonly { readonly finding: Finding; readonly words: string }[];
  readonly anchor: Anchor;
  readonly anchorWords: string;
}
