import { isFile } from '../run/fileWrite.ts';
import type { ExecutionState, StepRecord } from '../run/state.ts';
import type { Step } from '../runbook/model.ts';
import type { Access } from './access.ts';
import type { ActionId, ActionView, StepViewStatus } from './viewModel.ts';

/** What is known of a step when its buttons are chosen. */
export interface StepSituation {
  readonly step: Step;
  /** Of its own commands or tick, without its sub-steps. */
  readonly status: StepViewStatus;
  readonly record: StepRecord | null;
  /** The execution that is running, or null. */
  readonly running: ExecutionState | null;
  /** It waits to be tried again by itself. */
  readonly repeats: boolean;
  readonly isNext: boolean;
  /** Has sub-steps and nothing of its own to run: it follows them. */
  readonly isParent: boolean;
  /** It and all below it are done or skipped. */
  readonly isSettled: boolean;
  /** Why it has to wait, or null. */
  readonly waits: string | null;
  /** It waits for the consent of others and for nothing else. */
  readonly waitsForConsent: boolean;
  /** What it waits for holds up going on, and not stopping: No-Go can be chosen. */
  readonly mayStop: boolean;
  /** Why it cannot be skipped, or null. */
  readonly unskippable: string | null;
  /** Whether a run is going on. */
  readonly inRun: boolean;
  readonly access: Access;
}

/** The buttons of a step, the likeliest first. */
export function stepActions(at: StepSituation): readonly ActionView[] {
  return [...mainActions(at), ...alwaysThere(at)];
}

function mainActions(at: StepSituation): readonly ActionView[] {
  if (!at.inRun) return [];
  if (at.running !== null) return whileRunning(at, at.running);
  if (at.step.kind === 'gate') return gateActions(at);
  if (at.step.commands.length > 0) return commandActions(at);
  return at.isParent ? parentActions(at) : manualActions(at);
}

function whileRunning(at: StepSituation, running: ExecutionState): readonly ActionView[] {
  const asked = running.stopRequested !== 'no';
  const isBeside = running.isBackground || running.lane !== null;
  return [
    isBeside ? action(at, 'showStepTerminal', 'Show terminal', 'terminal', 'secondary', null) : action(at, 'showTerminal', 'Show terminal', 'terminal', 'secondary', null, null),
    asked
      ? action(at, 'forceStop', 'Force stop', 'debug-stop', 'danger', at.access.stop)
      : action(at, 'stop', 'Stop', 'debug-stop', 'secondary', at.access.stop),
    ...(running.upAt === null || asked ? [] : [action(at, 'retry', 'Restart…', 'debug-restart', 'quiet', at.waits ?? at.access.run)]),
  ];
}

function commandActions(at: StepSituation): readonly ActionView[] {
  const run = at.waits ?? at.access.run;
  const aside = [skip(at, 'Skip…'), markDone(at)];
  if (at.repeats) return [action(at, 'stop', 'Stop trying', 'debug-stop', 'secondary', at.access.stop), action(at, 'retry', 'Retry now', 'debug-restart', 'quiet', run), ...aside];
  if (at.step.check) return checkActions(at, aside);
  switch (at.status) {
    case 'failed':
      return [action(at, 'retry', 'Retry', 'debug-restart', 'primary', run), ...aside];
    case 'unknown':
      return [action(at, 'retry', 'Run again', 'debug-restart', 'secondary', run), ...aside];
    case 'done':
      return [action(at, 'retry', 'Run again…', 'debug-restart', 'quiet', run), reopen(at)];
    case 'background':
      return [action(at, 'retry', 'Start again…', 'debug-restart', 'quiet', run), reopen(at)];
    case 'skipped':
      return [reopen(at)];
    case 'partly':
      return [action(at, 'run', 'Run the rest', 'play', at.isNext ? 'primary' : 'secondary', run), ...aside];
    default:
      return [action(at, 'run', at.step.commands.every(isFile) ? 'Write file…' : 'Run', 'play', at.isNext ? 'primary' : 'secondary', run), ...aside];
  }
}

/** A check may be run at any time, whatever its step waits for, unless it is reserved for others. */
function checkActions(at: StepSituation, aside: readonly ActionView[]): readonly ActionView[] {
  const run = (at.waitsForConsent ? at.waits : null) ?? at.access.run;
  switch (at.status) {
    case 'done':
    case 'skipped':
      return [action(at, 'run', 'Check again', 'debug-restart', 'quiet', run), reopen(at)];
    case 'failed':
    case 'unknown':
      return [action(at, 'retry', 'Check again', 'debug-restart', at.status === 'failed' ? 'primary' : 'secondary', run), ...aside];
    default:
      return [action(at, 'run', at.isNext ? 'Run check' : 'Check now', 'play', at.isNext ? 'primary' : 'secondary', run), ...aside];
  }
}

function gateActions(at: StepSituation): readonly ActionView[] {
  if (at.status === 'done') return [reopen(at)];
  if (at.status === 'skipped') return [];
  // Its commands have run, before an edit made a decision of it.
  if (at.status !== 'open') return at.status === 'unknown' ? [] : [reopen(at)];
  const because = at.waits ?? at.access.record;
  const go = action(at, 'go', 'Go', 'check', at.isNext ? 'primary' : 'secondary', because);
  const noGo = action(at, 'noGo', 'No-Go', 'circle-slash', 'danger', at.mayStop ? at.access.record : because);
  if (at.step.decision === null) return [go, noGo];
  return at.step.decision === 'go' ? [go] : [noGo];
}

/** A step that follows its sub-steps can only be skipped with all that is open below it. */
function parentActions(at: StepSituation): readonly ActionView[] {
  if (at.isSettled) return [];
  return [skip(at, 'Skip all below…')];
}

function manualActions(at: StepSituation): readonly ActionView[] {
  if (at.status === 'done' && at.record?.doneBy === 'tick') {
    return [action(at, 'untick', 'Untick', 'discard', 'quiet', at.access.record)];
  }
  if (at.status === 'done' || at.status === 'skipped' || at.status === 'background') return [reopen(at)];
  // Its commands have run, and are gone from the document.
  if (at.status !== 'open') return [markDone(at), skip(at, 'Skip…'), ...(at.status === 'unknown' ? [] : [reopen(at)])];
  const label = at.step.kind === 'attestation' ? 'Sign off' : 'Tick';
  const because = at.waits ?? at.access.record;
  const tick = action(at, 'tick', at.step.needsEvidence ? `${label}…` : label, 'check', at.isNext ? 'primary' : 'secondary', because);
  // What asks for evidence asks for its words anyway.
  const noted = at.step.needsEvidence ? [] : [action(at, 'tickWithNote', `${label} with a note…`, 'note', 'quiet', because)];
  return [tick, ...noted, skip(at, 'Skip…')];
}

function alwaysThere(at: StepSituation): readonly ActionView[] {
  const source = action(at, 'revealSource', 'Show in source', 'go-to-file', 'quiet', null);
  return at.step.commands.length === 0 ? [source] : [action(at, 'copy', 'Copy commands', 'copy', 'quiet', null), source];
}

function skip(at: StepSituation, label: string): ActionView {
  return action(at, 'skip', label, 'debug-step-over', 'quiet', at.unskippable ?? at.access.record);
}

function markDone(at: StepSituation): ActionView {
  return action(at, 'markDone', 'Mark done…', 'pass', 'quiet', at.waits ?? at.access.record);
}

function reopen(at: StepSituation): ActionView {
  return action(at, 'reopen', 'Reopen', 'discard', 'quiet', at.access.record);
}

function action(
  at: StepSituation,
  id: ActionId,
  label: string,
  icon: string,
  style: ActionView['style'],
  disabledBecause: string | null,
  stepId: string | null = at.step.id,
): ActionView {
  return { id, label, icon, style, stepId, disabledBecause, key: null };
}
