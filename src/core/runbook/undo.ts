import { about } from './about.ts';
import { listedWords, parseAttributes, type Attributes } from './attributes.ts';
import { parseFenceInfo } from './fences.ts';
import type { Command, Diagnostic, PointOfNoReturn, RollbackLevel, Step, Undo } from './model.ts';
import { nearest } from './nearest.ts';

/** A fence with `undo=`, before it is known which steps there are. */
export interface UndoDraft {
  readonly names: readonly string[];
  readonly command: Command;
}

/** Whether a fence's info string says that it takes back a step; such a fence is no step of the way forward. */
export function isUndoInfo(info: string): boolean {
  const { annotation } = parseFenceInfo(info);
  return annotation !== null && annotation.includes('undo') && parseAttributes(annotation, 0).attributes.values.has('undo');
}

/** The ids that `undo=a,b` names; empty when it names none. */
export function undoneIds({ values }: Attributes): readonly string[] {
  return [...new Set(listedWords(values.get('undo')))];
}

/** Undo blocks with the steps that they take back; what names no step is reported and never run. */
export function resolveUndos(drafts: readonly UndoDraft[], steps: readonly Pick<Step, 'id'>[]): { readonly undos: readonly Undo[]; readonly diagnostics: readonly Diagnostic[] } {
  const known = new Set(steps.map(({ id }) => id));
  const diagnostics: Diagnostic[] = [];
  const undos = drafts.map(({ names, command }): Undo => {
    const report = (message: string, subject: string, near: string | null): void => void diagnostics.push({ severity: 'error', code: 'unknown-step', message, line: command.line, ...about(subject, near) });
    if (names.length === 0) report('"undo" has to name the step that this block takes back, such as undo=deploy. It is not run.', 'undo', null);
    for (const name of names) {
      if (known.has(name)) continue;
      const near = nearest(name, known);
      report(`This block undoes #${name}, but no step has this id.${near === null ? '' : ` Did you mean #${near}?`}`, name, near);
    }
    return { stepIds: names.filter((name) => known.has(name)), command };
  });
  return { undos, diagnostics };
}

/** Levels that a point of no return closes and that are not there. */
export function unknownLevels(steps: readonly Pick<Step, 'title' | 'line' | 'irreversible'>[], levels: readonly Pick<RollbackLevel, 'level'>[]): readonly Diagnostic[] {
  const known = new Set(levels.map(({ level }) => level));
  return steps.flatMap(({ title, line, irreversible }) =>
    (irreversible?.closes ?? []).filter((level) => !known.has(level)).map((level) => ({ severity: 'error' as const, code: 'unknown-level', message: `“${title}” closes rollback level ${String(level)}, but there is no such level.`, line, ...about(String(level)) })),
  );
}

/** What `irreversible` says: `irreversible` alone, or the levels that it closes, as in `irreversible=1,2`. Null: it is not there, or not understood. */
export function pointOfNoReturn({ values }: Attributes): PointOfNoReturn | 'bad' | null {
  const value = values.get('irreversible');
  if (value === undefined) return null;
  if (value === true) return { closes: [] };
  return /^[1-9]\d?(\s*,\s*[1-9]\d?)*$/.test(value) ? { closes: [...new Set(value.split(',').map(Number))].sort((a, b) => a - b) } : 'bad';
}
