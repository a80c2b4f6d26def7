import { shownLine } from '../core/report/shownText.ts';
import type { Start } from './commandRunner.ts';
import type { OwnTerminal } from './ports.ts';

/** Letters of a step's title in the name of its terminal. */
const LONGEST_TITLE = 40;

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

/** The terminal beside the run's own that a start asks for, or null. */
export function ownTerminal({ owner, index, title, background, lane }: Start, runId: string, sha256: (text: string) => string): OwnTerminal | null {
  if (owner.kind !== 'step') return null;
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
