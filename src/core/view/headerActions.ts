import { naturalEnd } from '../run/decideEnd.ts';
import { runsByItself } from '../run/order.ts';
import type { RunState } from '../run/state.ts';
import type { Step } from '../runbook/model.ts';
import type { Access } from './access.ts';
import { newerFormat } from './access.ts';
import type { ViewInput } from './input.ts';
import type { Progress } from './progress.ts';
import { rollbackOf } from './rollback.ts';
import { headerSoak } from './soakView.ts';
import type { ActionId, ActionView } from './viewModel.ts';
import { counted, quoted } from './words.ts';

/** The one thing to do next, or null when there is nothing. */
export function primaryAction(input: ViewInput, progress: Progress, access: Access): ActionView | null {
  const { state, runningOn } = input;
  if (state === null) return action('startRun', 'Start run', 'play', 'primary', access.start);
  if (state.ended !== null) return action('startRun', 'Start a new run', 'play', 'secondary', access.start);
  if (state.activeRollbackId !== null) return null;
  const end = naturalEnd(input.runbook, state, input.now);
  if (end === 'rolled-back') {
    // The sheet that shows the rollback offers the same.
    return rollbackOf(input)?.outcome === 'succeeded' ? null : action('endRun', 'End run as rolled back', 'stop-circle', 'primary', access.end);
  }
  if (state.noGo !== null) return action('endRun', 'End run', 'stop-circle', 'primary', access.end);
  if (runningOn) return action('pause', 'Pause after this step', 'debug-pause', 'secondary', access.record);
  const { next } = progress;
  if (next !== null) return forStep(next, progress, access);
  const { soak } = headerSoak(input);
  if (progress.isComplete && soak !== undefined) return action('endRun', 'Finish run', 'check-all', 'primary', access.end ?? `The soak of ${quoted(soak.title)} goes on until ${input.formatTime(soak.until)}.`);
  return action('endRun', progress.isComplete ? 'Finish run' : 'End run', 'check-all', 'primary', access.end);
}

function forStep(step: Step, progress: Progress, access: Access): ActionView {
  const runNext = (because: string | null): ActionView => ({
    ...action('runNext', 'Run next step', 'play', 'primary', because),
    key: 'Ctrl+Alt+Enter',
  });
  const status = progress.ownStatus(step);
  // Its commands have run, and are gone from the document.
  if (step.commands.length === 0 && status !== 'open') return runNext(access.record ?? 'The next step was edited after its commands had run. Deal with it at the step.');
  // It can be skipped or rejected at the step; here is said what it waits for.
  const waits = progress.waits(step);
  if (waits !== null) return runNext(access.record ?? `${quoted(step.title)} ${waits}.`);
  switch (status) {
    case 'failed':
      return { ...action('retry', 'Retry the failed step', 'debug-restart', 'primary', access.run), stepId: step.id };
    case 'unknown':
      return runNext('What the last command came to is not known. Verify it, then mark it done or run it again at the step.');
    case 'running':
      return runNext(access.run);
    default:
  }
  if (step.commands.length > 0) return runNext(access.run);
  if (step.kind === 'gate') return runNext(access.record ?? 'The next step is a decision. Take it at the step.');
  const label = step.kind === 'attestation' ? 'Sign off the next step' : 'Tick the next step';
  return { ...action('tick', label, 'check', 'primary', access.record), stepId: step.id };
}

/** The menu of the whole run. */
export function headerActions(input: ViewInput, progress: Progress, access: Access): readonly ActionView[] {
  const { state } = input;
  const source = action('openSource', 'Open source', 'go-to-file', 'quiet', null);
  if (state === null) return [source];
  if (state.ended !== null) return input.isShared ? [commitRecord(input), source] : [source];
  const takeOver = action('takeOver', 'Take over the run', 'person-add', 'secondary', null);
  const locked = input.lockedBecause !== null && newerFormat(input) === null;
  return [
    action('runUntilGate', 'Run until the next gate', 'run-all', 'secondary', access.run ?? runsOnFrom(state, progress)),
    action('showTerminal', 'Show terminal', 'terminal', 'secondary', null),
    ...verify(input, access),
    ...(locked ? [takeOver] : []),
    ...(headerSoak(input).soak === undefined ? [] : [action('endSoak', 'End the soak early…', 'watch', 'quiet', access.record)]),
    ...(input.isEdited && input.drift.isKnown ? [action('rebaseRun', 'Rebase run…', 'git-merge', 'secondary', access.rebase)] : []),
    // A run that has come to its end is ended by the one button for it.
    ...(naturalEnd(input.runbook, state, input.now) === null && !progress.isComplete ? [action('endRun', 'End run…', 'stop-circle', 'quiet', access.end)] : []),
    action('abandonRun', 'Abandon run…', 'trash', 'danger', access.abandon),
    source,
  ];
}

/** All checks of the run together; nothing when there are none. */
function verify({ runbook }: ViewInput, access: Access): readonly ActionView[] {
  const count = runbook.steps.filter(({ check }) => check).length;
  return count === 0 ? [] : [action('verify', `Verify: run ${counted(count, 'check')}…`, 'beaker', 'secondary', access.run)];
}

/** Hooks of a commit run programs, which Restricted Mode forbids. */
function commitRecord({ trusted }: ViewInput): ActionView {
  return action('commitRecord', 'Commit record…', 'git-commit', 'quiet', trusted ? null : 'This workspace is in Restricted Mode. Trust it to commit the record.');
}

/** Only commands that nobody has tried yet are run one after the other. */
function runsOnFrom(state: RunState, progress: Progress): string | null {
  const { next } = progress;
  if (next === null) return 'Nothing is left to run.';
  if (progress.waitOf(next)?.kind === 'soak') return `The next step, ${quoted(next.title)}, ${progress.waits(next) ?? 'waits'}.`;
  return runsByItself(state, next) ? null : `The next step, ${quoted(next.title)}, is for a person to deal with first.`;
}

function action(
  id: ActionId,
  label: string,
  icon: string,
  style: ActionView['style'],
  disabledBecause: string | null,
): ActionView {
  return { id, label, icon, style, stepId: null, disabledBecause, key: null };
}
