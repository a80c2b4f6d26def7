import type { Runbook } from '../runbook/model.ts';
import * as errors from '../userErrors.ts';
import type { RunCommand } from './commands.ts';
import { decideEndCommand, decideRequestStop, decideStartCommand, decideStayUp } from './decideCommand.ts';
import { decideEndRollback, decideStartRollback } from './decideRollback.ts';
import { decideEndRun } from './decideEnd.ts';
import { decideGate, decideMarkDone, decideReopen, decideSkip, decideTick, decideUntick } from './decideStep.ts';
import { assertAcknowledged, decideAcknowledgeDrift } from './drift/acknowledge.ts';
import { type Drift, NO_DRIFT } from './drift/compare.ts';
import { decideRebase } from './drift/rebase.ts';
import { decideAgreeMonitors, decideFireTrigger, isFiring } from './decideMonitor.ts';
import { decideEndSoak, decideNoteOverruns } from './decideTime.ts';
import type { RunEventBody } from './events.ts';
import { takenBodies } from './package/evolveTaken.ts';
import { NO_CLOCK } from './order.ts';
import type { RunState } from './state.ts';

/**
 * What a command makes of a run: the facts to record, in order. Throws a
 * UserError when it is not allowed; then nothing is recorded.
 *
 * `drift` is what the runbook has become since the run began or was rebased,
 * `now` the time in milliseconds since 1970, which says what soaks are over.
 */
export function decide(runbook: Runbook, state: RunState | null, command: RunCommand, drift: Drift = NO_DRIFT, now = NO_CLOCK): readonly RunEventBody[] {
  if (command.type === 'startRun') {
    if (state !== null && state.ended === null) throw errors.runAlreadyStarted();
    const { type: _, taken = [], ...facts } = command;
    return [{ type: 'run.started', ...facts }, ...takenBodies(taken)];
  }
  // A record whose beginning was lost is still a run: it can be gone on with, and abandoned.
  if (state?.runId == null) throw errors.noRun();
  // The end of a command is a fact, whatever has become of the run meanwhile.
  if (command.type === 'endCommand') return decideEndCommand(state, command);
  if (command.type === 'stayUp') return decideStayUp(state, command);
  if (command.type === 'requestStop') return decideRequestStop(state, command);
  if (state.ended !== null) throw errors.runEnded();
  switch (command.type) {
    case 'tick':
      assertAcknowledged(state, drift, { kind: 'step', stepId: command.stepId });
      return decideTick(runbook, state, command, now);
    case 'untick':
      return decideUntick(runbook, state, command);
    case 'skip':
      return decideSkip(runbook, state, command);
    case 'markDone':
      return decideMarkDone(runbook, state, command, now);
    case 'reopen':
      return decideReopen(runbook, state, command);
    case 'decideGate':
      // No-Go stops, and stopping is never held up.
      if (command.decision === 'go') assertAcknowledged(state, drift, { kind: 'step', stepId: command.stepId });
      return decideGate(runbook, state, command, now);
    case 'fillField':
      return state.fields.get(command.name) === command.value ? [] : [{ type: 'field.filled', name: command.name, value: command.value }];
    case 'takeValues':
      return takenBodies(command.values);
    case 'startCommand':
      if (command.owner.kind === 'step') assertAcknowledged(state, drift, command.owner);
      return decideStartCommand(runbook, state, command, now);
    case 'acknowledgeDrift':
      return decideAcknowledgeDrift(state, drift, command);
    case 'rebase':
      return decideRebase(runbook, state, drift, command);
    case 'startRollback':
      assertAcknowledged(state, drift, { kind: 'level', level: command.plan.level });
      return decideStartRollback(state, command);
    case 'endRollback':
      return decideEndRollback(state, command);
    case 'endSoak':
      return decideEndSoak(runbook, state, command, now);
    case 'noteOverruns':
      return decideNoteOverruns(runbook, state, now);
    case 'agreeMonitors':
      return decideAgreeMonitors(runbook, command);
    case 'stopMonitors':
      return state.monitors === null ? [] : [{ type: 'monitors.stopped' }];
    case 'fireTrigger':
      return decideFireTrigger(runbook, state, command);
    case 'clearTrigger':
      return isFiring(state, command.trigger) ? [{ type: 'trigger.cleared', trigger: command.trigger }] : [];
    case 'endRun':
      return decideEndRun(runbook, state, command, now);
  }
}
