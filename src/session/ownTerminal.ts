import { shownLine } from '../core/report/shownText.ts';
import { rollbackById } from '../core/rollback/progress.ts';
import type { ExecutionState, RunState } from '../core/run/state.ts';
import type { Start } from './commandRunner.ts';
import type { OwnTerminal } from './ports.ts';

/** Letters of a step's title in the name of its terminal. */
const LONGEST_TITLE = 40;

/** Key of the terminal in which levels are rehearsed. */
export const REHEARSAL = 'rehearsal';

/** Where an execution of a step runs, as the record tells it. */
interface Place {
  readonly stepId: string;
  readonly isBackground: boolean;
  readonly lane: number | null;
}

/** The key of the terminal beside the run's own in which something runs; undefined: the run's own. */
export function terminalKey({ stepId, isBackground, lane }: Place, sha256: (text: string) => string): string | undefined {
  if (isBackground) return `background-${nameOf(stepId, sha256)}`;
  return lane === null ? undefined : `lane-${String(lane)}`;
}

/** The key of the terminal in which an execution of a run was begun; undefined: the run's own. */
export function terminalKeyOf(state: RunState, execution: Pick<ExecutionState, 'owner' | 'isBackground' | 'lane'>, sha256: (text: string) => string): string | undefined {
  const { owner } = execution;
  if (owner.kind === 'step') return terminalKey({ ...execution, stepId: owner.stepId }, sha256);
  return rollbackById(state, owner.rollbackId)?.rehearsal == null ? undefined : REHEARSAL;
}

/**
 * The terminal beside the run's own that a start asks for, or null.
 * @param state of the run before the start
 */
export function ownTerminal({ owner, index, title, background, lane }: Start, state: RunState, sha256: (text: string) => string): OwnTerminal | null {
  const runId = state.runId ?? '';
  if (owner.kind === 'rollback') {
    const rollback = rollbackById(state, owner.rollbackId);
    if (rollback?.rehearsal == null) return null;
    // What practice exports, and where it goes, is not for the steps after it.
    return { key: REHEARSAL, title: `Runbook ${runId.slice(-4)}: rehearsal`, carry: nameOf(owner.rollbackId, sha256), anew: rollback.executionIds.length === 0 };
  }
  const { stepId } = owner;
  const key = terminalKey({ stepId, isBackground: background === true, lane: lane ?? null }, sha256);
  if (key === undefined) return null;
  const words = background === true ? `${short(shownLine(title))}: background` : `Runbook ${runId.slice(-4)}: ${String(lane)}`;
  // What one block of a step leaves is there for its next block, and for nobody else.
  return { key, title: words, carry: nameOf(stepId, sha256), anew: background === true || index === 0 };
}

function nameOf(stepId: string, sha256: (text: string) => string): string {
  return sha256(stepId).slice(0, 12);
}

function short(title: string): string {
  return title.length > LONGEST_TITLE ? `${title.slice(0, LONGEST_TITLE - 1).trimEnd()}…` : title;
}
