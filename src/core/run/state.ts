import type { ExpectationFact } from '../checks/compareOutput.ts';
import type { Expectation } from '../runbook/expectation.ts';
import type { Actor, Attempt, BackupFact, CommandOwner, FileTarget, FiringSample, GitState, Outcome, OutputReference, PlannedCommand, RunOutcome, RunReference, TimeSubject } from './events.ts';
import type { StatedNames } from '../runbook/backups/model.ts';
import type { NamedValue } from '../runbook/setup/model.ts';
import type { RunSetup } from './setup/setup.ts';

/** What is known of one execution of one command. */
export interface ExecutionState {
  readonly executionId: string;
  readonly owner: CommandOwner;
  readonly index: number;
  /** How many commands the owner had at the start. */
  readonly count: number;
  readonly sha256: string;
  readonly text: string;
  /** The block as it stood in the document when that differs from `text`. */
  readonly source: string | null;
  readonly shell: string;
  readonly acknowledged: readonly string[];
  /** Its place among all starts of the run, from 1. */
  readonly startedAs: number;
  /** What success was said to be when it began. */
  readonly expects: Expectation;
  /** A check that was run out of its order. */
  readonly isProbe: boolean;
  /** Which attempt it is when it is tried again until it succeeds; else null. */
  readonly attempt: Attempt | null;
  /** Program and arguments that got the block as a file; left out when a shell ran it. */
  readonly program?: readonly string[];
  /** Variables that the document gave to this block alone; left out: none. */
  readonly env?: readonly NamedValue[];
  /** The file that is written with the text; left out when it is a command. */
  readonly file?: FileTarget;
  /** Name of the value that its standard output becomes; left out: none. */
  readonly capture?: string;
  /** That value, once it has been taken. */
  readonly captured?: string;
  /** Backups that it makes, removes or restores; left out: none. */
  readonly backup?: BackupFact;
  /** Names of the values that say what is deployed once it has succeeded; left out: it says nothing of that. */
  readonly states?: StatedNames;
  /** Those values as it was given them when it began; null: not known, or it captures it itself. */
  readonly statesGiven?: StatedValues;
  /** Those values, once it has succeeded; null: there was no such value. */
  readonly stated?: StatedValues;
  /** It changes nothing and only looks, as far as is recorded. */
  readonly isCheck: boolean;
  /** It keeps running while the run goes on. */
  readonly isBackground: boolean;
  /** Of a background one: when it was seen to stay up, so that the run goes on; else null. */
  readonly upAt: string | null;
  /** The number of its own terminal beside the run's, from 1; null: the run's, or that of its step in the background. */
  readonly lane: number | null;
  readonly startedAt: string;
  readonly startedBy: Actor;
  readonly stopRequested: 'no' | 'interrupt' | 'force';
  /** null: it has begun and no end is known ("running", or interrupted when nobody drives it). */
  readonly outcome: Outcome | null;
  readonly endedAt: string | null;
  readonly durationMs: number | null;
  /** Where its end stands in the record: after so many starts and so many ends; null: it has none. */
  readonly endedAs: { readonly starts: number; readonly ends: number } | null;
  readonly environmentCarried: boolean | null;
  readonly outputTail: string | null;
  /** What is kept of the output beside the events. */
  readonly output: OutputReference | null;
  /** How what was expected of its output turned out; null when nothing was, or nobody has looked. */
  readonly expectation: ExpectationFact | null;
}

/** What a block has stated to be deployed; what is left out it says nothing of. */
export interface StatedValues {
  readonly release?: string | null;
  readonly commit?: string | null;
  readonly schema?: string | null;
}

/**
 * `unknown` is a state of its own: a command was lost, and nobody may take it
 * for done or for harmless. `background`: its command was started and stayed up,
 * and runs on or was stopped on request; the run goes on beside it.
 */
export type StepStatus = 'open' | 'running' | 'done' | 'failed' | 'unknown' | 'skipped' | 'background';

/**
 * What the record says of one step. Derived parents are not in here, and the
 * choices of a gate that were not taken are not either: see derived.ts.
 */
export interface StepRecord {
  readonly stepId: string;
  readonly status: StepStatus;
  /** How it came to be done. */
  readonly doneBy: 'tick' | 'command' | 'forced' | 'decision' | null;
  readonly decision: 'go' | 'no-go' | null;
  readonly note: string | null;
  readonly reason: string | null;
  readonly at: string | null;
  readonly by: Actor | null;
  /** The place among all starts of the run of what a person last said was done; null when nothing was. */
  readonly saidAs: number | null;
  /** Executions of this step, oldest first. */
  readonly executionIds: readonly string[];
  /** Executions of a check out of its order, oldest first: they say nothing of its status. */
  readonly probeIds: readonly string[];
  /** The last of those is later than the last of `executionIds`. */
  readonly isProbedLast: boolean;
  /** Its record was made with an earlier text, and a person left it so in a rebase. */
  readonly earlierText: boolean;
  /** Where the present attempt begins in `executionIds`: successes before it no longer count. */
  readonly attemptFrom: number;
  /** The latest execution of each command in the present attempt, by the command's index: looked up, so that many attempts cost no walk. */
  readonly latest: ReadonlyMap<number, string>;
}

export interface RollbackState {
  readonly rollbackId: string;
  readonly level: number;
  readonly title: string;
  readonly budgetSeconds: number | null;
  /** What the person confirmed. */
  readonly planSha256: string;
  readonly commands: readonly PlannedCommand[];
  readonly startedAt: string;
  readonly startedBy: Actor;
  readonly executionIds: readonly string[];
  readonly outcome: 'succeeded' | 'failed' | 'abandoned' | null;
  readonly reason: string | null;
  readonly endedAt: string | null;
  /** Set when it is practice: then it stands among the rehearsals, and nothing counts as rolled back by it. */
  readonly rehearsal: { readonly levelSha256: string; readonly textSha256: string } | null;
}

/** What a reviewer said, of a step or of the run (null). */
export interface Remark {
  readonly stepId: string | null;
  readonly text: string;
  readonly by: Actor;
  readonly at: string;
}

/** What a reviewer decided. One decision of each person stands for a step or for the run; earlier ones are history. */
export interface Approval {
  readonly stepId: string | null;
  readonly decision: 'approved' | 'rejected';
  readonly note: string | null;
  readonly by: Actor;
  readonly at: string;
  /** Given before the step, which the runbook reserves for others: it lets the step go ahead. */
  readonly isConsent: boolean;
  /** What it speaks of was changed after it, or the same person decided again. */
  readonly isOvertaken: boolean;
}

/** A soak that a person did not wait for. */
export interface SoakEnd {
  readonly subject: TimeSubject;
  /** When the soak had begun, and when it would have been over. ISO 8601. */
  readonly since: string;
  readonly until: string;
  readonly reason: string;
  readonly by: Actor;
  readonly at: string;
}

/** Something took longer than its budget. */
export interface Overrun {
  readonly subject: TimeSubject;
  readonly since: string;
  readonly budgetSeconds: number;
  /** When that was noticed. */
  readonly at: string;
}

/** Somebody agreed that monitors are run. */
export interface MonitorConsent {
  readonly sha256: string;
  readonly by: Actor;
  readonly at: string;
}

/** A trigger fired. */
export interface Firing {
  readonly trigger: string;
  readonly words: string;
  readonly level: number | null;
  readonly since: string;
  readonly at: string;
  readonly samples: readonly FiringSample[];
  /** Null: it still holds, as far as is known. */
  readonly clearedAt: string | null;
}

/** Who said last what a value is, as far as this run knows. */
export interface Statement {
  readonly name: string;
  readonly value: string;
  readonly kind: 'field' | 'value';
  /** ISO 8601. */
  readonly at: string;
  /** The other run of the package that said it; null: this one. */
  readonly from: RunReference | null;
}

/** Executions by the order in which they began, from the last one back. */
export interface Begun {
  readonly executionId: string;
  readonly before: Begun | null;
}

export interface RunState {
  readonly runId: string | null;
  readonly title: string;
  readonly file: string;
  /** Of the runbook at the start; a rebase leaves it. */
  readonly textSha256: string | null;
  readonly git: GitState | null;
  /** Environment, inputs and checks of the start; null when it asked for nothing. */
  readonly setup: RunSetup | null;
  readonly startedAt: string | null;
  readonly startedBy: Actor | null;
  readonly steps: ReadonlyMap<string, StepRecord>;
  readonly executions: ReadonlyMap<string, ExecutionState>;
  readonly rollbacks: readonly RollbackState[];
  /** Levels that were gone through as practice, oldest first. */
  readonly rehearsals: readonly RollbackState[];
  /** How many things have started: commands, and steps that a person said were done. */
  readonly starts: number;
  /** How many ends of commands there are, so that they have an order. */
  readonly ends: number;
  /** Values of placeholders, by name. */
  readonly fields: ReadonlyMap<string, string>;
  /** Values that commands printed, by name: of each the one that succeeded last. */
  readonly captured: ReadonlyMap<string, string>;
  /** The run of another runbook that this one is a part of; null: it is a run of its own. */
  readonly partOf: RunReference | null;
  /** The newest statement of each value that is no secret, by `statementKey`: what other runs of the package can take. */
  readonly stated: ReadonlyMap<string, Statement>;
  /** The execution in the foreground: the latest that has begun, has no end and does not run in the background; or null. */
  readonly activeExecutionId: string | null;
  /** Every execution that has begun and has no end, in the order in which they began. */
  readonly running: ReadonlySet<string>;
  /** The active execution and those before it; of these some may have ended, or run in the background. */
  readonly begun: Begun | null;
  /** The rollback or rehearsal that has begun and has no end, or null. */
  readonly activeRollbackId: string | null;
  readonly ended: { readonly outcome: RunOutcome; readonly reason: string | null; readonly at: string } | null;
  /** What was decided at each gate, by section id. */
  readonly gates: ReadonlyMap<string, { readonly stepId: string; readonly decision: 'go' | 'no-go' }>;
  /** Gate sections that said No-Go: the run goes no further. */
  readonly noGo: { readonly stepId: string; readonly sectionId: string } | null;
  /** Everybody who did something in the run other than reviewing it, once each, in order. */
  readonly drivers: ReadonlyMap<string, Actor>;
  /** In order. */
  readonly remarks: readonly Remark[];
  readonly approvals: readonly Approval[];
  /** Edits of the runbook that a person has read, see drift/acknowledge.ts. */
  readonly acknowledgedDrift: ReadonlySet<string>;
  /** Texts of the runbook that the run took after its start, oldest first. */
  readonly rebases: readonly { readonly fromSha256: string | null; readonly textSha256: string; readonly at: string; readonly by: Actor }[];
  /** Soaks that were ended early, by `subjectKey` (see times.ts): of each subject the last one. */
  readonly soaksEnded: ReadonlyMap<string, SoakEnd>;
  /** What took longer than its budget, by `subjectKey`. */
  readonly overruns: ReadonlyMap<string, Overrun>;
  /** What was agreed to be measured, and still is; null: nothing. */
  readonly monitors: MonitorConsent | null;
  /** Times at which a trigger fired, in order. */
  readonly firings: readonly Firing[];
  /** Events that this version does not know, kept and counted. */
  readonly unknownEvents: number;
}
