import { activeRollback } from '../../rollback/progress.ts';
import type { Runbook, Step } from '../../runbook/model.ts';
import * as errors from '../../userErrors.ts';
import type { CommandOf } from '../commands.ts';
import { whatRuns } from '../decideCommand.ts';
import type { RunEventBody } from '../events.ts';
import { mayHaveRun } from '../outcome.ts';
import type { RunState, StepRecord } from '../state.ts';
import { driftKey } from './acknowledge.ts';
import { baseSha256 } from './base.ts';
import type { Change, Drift } from './compare.ts';

/** What taking the present text as the run's text would do. */
export interface RebasePlan {
  /** Recorded steps that keep what the record says of them. */
  readonly stays: readonly Step[];
  /** Recorded steps of which the content is another: they become open, unless a person leaves them as they are. */
  readonly opens: readonly Step[];
  readonly added: readonly Step[];
  readonly gone: readonly Step[];
  /** Records that are carried to another id: the step was renamed, and its commands say which one it is. */
  readonly renamed: readonly { readonly from: string; readonly to: string }[];
}

/** Plans a rebase, or throws a UserError that says why it is not safe now. */
export function planRebase(runbook: Runbook, state: RunState, drift: Drift): RebasePlan {
  if (state.ended !== null) throw errors.runEnded();
  if (state.running.size > 0) throw errors.alreadyRunning(whatRuns(runbook, state));
  const rollback = activeRollback(state);
  if (rollback !== null) throw errors.rollbackActive(rollback.level, rollback.rehearsal !== null);
  if (!drift.isKnown) throw errors.runTextUnknown();
  const started = drift.gone.filter(({ id }) => hasBegun(state, state.steps.get(id)));
  if (started.length > 0) throw errors.rebaseLosesSteps(started.map(({ title }) => title));
  const [stays, opens]: [Step[], Step[]] = [[], []];
  const renamed: { from: string; to: string }[] = [];
  for (const step of runbook.steps) {
    const change = drift.steps.get(step.id);
    const from = change?.before?.id ?? step.id;
    if (from !== step.id && state.steps.has(from) && !state.steps.has(step.id)) renamed.push({ from, to: step.id });
    const record = state.steps.get(step.id) ?? state.steps.get(from);
    if (record === undefined || isUntouched(record)) continue;
    (change !== undefined && isOther(step, change) && !wasDoneSo(state, record, change) && record.status !== 'unknown' ? opens : stays).push(step);
  }
  return { stays, opens, added: [...drift.steps.values()].filter(({ kind }) => kind === 'added').map(({ now }) => now), gone: drift.gone, renamed };
}

/** Records a rebase. `keep`: steps that a person leaves done although they were done with the earlier text. */
export function decideRebase(runbook: Runbook, state: RunState, drift: Drift, { textSha256, keep }: CommandOf<'rebase'>): readonly RunEventBody[] {
  const fromSha256 = baseSha256(state);
  if (textSha256 === fromSha256) throw errors.nothingToRebase();
  const { opens, renamed } = planRebase(runbook, state, drift);
  const [kept, reopened] = [opens.filter(({ id }) => keep.includes(id)), opens.filter(({ id }) => !keep.includes(id))];
  return [{ type: 'run.rebased', fromSha256, textSha256, renamed, reopened: reopened.map(({ id }) => id), kept: kept.map(({ id }) => id) }];
}

/**
 * Whether a record was made for something else than stands there now. A step
 * that runs the same commands under another title is the same work; a title by
 * which a person works is the work itself.
 */
function isOther(step: Step, { kind, parts }: Change<Step>): boolean {
  if (kind === 'moved') return false;
  return kind === 'added' || parts.some((part) => part !== 'title' || step.commands.length === 0);
}

/**
 * Whether a step was done after its present content had been read: then it is
 * that content that was done. Its commands have to have run with the very text.
 */
function wasDoneSo(state: RunState, { stepId, status, doneBy, latest }: StepRecord, { now, sha256 }: Change<Step>): boolean {
  if (status !== 'done' || sha256 === null || stepId !== now.id || !state.acknowledgedDrift.has(driftKey({ kind: 'step', stepId }, sha256))) return false;
  if (doneBy !== 'command') return doneBy !== 'forced';
  return now.commands.every(({ text }, index) => {
    const execution = state.executions.get(latest.get(index) ?? '');
    return execution !== undefined && (execution.source ?? execution.text) === text;
  });
}

function isUntouched({ status, executionIds, attemptFrom }: StepRecord): boolean {
  return status === 'open' && executionIds.length === attemptFrom;
}

function hasBegun(state: RunState, record: StepRecord | undefined): boolean {
  if (record === undefined) return false;
  if (record.status !== 'open' && record.status !== 'skipped') return true;
  return record.executionIds.some((id) => {
    const execution = state.executions.get(id);
    return execution !== undefined && mayHaveRun(execution);
  });
}
