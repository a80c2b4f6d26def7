import type { RollbackLevel, Runbook, Step } from '../../runbook/model.ts';
import { type Content, DRIFT_PARTS, type DriftPart, levelContent, linesOf, stepContent, undoLevel } from './content.ts';
import { type DiffLine, diffLines } from './diffLines.ts';
import { pairSteps } from './match.ts';

/** How a step or level differs from the one that the run goes by. */
export interface Change<T> {
  /** `moved`: nothing else is another. */
  readonly kind: 'changed' | 'added' | 'moved';
  readonly now: T;
  /** Null for what was added, and when the run's text is not known. */
  readonly before: T | null;
  readonly parts: readonly DriftPart[];
  readonly difference: readonly DiffLine[];
  /** SHA-256 over the difference, hex: what a person acknowledges. Null when nothing needs to be. */
  readonly sha256: string | null;
}

/** What a runbook has become since the run began, or since its last rebase. */
export interface Drift {
  /** false: the run's own text is not known, so everything that runs counts as changed. */
  readonly isKnown: boolean;
  /** Steps that are not the same, by id, in document order. */
  readonly steps: ReadonlyMap<string, Change<Step>>;
  readonly gone: readonly Step[];
  /** Rollback levels that are not the same, by number. */
  readonly levels: ReadonlyMap<number, Change<RollbackLevel>>;
  readonly goneLevels: readonly RollbackLevel[];
}

/** Nothing has changed. */
export const NO_DRIFT: Drift = { isKnown: true, steps: new Map(), gone: [], levels: new Map(), goneLevels: [] };

/**
 * Compares a runbook with the one that the run goes by (null: not known).
 * `sha256` gives the hash of a text as hex.
 */
export function compareRunbooks(earlier: Runbook | null, now: Runbook, sha256: (text: string) => string): Drift {
  if (earlier === now) return NO_DRIFT;
  const hash = (lines: readonly DiffLine[]): string => sha256(lines.map(({ sign, text }) => `${sign}${text}\n`).join(''));
  if (earlier === null) return unknown(now, hash);
  const { before, gone, moved } = pairSteps(earlier, now);
  const steps = now.steps.flatMap((step) => {
    const then = before.get(step.id) ?? null;
    const change = changeOf(step, then, then === null ? null : stepContent(earlier, then), stepContent(now, step), moved.has(step.id), hash);
    return change === null ? [] : [[step.id, change] as const];
  });
  const levelsThen = new Map(levelsOf(earlier).map((level) => [level.level, level]));
  const levels = levelsOf(now).flatMap((level) => {
    const then = levelsThen.get(level.level) ?? null;
    const change = changeOf(level, then, then === null ? null : levelContent(earlier, then), levelContent(now, level), false, hash);
    return change === null ? [] : [[level.level, change] as const];
  });
  const levelsNow = new Set(levelsOf(now).map(({ level }) => level));
  return { isKnown: true, steps: new Map(steps), gone, levels: new Map(levels), goneLevels: levelsOf(earlier).filter(({ level }) => !levelsNow.has(level)) };
}

/** Whether anything at all is another. */
export function hasDrift({ steps, gone, levels, goneLevels }: Drift): boolean {
  return steps.size + gone.length + levels.size + goneLevels.length > 0;
}

/** Its levels, and its undo blocks as one more. */
function levelsOf(runbook: Runbook): readonly RollbackLevel[] {
  const undo = undoLevel(runbook);
  return undo === null ? runbook.rollbackLevels : [...runbook.rollbackLevels, undo];
}

function changeOf<T>(now: T, before: T | null, then: Content | null, content: Content, moved: boolean, hash: (lines: readonly DiffLine[]) => string): Change<T> | null {
  const lines = linesOf(content);
  if (then === null) {
    const difference = diffLines([], lines);
    return { kind: 'added', now, before, parts: [], difference, sha256: hash(difference) };
  }
  const parts = DRIFT_PARTS.filter((part) => then[part].join('\n') !== content[part].join('\n'));
  if (parts.length === 0) return moved ? { kind: 'moved', now, before, parts, difference: [], sha256: null } : null;
  const difference = diffLines(linesOf(then), lines);
  return { kind: 'changed', now, before, parts, difference, sha256: hash(difference) };
}

/** Without the run's text a person has to read all that is about to run. */
function unknown(now: Runbook, hash: (lines: readonly DiffLine[]) => string): Drift {
  const unread = <T>(item: T, content: Content): Change<T> => {
    const difference = diffLines([], linesOf(content));
    return { kind: 'changed', now: item, before: null, parts: [], difference, sha256: hash(difference) };
  };
  const steps = now.steps.filter(({ commands }) => commands.length > 0).map((step) => [step.id, unread(step, stepContent(now, step))] as const);
  return { isKnown: false, steps: new Map(steps), gone: [], levels: new Map(levelsOf(now).map((level) => [level.level, unread(level, levelContent(now, level))])), goneLevels: [] };
}
