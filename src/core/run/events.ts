/**
 * The facts of a run. Events are appended and never changed; everything that
 * is shown is folded from them (see evolve.ts).
 */

import type { ExpectationFact } from '../checks/compareOutput.ts';
import type { StatedNames } from '../runbook/backups/model.ts';
import type { OutputExpectation } from '../runbook/expectation.ts';
import type { NamedValue } from '../runbook/setup/model.ts';
import type { PreflightCheck, RunEnvironment } from './setup/setup.ts';

/** How a command ended. Only an allowed exit code completes a step. */
export type Outcome =
  /** The process ended by itself; above 128 the shell may mean a signal. */
  | { readonly kind: 'exited'; readonly code: number }
  /** The runner was told to end it by a signal (a closed terminal, for example). */
  | { readonly kind: 'signalled'; readonly signal: string }
  /** A person pressed Stop and it ended; the code as far as it is known. */
  | { readonly kind: 'cancelled'; readonly code: number | null }
  /** A request was sent and an answer came, with this status. */
  | { readonly kind: 'answered'; readonly status: number }
  /** A request was sent, or tried to be, and no answer came: refused, broken off, not trusted. */
  | { readonly kind: 'unanswered'; readonly reason: string }
  /** A file was written. SHA-256 (hex) of its content `before` (null: it was created) and `after`. */
  | { readonly kind: 'written'; readonly before: string | null; readonly after: string }
  | { readonly kind: 'timedOut'; readonly afterSeconds: number }
  /** There was nothing to do, and it was not run: the step is done all the same. */
  | { readonly kind: 'unneeded'; readonly reason: string }
  /** The runner never began: nothing was run. */
  | { readonly kind: 'notStarted'; readonly reason: string }
  /** It began, it is gone, and nobody knows how it ended. */
  | { readonly kind: 'lost'; readonly reason: string };

/** Who did it, as git's settings state it. Not proven. */
export interface Actor {
  readonly name: string;
  readonly email: string | null;
}

/** One of several attempts of a command, from 1. */
export interface Attempt {
  readonly number: number;
  readonly of: number;
}

/** A file of the workspace that a step writes. */
export interface FileTarget {
  readonly path: string;
  readonly before: string | null;
}

/** What a block has to do with backups, and which ones it was given. */
export type BackupFact =
  /** What it captures is the name of a backup of this kind. */
  | { readonly act: 'makes'; readonly of: string }
  /** Names of those that it removes, oldest first, and how many were to stay. */
  | { readonly act: 'prunes'; readonly of: string; readonly names: readonly string[]; readonly stay: number }
  /** The one that it restores, when it was made, and the run that made it. */
  | { readonly act: 'restores'; readonly of: string; readonly name: string; readonly madeAt: string; readonly run: string };

/** Where a command belongs: to a step, or to a rollback. */
export type CommandOwner =
  | { readonly kind: 'step'; readonly stepId: string }
  | { readonly kind: 'rollback'; readonly rollbackId: string };

/** The file `output/<execution id>.txt` of a run's folder. */
export interface OutputReference {
  readonly bytes: number;
  /** SHA-256 of the file (hex). */
  readonly sha256: string;
  /** Something was left out of it; the text says where. */
  readonly cut: boolean;
}

/** What of a runbook was edited: one of its steps, or a rollback level. */
export type DriftSubject = { readonly kind: 'step'; readonly stepId: string } | { readonly kind: 'level'; readonly level: number };

/** A value that a monitor gave. */
export interface FiringSample {
  /** ISO 8601. */
  readonly at: string;
  readonly value: number;
}

/** What has a soak or a budget: a section, or a step. */
export type TimeSubject = { readonly kind: 'section'; readonly sectionId: string } | { readonly kind: 'step'; readonly stepId: string };

/** The run of another runbook of the same package. */
export interface RunReference {
  readonly runId: string;
  /** Path of its runbook, as its own record has it. */
  readonly file: string;
}

/** A value that was stated in another run of the package, and is used here from now on. */
export interface TakenValue {
  readonly name: string;
  readonly value: string;
  /** `field`: it was typed for a placeholder; `value`: commands get it as an environment variable. */
  readonly kind: 'field' | 'value';
  /** Where it was stated, and when (ISO 8601). */
  readonly from: RunReference;
  readonly at: string;
}

export type RunEventBody =
  | {
      readonly type: 'run.started';
      readonly title: string;
      /** Path of the runbook relative to its workspace folder, or absolute outside one. */
      readonly file: string;
      /** SHA-256 of the runbook's text at the start (hex). */
      readonly textSha256: string;
      readonly git: GitState | null;
      /** Where it goes; left out when the runbook has no environments. */
      readonly environment?: RunEnvironment;
      /** Values of inputs, secrets aside; left out when the runbook asks for none. */
      readonly inputs?: readonly NamedValue[];
      /** Names of the secrets that commands get; their values are in no record. */
      readonly secrets?: readonly string[];
      /** What was looked at before the start. */
      readonly preflight?: readonly PreflightCheck[];
      /** Why it was started although a check had failed. */
      readonly preflightReason?: string;
      /** The run of another runbook that it is a part of; left out for one of its own. */
      readonly partOf?: RunReference;
    }
  /** What other runs of the package state by now, each the newest statement of its name. */
  | { readonly type: 'values.taken'; readonly values: readonly TakenValue[] }
  | { readonly type: 'step.ticked'; readonly stepId: string; readonly note: string | null }
  | { readonly type: 'step.unticked'; readonly stepId: string }
  | { readonly type: 'step.skipped'; readonly stepId: string; readonly reason: string }
  /** Marked done by a person although its command did not succeed. */
  | { readonly type: 'step.forced'; readonly stepId: string; readonly reason: string }
  /** Taken back to open by a person. */
  | { readonly type: 'step.reopened'; readonly stepId: string }
  | { readonly type: 'gate.decided'; readonly stepId: string; readonly sectionId: string; readonly decision: 'go' | 'no-go'; readonly note?: string }
  | { readonly type: 'field.filled'; readonly name: string; readonly value: string }
  | {
      readonly type: 'command.started';
      readonly executionId: string;
      readonly owner: CommandOwner;
      /** Index among the owner's commands. */
      readonly index: number;
      /** How many commands the owner had at that moment; all of them have to succeed. */
      readonly count: number;
      /** SHA-256 of the bytes that are run (hex). */
      readonly sha256: string;
      /** The bytes that are run. */
      readonly text: string;
      /** The block as it stands in the document, when placeholders made the bytes differ; else null. */
      readonly source: string | null;
      readonly shell: string;
      /** What a person was asked and accepted before it ran, e.g. `hidden-characters`. */
      readonly acknowledged: readonly string[];
      /** Exit codes that count as success; left out: 0 alone. */
      readonly exit?: readonly number[];
      /** What its output has to be like; left out: anything. */
      readonly expect?: readonly OutputExpectation[];
      /** A check that was run out of its order: it says nothing of whether its step is done. Left out: it counts. */
      readonly probe?: true;
      /** Which attempt it is when it is tried again until it succeeds. */
      readonly attempt?: Attempt;
      /** Program and arguments that got the block as a file, when no shell ran it. */
      readonly program?: readonly string[];
      /** Variables that the document gives to this block alone. */
      readonly env?: readonly NamedValue[];
      /** The file that is written with the text, and the SHA-256 (hex) of what was there when it was shown; null: nothing. */
      readonly file?: FileTarget;
      /** Name of the value that its standard output becomes. */
      readonly capture?: string;
      /** It keeps running while the run goes on, in a terminal of its own. */
      readonly background?: true;
      /** It may run at the same time as others: the number of its own terminal, from 1. Left out: the run's terminal. */
      readonly lane?: number;
      /** It makes, removes or restores backups. */
      readonly backup?: BackupFact;
      /** Names of the values that say what is deployed once it has succeeded. */
      readonly states?: StatedNames;
      /** It changes nothing and only looks. */
      readonly check?: true;
    }
  /** A background command had begun, and was still running some seconds later: the run goes on. */
  | { readonly type: 'command.stayedUp'; readonly executionId: string }
  | { readonly type: 'command.stopRequested'; readonly executionId: string; readonly force: boolean }
  | {
      readonly type: 'command.ended';
      readonly executionId: string;
      readonly outcome: Outcome;
      readonly durationMs: number | null;
      /** Whether the environment and directory were carried on; null when unknown. */
      readonly environmentCarried: boolean | null;
      /** Last lines of output as observed, escape sequences removed, redacted; null when not observed. */
      readonly outputTail: string | null;
      /** What is kept of the output beside the events; null or left out when not observed or not kept. */
      readonly output?: OutputReference | null;
      /** How what was expected of its output turned out; left out when nothing was. */
      readonly expectation?: ExpectationFact | null;
      /** The value that its standard output became; left out when none was asked for, or it could not be taken. */
      readonly captured?: string;
    }
  | ({ readonly type: 'rollback.started' } & RollbackStart)
  | ({ readonly type: 'rollback.ended' } & RollbackEnd)
  | ({ readonly type: 'rehearsal.started' } & RehearsalStart)
  | ({ readonly type: 'rehearsal.ended' } & RollbackEnd)
  /** A person has read what was edited there during the run. `sha256`: over the difference that was shown (hex). */
  | { readonly type: 'drift.acknowledged'; readonly subject: DriftSubject; readonly sha256: string }
  | {
      /** The run goes by another text of its runbook from here on. */
      readonly type: 'run.rebased';
      /** SHA-256 of the text that it went by (hex), or null when that is not known. */
      readonly fromSha256: string | null;
      /** SHA-256 of the text that it goes by now (hex). */
      readonly textSha256: string;
      /** Steps whose records are carried to another id. */
      readonly renamed: readonly { readonly from: string; readonly to: string }[];
      /** Steps that are open again, because their content is another. */
      readonly reopened: readonly string[];
      /** Steps that a person left as they were, although their content is another. */
      readonly kept: readonly string[];
    }
  /** A person did not wait for the rest of a soak. `since`: when that soak began; another one of the same subject is not meant. */
  | { readonly type: 'soak.endedEarly'; readonly subject: TimeSubject; readonly since: string; readonly until: string; readonly reason: string }
  /** It has taken longer than the runbook says. It stops nothing, and is recorded once. `since`: when it began. */
  | { readonly type: 'budget.overrun'; readonly subject: TimeSubject; readonly since: string; readonly budgetSeconds: number }
  /** A person has seen the commands of all monitors, and agreed that they are run while this run goes on. */
  | {
      readonly type: 'monitors.agreed';
      /** SHA-256 over all of them and how they are run (hex): others are not agreed to. */
      readonly sha256: string;
      readonly monitors: readonly { readonly name: string; readonly shell: string; readonly text: string; readonly everySeconds: number }[];
    }
  /** A person wants them run no longer. */
  | { readonly type: 'monitors.stopped' }
  /** What a trigger waits for has held for its time. It runs nothing. */
  | {
      readonly type: 'trigger.fired';
      /** Of the condition; see core/monitor/watched.ts. */
      readonly trigger: string;
      /** For example `Error rate > 5 % for 5 min`. */
      readonly words: string;
      /** Rollback level that the runbook advises then. */
      readonly level: number | null;
      /** Since when it has held, ISO 8601. */
      readonly since: string;
      /** The latest values that say so, oldest first. */
      readonly samples: readonly FiringSample[];
    }
  /** It holds no longer. */
  | { readonly type: 'trigger.cleared'; readonly trigger: string }
  | { readonly type: 'run.ended'; readonly outcome: RunOutcome; readonly reason: string | null }
  /** What a reviewer says, of a step or of the run (null). */
  | { readonly type: 'remark.added'; readonly stepId: string | null; readonly text: string }
  /** What a reviewer decides. `consent`: before the step, which the runbook reserves for others. */
  | { readonly type: 'approval.given'; readonly stepId: string | null; readonly decision: 'approved' | 'rejected'; readonly note: string | null; readonly consent?: true };

export type RunOutcome = 'completed' | 'rolled-back' | 'stopped' | 'abandoned';

/** The beginning of a rollback, or of its rehearsal. */
export interface RollbackStart {
  readonly rollbackId: string;
  /** 0: what started is undone, by the blocks of its steps. */
  readonly level: number;
  readonly title: string;
  readonly budgetSeconds: number | null;
  /** SHA-256 over the plan that the person saw (hex). */
  readonly planSha256: string;
  /** The commands of the plan, then those that verify it. */
  readonly commands: readonly PlannedCommand[];
}

/** The end of a rollback, or of its rehearsal. */
export interface RollbackEnd {
  readonly rollbackId: string;
  /** `abandoned`: a person gave it up. */
  readonly outcome: 'succeeded' | 'failed' | 'abandoned';
  readonly reason: string | null;
}

/** The beginning of a rehearsal: a level is gone through as practice, and nothing counts as rolled back. */
export interface RehearsalStart extends RollbackStart {
  /** SHA-256 over the plan of the level itself (hex): with another one the rehearsal says nothing of it any more. */
  readonly levelSha256: string;
  /** SHA-256 of the runbook's text (hex). */
  readonly textSha256: string;
}

export interface PlannedCommand {
  readonly purpose: 'undo' | 'verify';
  readonly text: string;
  readonly language: string;
  readonly line: number;
  readonly sha256: string;
  /** Ids of the steps that it takes back; left out for commands of a level. */
  readonly undoes?: readonly string[];
  /** In a rehearsal: a person reads it, and it is not run. */
  readonly shownOnly?: true;
  /** Backups that it is given. */
  readonly backup?: BackupFact;
}

export interface GitState {
  readonly branch: string | null;
  readonly commit: string | null;
  readonly clean: boolean | null;
}

/** An event as the record holds it. */
export interface RunEvent {
  /** Version of the record's format; a newer one than RECORD_VERSION is only read. */
  readonly v: number;
  readonly id: string;
  readonly run: string;
  readonly writer: string;
  /** Sequence number of this writer, from 1. */
  readonly seq: number;
  /** The last sequence seen of every other writer. */
  readonly heads: Readonly<Record<string, number>>;
  /** SHA-256 of the writer's previous line, or null for the first. */
  readonly prev: string | null;
  /** ISO 8601 with milliseconds, for display only. */
  readonly time: string;
  readonly actor: Actor;
  readonly body: RunEventBody;
}

/** An event before the store has given it its place in the record. */
export type NewEvent = Pick<RunEvent, 'id' | 'run' | 'time' | 'actor' | 'body'>;

/** The version of the record's format that this version writes. */
export const RECORD_VERSION = 1;
