import { window } from 'vscode';
import { backgroundOf, foregroundOf } from '../../core/run/beside.ts';
import { isRehearsal } from '../../core/rollback/progress.ts';
import type { ExecutionState } from '../../core/run/state.ts';
import * as errors from '../../core/userErrors.ts';
import type { SessionSnapshot } from '../../session/api.ts';
import { callArguments } from './callArguments.ts';
import type { CommandHost } from './command.ts';
import { withTarget } from './target.ts';

/** Stops what runs, step or rollback. Needs nothing to be in sight: stopping must always be possible. */
export function stopRunning(host: CommandHost, args: readonly unknown[], force: boolean): Promise<void> {
  return withTarget(host, args, async ({ session }) => {
    const execution = await chosen(session.session.snapshot, callArguments(args).stepId);
    if (execution === undefined) return;
    const { owner } = execution;
    if (owner.kind === 'rollback') return session.perform({ type: 'stopRollback' });
    const action = force ? 'forceStop' : 'stop';
    return session.perform({ type: 'step', action, stepId: owner.stepId, revision: session.revision });
  });
}

/** What is meant: the step that was named, what runs alone in the foreground, else what the person picks; undefined when they pick nothing. */
async function chosen({ runbook, state }: SessionSnapshot, stepId: string | undefined): Promise<ExecutionState | undefined> {
  const [now, beside] = [foregroundOf(state), backgroundOf(state)];
  const named = [...now, ...beside].find(({ owner }) => owner.kind === 'step' && owner.stepId === stepId);
  if (named !== undefined) return named;
  const [only] = now;
  if (now.length === 1) return only;
  if (now.length + beside.length === 0) throw errors.nothingRuns();
  const items = [...now, ...beside].map((execution) => ({ label: titleOf(runbook, state, execution), description: beside.includes(execution) ? 'in the background' : 'running', execution }));
  return (await window.showQuickPick(items, { placeHolder: 'Which one is to be stopped?' }))?.execution;
}

function titleOf(runbook: SessionSnapshot['runbook'], state: SessionSnapshot['state'], { owner }: ExecutionState): string {
  if (owner.kind === 'step') return runbook.steps.find(({ id }) => id === owner.stepId)?.title ?? owner.stepId;
  return state !== null && isRehearsal(state, owner.rollbackId) ? 'The rehearsal' : 'The rollback';
}
