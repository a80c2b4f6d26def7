import type { LintFinding } from '../diagnostics/finding.ts';
import type { RunbookSource } from '../source.ts';
import { isBefore, type Range, type TextEdit } from '../text.ts';
import { keepsAll, type Keeps } from './keeps.ts';

/** A change of the text that is offered at a place. */
export interface Fix {
  /** What it does, as a command. */
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** `refactor`: nothing is wrong there. */
  readonly kind: 'quickfix' | 'refactor';
  /** The one that is meant when somebody asks for a fix and no more. */
  readonly isPreferred: boolean;
  /** What is no longer reported by it; empty for a refactoring. */
  readonly findings: readonly LintFinding[];
  /** It changes nothing that runs, so that it may be made without being looked at. */
  readonly isSafe: boolean;
  /** What it must not change; everything, unless it says otherwise. */
  readonly keeps: Keeps;
}

/** What fixes are made from. */
export interface FixPlace {
  readonly source: RunbookSource;
  /** What is selected, or where the cursor is. */
  readonly range: Range;
  /** What is reported there. */
  readonly findings: readonly LintFinding[];
}

/** A fix of one finding. */
export function quickFix(title: string, finding: LintFinding, edits: readonly TextEdit[], more: Partial<Pick<Fix, 'isPreferred' | 'isSafe' | 'keeps'>> = {}): Fix {
  return { title, edits, kind: 'quickfix', isPreferred: false, isSafe: false, findings: [finding], keeps: keepsAll, ...more };
}

/** A change that nobody has to make. */
export function refactoring(title: string, edits: readonly TextEdit[], keeps: Keeps): Fix {
  return { title, edits, kind: 'refactor', isPreferred: false, isSafe: false, findings: [], keeps };
}

/** Whether two stretches have a place in common. */
export function touches(a: Range, b: Range): boolean {
  return !isBefore(a.end, b.start) && !isBefore(b.end, a.start);
}

/** Text at the end of a line. */
export function atEndOf({ lines }: RunbookSource, line: number, newText: string): TextEdit {
  const { end } = lines.lineRange(line);
  return { range: { start: end, end }, newText };
}
