import { askBeforeTick, askReason } from '../core/run/asks.ts';
import type { Question } from '../core/run/question.ts';
import { withNoReturn } from '../core/run/noReturn.ts';
import type { RunCommand } from '../core/run/commands.ts';
import { unacknowledged } from '../core/run/drift/acknowledge.ts';
import { NO_DRIFT } from '../core/run/drift/compare.ts';
import { decide } from '../core/run/decide.ts';
import type { Step } from '../core/runbook/model.ts';
import type { SessionCommand } from './api.ts';
import type { SessionContext } from './context.ts';
import { recordedEvidence } from './evidence.ts';

type StepAction = Extract<SessionCommand, { type: 'step' }>['action'];
export type HandAction = Exclude<StepAction, 'run' | 'retry' | 'stop' | 'forceStop'>;

/**
 * Does what a person says of a step without running anything. Skipping and
 * marking done ask for a reason, and a step that was edited has to be read
 * before it is ticked or taken; but only when that would be allowed.
 */
export async function actOnStep(context: SessionContext, action: HandAction, stepId: string, revision: number): Promise<void> {
  const step = context.revisions.seen(stepId, revision);
  if (action === 'skip' || action === 'markDone') {
    const withReason = (reason: string): RunCommand => ({ type: action, stepId, reason });
    decide(context.runbook, context.state, withReason('(to be asked)'), NO_DRIFT, context.ports.clock.now());
    const shown = context.revisions.number;
    // Whoever says that it was done says that it cannot be taken back any more.
    context.prompts.ask(action === 'markDone' ? withNoReturn(step, questionFor(action, step)) : questionFor(action, step), async ({ reason }) => {
      context.revisions.seen(stepId, shown);
      await context.record(withReason(reason ?? ''));
    });
    return;
  }
  const command = commandFor(action, step);
  if (action !== 'tick' && action !== 'tickWithNote' && action !== 'go') return context.record(command);
  const edited = unacknowledged(context.state, context.drift, { kind: 'step', stepId });
  const asksForWords = action === 'tickWithNote' || step.needsEvidence;
  if (edited === null && !asksForWords && step.irreversible === null) return context.record(command);
  // What is not allowed is said now, not after the reading and the writing.
  decide(context.runbook, context.state, withNote(command, '(to be asked)'), NO_DRIFT, context.ports.clock.now());
  const label = action === 'go' ? 'Go' : step.kind === 'attestation' ? 'Sign off' : 'Tick';
  const shown = context.revisions.number;
  context.prompts.ask(withNoReturn(step, askBeforeTick(step.title, { edited, evidence: step.needsEvidence, note: asksForWords, label })), async ({ reason }) => {
    context.revisions.seen(stepId, shown);
    const words = !asksForWords ? null : step.needsEvidence ? await recordedEvidence(context.ports.files, reason ?? '') : (reason ?? '');
    if (edited !== null) await context.record({ type: 'acknowledgeDrift', subject: { kind: 'step', stepId }, sha256: edited.sha256 });
    await context.record(words === null ? command : withNote(command, words));
  });
}

/** The same with a person's words. */
function withNote(command: RunCommand, note: string): RunCommand {
  return command.type === 'tick' || command.type === 'decideGate' ? { ...command, note } : command;
}

function commandFor(action: Exclude<HandAction, 'skip' | 'markDone'>, { id: stepId }: Step): RunCommand {
  switch (action) {
    case 'tick':
    case 'tickWithNote':
      return { type: 'tick', stepId, note: null };
    case 'untick':
    case 'reopen':
      return { type: action, stepId };
    case 'go':
      return { type: 'decideGate', stepId, decision: 'go' };
    case 'noGo':
      return { type: 'decideGate', stepId, decision: 'no-go' };
  }
}

function questionFor(action: 'skip' | 'markDone', { title }: Step): Question {
  return action === 'skip'
    ? askReason(`Skip “${title}”?`, 'The run goes on without it. The record keeps the reason.', 'Skip')
    : askReason(`Mark “${title}” done?`, 'It counts as done although its commands did not succeed here. The record keeps the reason.', 'Mark done');
}
