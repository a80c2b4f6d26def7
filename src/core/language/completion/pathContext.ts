import type { RunbookSource } from '../source.ts';
import { rangeOf, type Position, type Range } from '../text.ts';
import { annotationContext } from './annotationContext.ts';
import { frontMatterContext } from './frontMatterContext.ts';

/** A path that is being written. */
export interface PathContext {
  /** `member`: a runbook of the package, from the document; `file` and `folder`: from the workspace folder. */
  readonly what: 'member' | 'file' | 'folder';
  /** What stands there before the cursor. */
  readonly typed: string;
  /** What is written of the path, as far as the cursor. */
  readonly range: Range;
}

/** The path at the cursor; null where none is written. */
export function pathContext(source: RunbookSource, at: Position): PathContext | null {
  const before = source.lines.lineText(at.line).slice(0, at.character);
  const typed = /[^\s"'=,[{]*$/.exec(before)?.[0] ?? '';
  const range = rangeOf(at.line, at.character - typed.length, at.character);
  const head = frontMatterContext(source.lines, at);
  if (head !== null) return head.path[0] === 'package' && /(?:^\s*-\s+|[[,]\s*)["']?[^\s"',]*$/.test(before) ? { what: 'member', typed, range } : null;
  const annotation = annotationContext(source, at);
  if (annotation?.writing.what !== 'value') return null;
  const { name } = annotation.writing;
  return name === 'cwd' ? { what: 'folder', typed, range } : name === 'file' ? { what: 'file', typed, range } : null;
}
