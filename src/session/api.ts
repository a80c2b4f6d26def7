import type { PatternMatch } from '../core/checks/compareOutput.ts';
import type { Runbook } from '../core/runbook/model.ts';
import type { SessionInput } from '../core/view/input.ts';
import type { Clock, EventStore, HttpClient, IdSource, MonitorProbe, PackageRuns, SecretVault, StatusSource, StepExecutor, VersionControl, WrittenFiles } from './ports.ts';
import type { RollbackPlan } from '../core/rollback/plan.ts';

/** What a session works with. Panel, command line and tests hand in their own. */
export interface SessionPorts {
  readonly executor: StepExecutor;
  readonly store: EventStore;
  readonly versionControl: VersionControl;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly http: HttpClient;
  readonly files: WrittenFiles;
  /** Records of this and other runs, for what outlives a run. */
  readonly status: StatusSource;
  /** Matches patterns of authors, with a limit of time. */
  readonly matches: PatternMatch;
  /** Throws a UserError when nothing may be run here (Restricted Mode). Asked right before a start. */
  readonly assertTrusted: () => void;
  /** Runs the commands of monitors; left out where none are run. */
  readonly probe?: MonitorProbe;
  /** Where secrets can be kept; left out where there is no such place: then they are asked for each time. */
  readonly secrets?: SecretVault;
  /** Left out where a runbook stands alone: then no run is a part of another. */
  readonly packageRuns?: PackageRuns;
}

export interface SessionOptions {
  /** Path of the runbook as the record names it. */
  readonly file: string;
  /** Reads the text that was kept when a run began. */
  readonly parse: (text: string) => Runbook;
}

/** What a person asks a session to do. `revision` is the runbook revision that the person saw. */
export type SessionCommand =
  | { readonly type: 'startRun' }
  /** Runs the next command step. `stepId`: the step that was shown as the next one; refused when it is another by now. */
  | { readonly type: 'runNext'; readonly revision: number; readonly stepId?: string }
  | { readonly type: 'runUntilGate'; readonly revision: number }
  /** Stop running on by itself after the current step. */
  | { readonly type: 'pause' }
  | { readonly type: 'endRun' }
  | { readonly type: 'abandonRun' }
  | { readonly type: 'takeOver' }
  /** Shows the commands of all monitors, and asks to run them while this run goes on. */
  | { readonly type: 'watchMonitors' }
  | { readonly type: 'stopMonitors' }
  /** Asks why the soak that goes on is not waited for. */
  | { readonly type: 'endSoak' }
  /** Shows what taking the present text as the run's would do, and asks. */
  | { readonly type: 'rebaseRun' }
  | {
      readonly type: 'step';
      readonly action: 'run' | 'retry' | 'stop' | 'forceStop' | 'tick' | 'tickWithNote' | 'untick' | 'skip' | 'markDone' | 'reopen' | 'go' | 'noGo';
      readonly stepId: string;
      readonly revision: number;
    }
  /** Shows all checks of a section, or of the run (null), and asks to run them. */
  | { readonly type: 'verify'; readonly sectionId: string | null }
  /** `joins`: it was asked for in another runbook of the package, so that a run is begun as a part of that one, after its page. `rootId`: the run that everything there belongs to; null: none, or several. */
  | { readonly type: 'planRollback'; readonly level: number; readonly revision: number; readonly joins?: { readonly rootId: string | null } }
  /** Shows what rehearsing a level would run, and what it would only show. */
  | { readonly type: 'planRehearsal'; readonly level: number; readonly revision: number }
  /** Runs the plan that was shown; refused when the plan is another by now. */
  | { readonly type: 'confirmRollback'; readonly level: number; readonly planId: string }
  | { readonly type: 'confirmRehearsal'; readonly level: number; readonly planId: string }
  | { readonly type: 'stopRollback' }
  /** Goes on at the first command that has not succeeded. */
  | { readonly type: 'retryRollback' }
  | { readonly type: 'abandonRollback' }
  | { readonly type: 'closeRollback' };

/** Everything that can be seen of a session at one moment. */
export interface SessionSnapshot extends SessionInput {
  /** Grows by one with every change of the document. */
  readonly revision: number;
}

/** A runbook being read or run. All doors (panel, commands, CLI) lead through `perform`. */
export interface RunSession {
  readonly snapshot: SessionSnapshot;
  /** The text that the run goes by, as it was kept; null when it is not known or no run goes on. */
  readonly baseText: string | null;
  /** Called after every change; returns the way to stop listening. */
  onDidChange(listener: (snapshot: SessionSnapshot) => void): () => void;
  onDidOutput(listener: (executionId: string, tail: string) => void): () => void;
  /** The document was edited. Keeps the run's state. */
  setRunbook(runbook: Runbook, text: string): void;
  /** Does it, or asks (see `snapshot.prompt`), or rejects with a UserError that has been put in `snapshot.error`. */
  perform(command: SessionCommand): Promise<void>;
  /** Answers the prompt; null cancels it. A wrong answer leaves the prompt open with its error. */
  answer(promptId: string, answers: Readonly<Record<string, string>> | null): Promise<void>;
  /** Resolves when nothing runs, is being written or goes on by itself. A prompt that waits counts as idle. */
  whenIdle(): Promise<void>;
  /** Takes up a recorded run: folds it, finds commands that were running. */
  resume(runId: string): Promise<void>;
  /**
   * Looks again at who drives the run and at what others have recorded: everything while another window drives it or once
   * it has ended, what reviewers said while it is driven from here. Never rejects: what goes wrong is in `snapshot.error`.
   */
  refresh(): Promise<void>;
  /** The records of other runs may have changed: looks again a little later, when the runbook has to do with what they say. */
  lookAtRecords(): void;
  dispose(): void;
}

export type { RollbackPlan };
