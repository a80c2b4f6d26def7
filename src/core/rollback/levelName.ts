import { capitalized } from '../view/words.ts';

/** The number under which "Undo what started" stands beside the levels. Levels of a document count from 1. */
export const UNDO_LEVEL = 0;

export const UNDO_TITLE = 'Undo what started';

/** `Level 1: Feature toggle`, or `Undo what started`. */
export function levelTitle(level: number, title: string): string {
  return level === UNDO_LEVEL ? UNDO_TITLE : `Level ${String(level)}: ${title}`;
}

/** For within a sentence: `the rollback to level 1`, `the undoing of what started`, or `the rehearsal of level 1`. */
export function rollbackName(level: number, isRehearsal = false): string {
  if (isRehearsal) return `the rehearsal of level ${String(level)}`;
  return level === UNDO_LEVEL ? 'the undoing of what started' : `the rollback to level ${String(level)}`;
}

/** The same as the beginning of a sentence. */
export function sentenceName(level: number, isRehearsal = false): string {
  return capitalized(rollbackName(level, isRehearsal));
}

/** `Rollback to level 1: Feature toggle`, `Undo what started`, or `Rehearsal of level 1: Feature toggle`. */
export function rollbackTitle(level: number, title: string, isRehearsal = false): string {
  if (isRehearsal) return `Rehearsal of level ${String(level)}: ${title}`;
  return level === UNDO_LEVEL ? UNDO_TITLE : `Rollback to level ${String(level)}: ${title}`;
}
