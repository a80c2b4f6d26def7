import { shownLine } from '../core/report/shownText.ts';
import { isRehearsal, rollbackById } from '../core/rollback/progress.ts';
import type { ExecutionState, RunState } from '../core/run/state.ts';
import type { Start } from './commandRunner.ts';
import type { OwnTerminal } from './ports.ts';
import { shortRunId } from '../core/run/shortRunId.ts';

/** Letters of a step's title in the name of its terminal. */
const LONGEST_TITLE = 40;

/** Key of the terminal in which levels are rehearsed. */
const REHEARSAL = 'rehearsal';

/** The key of the terminal in which an execution of a run was begun; undefined: the run's own. */
export function terminalKeyOf(state: RunState, { owner, isBackground, lane }: Pick<ExecutionState, 'owner' | 'isBackground' | 'lane'>, sha256: (text: string) => string): string | undefined {
  if (owner.kind === 'rollback') return isRehearsal(state, owner.rollbackId) ? REHEARSAL : undefined;
  if (isBackground) return `background-${nameOf(owner.stepId, sha256)}`;
  return lane === null ? undefined : `lane-${String(lane)}`;
}

/**
 * The terminal beside the run's own that a start asks for, or null.
 * @param state of the run before the start
 */
export function ownTerminal({ owner, index, title, background, lane }: Start, state: RunState, sha256: (text: string) => string): OwnTerminal | null {
  const runId = state.runId ?? '';
  const key = terminalKeyOf(state, { owner, isBackground: background === true, lane: lane ?? null }, sha256);
  if (key === undefined) return null;
  // What practice exports, and where it goes, is not for the steps after it.
  if (owner.kind === 'rollback') return { key, title: `Runbook ${shortRunId(runId)}: rehearsal`, carry: nameOf(owner.rollbackId, sha256), anew: rollbackById(state, owner.rollbackId)?.executionIds.length === 0 };
  const words = background === true ? `${short(shownLine(title))}: background` : `Runbook ${shortRunId(runId)}: ${String(lane)}`;
  // What one block of a step leaves is there for its next block, and for nobody else.
  return { key, title: words, carry: nameOf(owner.stepId, sha256), anew: background === true || index === 0 };
}

/** For names of folders and terminals: ids are words of the document. */
function nameOf(id: string, sha256: (text: string) => string): string {
  return sha256(id).slice(0, 12);
}

function short(title: string): string {
  return title.length > LONGEST_TITLE ? `${title.slice(0, LONGEST_TITLE - 1).trimEnd()}…` : title;
}
