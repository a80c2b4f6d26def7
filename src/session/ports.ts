import type { HttpAnswer } from '../core/checks/compareAnswer.ts';
import type { HttpRequest } from '../core/checks/httpRequest.ts';
import type { ProbeResult } from '../core/monitor/sample.ts';
import type { HeardText, OutputText } from '../core/record/recordedOutput.ts';
import type { CapturedText } from '../core/run/capture.ts';
import type { FileNow } from '../core/run/fileWrite.ts';
import type { Actor, GitState, NewEvent, Outcome, OutputReference, RunEvent } from '../core/run/events.ts';
import type { PastFacts } from '../core/status/pastFacts.ts';
import type { Checkout } from '../core/run/setup/preflight.ts';
import type { PackageRecords } from '../core/run/package/packageRecords.ts';

/** A terminal beside the run's own, with an environment that no other step gets. */
export interface OwnTerminal {
  /** Tells it from the run's others, over a reload too. */
  readonly key: string;
  /** Words for its tab. */
  readonly title: string;
  /** Name under which its environment is kept apart, `[a-z0-9]+`. */
  readonly carry: string;
  /** The environment begins as the run has it now; else as the block before under this name left it. */
  readonly anew: boolean;
}

/** What has to be run, with the exact bytes. */
export interface ExecutionRequest {
  readonly runId: string;
  readonly executionId: string;
  /** Words for the terminal's heading. */
  readonly title: string;
  /** Interpreter: `bash`, `sh`, `zsh`, `fish`, `pwsh`, `cmd`; `program`: the one that `program` names. */
  readonly shell: string;
  /** Program, as the document has it, and its arguments: it gets the block as a file. */
  readonly program?: readonly string[];
  /** Its standard output is kept apart for a value. */
  readonly captures?: true;
  /** The block, LF line ends. */
  readonly text: string;
  readonly sha256: string;
  readonly timeoutSeconds: number | null;
  /** Directory as written in the document, relative to the workspace folder; null: where the run stands. */
  readonly cwd: string | null;
  /** Values for this block only: name to value. */
  readonly variables: Readonly<Record<string, string>>;
  /** More of them that must not outlive the command anywhere, and are masked in what is heard of it. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Left out: the run's own terminal, and the environment that its steps carry on. */
  readonly terminal?: OwnTerminal;
}

export interface ExecutionResult {
  readonly outcome: Outcome;
  readonly durationMs: number | null;
  readonly environmentCarried: boolean | null;
  /** Last lines, plain and not yet redacted; null when not observed. */
  readonly outputTail: string | null;
  /** What was heard of it, plain and not yet redacted; null or left out when not observed. */
  readonly output?: ObservedOutput | null;
  /** What was kept of its standard output; null or left out when that was not asked for. */
  readonly captured?: CapturedText | null;
}

/** Both ends of what a command printed. */
export type ObservedOutput = HeardText;

/** Runs blocks and says how they ended. It never guesses an exit code. */
export interface StepExecutor {
  /**
   * Runs one block and resolves once its end is known (or known to be lost).
   * Never rejects: what goes wrong is an outcome.
   */
  execute(request: ExecutionRequest): Promise<ExecutionResult>;
  /** Finds a block again that was started earlier, by this process or another. `terminal`: key of the one that it had of its own. */
  recover(runId: string, executionId: string, terminal?: string): Promise<ExecutionResult>;
  /** Asks a running block to end. `force` does not ask politely. */
  stop(executionId: string, force: boolean): Promise<void>;
  /** Brings the run's terminal, or the one with this key, into view. */
  show(runId: string, terminal?: string): void;
  /** The run is over: its private folder may go. */
  release(runId: string): Promise<void>;
  /** Calls back once a block is seen to run; returns the way to stop listening. */
  onDidBegin(listener: (executionId: string) => void): () => void;
  /** Calls back with the last lines of output while a block runs; returns the way to stop listening. */
  onDidOutput(listener: (executionId: string, tail: string) => void): () => void;
}

/** Where a run's events are kept. */
export interface EventStore {
  /** Every event of the run, of all writers. Damaged lines are reported, not thrown. */
  read(runId: string): Promise<{ readonly events: readonly RunEvent[]; readonly damage: readonly string[] }>;
  /**
   * Gives the event its place (writer, sequence, heads, hash of the line before)
   * and resolves with it once it is on disk. Rejects with a UserError when it
   * could not be written, or when another window has taken the run over;
   * nothing may be shown as done then.
   */
  append(event: NewEvent): Promise<RunEvent>;
  /**
   * Keeps what an execution has printed, before its end is appended. Resolves
   * with what the end has to say of it once it is on disk; null when there is
   * an output of it already, which stays. Rejects with a UserError when it could not be written.
   */
  saveOutput(runId: string, executionId: string, output: OutputText): Promise<OutputReference | null>;
  /** What an execution has printed, or null when nothing of it was kept. */
  readOutput(runId: string, executionId: string): Promise<string | null>;
  /**
   * Keeps a text that the run goes by: without `sha256` (hex, of the text) the one at its start,
   * with it one that a rebase takes. A text that is kept is never replaced.
   */
  saveText(runId: string, text: string, sha256?: string): Promise<void>;
  /** A kept text, or null. It is not checked against its hash: who reads it does. */
  readText(runId: string, sha256?: string): Promise<string | null>;
  /** Runs in this workspace, newest first. */
  list(): Promise<readonly string[]>;
  /**
   * Claims the right to drive a run. Resolves to null when it is ours, else to
   * words about who holds it.
   */
  claim(runId: string, takeOver: boolean): Promise<string | null>;
  /** Words about the living window that drives a run; null when it is this one, or none. Claims nothing. */
  holder(runId: string): Promise<string | null>;
  release(runId: string): Promise<void>;
}

export type HttpResult =
  | { readonly kind: 'answered'; readonly answer: HttpAnswer }
  /** Refused, broken off, a name that is not known, a certificate that is not trusted: in words. */
  | { readonly kind: 'unanswered'; readonly reason: string }
  | { readonly kind: 'timedOut' }
  | { readonly kind: 'cancelled' };

/** Sends requests of checks. */
export interface HttpClient {
  /** Sends it once, follows no redirect, and resolves with what came of it. Never rejects. */
  send(id: string, request: HttpRequest, timeoutSeconds: number): Promise<HttpResult>;
  /** Waits for that answer no longer. */
  cancel(id: string): void;
}

/** Files of the workspace that steps write. Paths are as documents have them, relative to the workspace folder. */
export interface WrittenFiles {
  /** What is there now. Rejects with a UserError when the path leads where no step writes, or is being edited. */
  look(path: string): Promise<FileNow>;
  /**
   * Replaces it as a whole, or creates it, and resolves once that is on disk. Rejects with a UserError
   * when it is no longer what it was (`before`: SHA-256 as hex; null: nothing); then nothing was written.
   */
  write(path: string, text: string, before: string | null): Promise<void>;
}

/** A command that prints a number. */
export interface ProbeRequest {
  readonly id: string;
  /** Interpreter: `bash`, `sh`, `zsh`, `fish`, `pwsh`, `cmd`. */
  readonly shell: string;
  /** The block, LF line ends. */
  readonly text: string;
  readonly timeoutSeconds: number;
  readonly variables: Readonly<Record<string, string>>;
}

/** Runs the commands of monitors, in the workspace, without a terminal. */
export interface MonitorProbe {
  /** Runs it once. Never rejects: what goes wrong is a result. */
  probe(request: ProbeRequest): Promise<ProbeResult>;
  /** Ends it with everything that it started. */
  cancel(id: string): void;
}

export interface VersionControl {
  /** Null outside a repository or without git. */
  state(): Promise<GitState | null>;
  actor(): Promise<Actor>;
  /** What a start is held against. Asks nobody over a network. Null outside a repository, without git or when it takes too long. */
  checkout(): Promise<Checkout | null>;
}

/** The records of all runs of the workspace. */
export interface StatusSource {
  /** What they say of backups and of what is deployed. Never rejects: a record that cannot be read is named. */
  read(): Promise<PastFacts>;
}

/** Keeps secrets for a runbook, outside of its files and of any record. Each environment (null: no environment) has its own. */
export interface SecretVault {
  get(environment: string | null, name: string): Promise<string | null>;
  keep(environment: string | null, name: string, value: string): Promise<void>;
  forget(environment: string | null, name: string): Promise<void>;
}

/** Other runs of the package that a runbook belongs to. */
export interface PackageRuns {
  /**
   * Runs of its runbooks in this workspace that were driven from here, as this window knows them, else as they are on disk:
   * those that go on, and those that belong together with one of them or with this runbook's own.
   * Never rejects: what cannot be read is named.
   */
  read(): Promise<PackageRecords>;
}

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls back once after so many milliseconds; returns the way to cancel. */
  after(ms: number, callback: () => void): () => void;
}

export interface IdSource {
  /** Sortable, unique run id (ULID). */
  runId(): string;
  id(): string;
  sha256(text: string): string;
}
