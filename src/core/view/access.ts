import { sentenceName } from '../rollback/levelName.ts';
import { activeRollback, isRehearsal } from '../rollback/progress.ts';
import type { ViewInput } from './input.ts';
import { FORMAT_VERSION } from '../runbook/model.ts';
import { backgroundOf, foregroundOf } from '../run/beside.ts';
import { counted, quoted } from './words.ts';

/** Why something cannot be done anywhere in the document; null: it can. */
export interface Access {
  /** Records something: ticking, skipping, deciding, ending. */
  readonly record: string | null;
  /** Runs a command. */
  readonly run: string | null;
  /** Runs a command beside others of its parallel group. */
  readonly runBeside: string | null;
  /** Runs a command that takes something back: also by what was last read, when the text cannot be read any more. */
  readonly rollBack: string | null;
  /** Ends the run: nothing of it may be under way but what its end stops. */
  readonly end: string | null;
  /** Takes another text for the run: nothing of it may be under way. */
  readonly rebase: string | null;
  /** Gives the run up: also while something in the background does not stop. */
  readonly abandon: string | null;
  /** Ends the rollback that is under way. */
  readonly endRollback: string | null;
  /** Starts a run. */
  readonly start: string | null;
  /** Ends a command that is running; kept apart, because it must be possible when nothing else is. */
  readonly stop: string | null;
}

/** Reads off what is possible at all, before any single step is looked at. */
export function accessOf(input: ViewInput): Access {
  const newer = newerFormat(input);
  const locked = input.lockedBecause ?? newer;
  const trust = input.trusted ? null : 'This workspace is in Restricted Mode. Trust it to run commands.';
  const busy = busyWith(input);
  const stale = input.staleBecause ?? null;
  const notRunning = input.state === null ? 'Start a run first.' : input.state.ended !== null ? 'The run has ended.' : null;
  return {
    record: locked ?? notRunning,
    run: locked ?? notRunning ?? trust ?? stale ?? busy,
    runBeside: locked ?? notRunning ?? trust ?? stale,
    rollBack: locked ?? notRunning ?? trust ?? busy,
    end: locked ?? notRunning ?? busy ?? rollbackUnderWay(input) ?? beingStopped(input),
    rebase: locked ?? notRunning ?? stale ?? busy ?? rollbackUnderWay(input) ?? inBackground(input),
    abandon: locked ?? notRunning ?? busy ?? rollbackUnderWay(input),
    endRollback: locked ?? notRunning ?? busy,
    start: locked ?? stale ?? input.runbook.frontMatter.setup?.problem ?? trust ?? (input.state !== null && input.state.ended === null ? 'A run is going on.' : null),
    stop: locked,
  };
}

/** Words about the format when the document needs a newer version of the extension. */
export function newerFormat(input: ViewInput): string | null {
  const version = input.runbook.frontMatter.version;
  if (version === null || version <= FORMAT_VERSION) return null;
  return `This runbook is written in format ${version}; this version knows format ${FORMAT_VERSION}. It can be read but not run. Update the extension to run it.`;
}

function rollbackUnderWay({ state }: ViewInput): string | null {
  const rollback = activeRollback(state);
  return rollback === null ? null : `${sentenceName(rollback.level, rollback.rehearsal !== null)} has not ended.`;
}

/** The end of a run stops what runs in the background, which takes some seconds: it is not asked for twice. */
function beingStopped({ state }: ViewInput): string | null {
  return backgroundOf(state).some(({ stopRequested }) => stopRequested !== 'no') ? 'What runs in the background is being stopped.' : null;
}

function inBackground({ state }: ViewInput): string | null {
  return backgroundOf(state).length === 0 ? null : 'A command runs in the background. Stop it first.';
}

/** What is running, in words; null when nothing is. What runs in the background does not hold anything up. */
function busyWith({ state, runbook }: ViewInput): string | null {
  if (state === null || state.activeExecutionId === null) return null;
  const count = foregroundOf(state).length;
  if (count > 1) return `${counted(count, 'command')} are running.`;
  const owner = state.executions.get(state.activeExecutionId)?.owner;
  if (owner?.kind === 'rollback') return isRehearsal(state, owner.rollbackId) ? 'A rehearsal is running.' : 'A rollback is running.';
  const step = runbook.steps.find((each) => each.id === owner?.stepId);
  return step === undefined ? 'Another command is running.' : `${quoted(step.title)} is running.`;
}
