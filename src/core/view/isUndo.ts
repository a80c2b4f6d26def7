import { UNDO_LEVEL } from '../rollback/levelName.ts';

/** Whether a button or a sheet is not of a level, but of undoing what started. */
export function isUndoOfStarted(level: number): boolean {
  return level === UNDO_LEVEL;
}
