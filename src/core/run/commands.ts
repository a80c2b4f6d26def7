import type { RollbackPlan } from '../rollback/plan.ts';
import type { DriftSubject, FiringSample, GitState, RunEventBody, RunOutcome, RunReference, TakenValue, TimeSubject } from './events.ts';
import type { SetupFacts } from './setup/setup.ts';

/** What an event of a type holds beside that. */
type Facts<Type extends RunEventBody['type']> = Omit<Extract<RunEventBody, { readonly type: Type }>, 'type'>;

/** One command that is about to run, with the exact bytes. */
export type StartCommand = { readonly type: 'startCommand' } & Facts<'command.started'>;

/** What a start records when it is a part of another run; nothing of it when it is not. */
export interface JoinedFacts {
  readonly partOf?: RunReference;
  /** Values that it begins with. */
  readonly taken?: readonly TakenValue[];
}

/** What can be done to a run; decide.ts says what follows from it. */
export type RunCommand =
  | ({ readonly type: 'startRun'; readonly title: string; readonly file: string; readonly textSha256: string; readonly git: GitState | null } & SetupFacts & JoinedFacts)
  /** Uses what other runs of the package state. */
  | { readonly type: 'takeValues'; readonly values: readonly TakenValue[] }
  | { readonly type: 'tick'; readonly stepId: string; readonly note: string | null }
  | { readonly type: 'untick'; readonly stepId: string }
  | { readonly type: 'skip'; readonly stepId: string; readonly reason: string }
  | { readonly type: 'markDone'; readonly stepId: string; readonly reason: string }
  | { readonly type: 'reopen'; readonly stepId: string }
  | { readonly type: 'decideGate'; readonly stepId: string; readonly decision: 'go' | 'no-go'; readonly note?: string }
  | { readonly type: 'fillField'; readonly name: string; readonly value: string }
  | StartCommand
  /** A background command has begun and stays up. */
  | { readonly type: 'stayUp'; readonly executionId: string }
  | { readonly type: 'requestStop'; readonly executionId: string; readonly force: boolean }
  | ({ readonly type: 'endCommand' } & Facts<'command.ended'>)
  /** A person has read the difference with this hash. */
  | { readonly type: 'acknowledgeDrift'; readonly subject: DriftSubject; readonly sha256: string }
  /** Takes the present text as the run's. `keep`: steps that stay as they were although their content changed. */
  | { readonly type: 'rebase'; readonly textSha256: string; readonly keep: readonly string[] }
  | { readonly type: 'startRollback'; readonly rollbackId: string; readonly plan: RollbackPlan }
  | { readonly type: 'endRollback'; readonly outcome: 'succeeded' | 'failed' | 'abandoned'; readonly reason: string | null }
  /** A person does not wait for the rest of a soak. */
  | { readonly type: 'endSoak'; readonly subject: TimeSubject; readonly reason: string }
  /** Notes what has come to take longer than its budget. */
  | { readonly type: 'noteOverruns' }
  | { readonly type: 'agreeMonitors'; readonly sha256: string }
  | { readonly type: 'stopMonitors' }
  /** A trigger of the runbook (by its key) was seen to hold. */
  | { readonly type: 'fireTrigger'; readonly trigger: string; readonly since: string; readonly samples: readonly FiringSample[] }
  | { readonly type: 'clearTrigger'; readonly trigger: string }
  | { readonly type: 'endRun'; readonly outcome: RunOutcome; readonly reason: string | null };

export type CommandOf<Type extends RunCommand['type']> = Extract<RunCommand, { readonly type: Type }>;
