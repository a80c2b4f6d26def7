import { fenceAround } from '../fenceLines.ts';
import { readSource, type RunbookSource } from '../source.ts';
import type { Position } from '../text.ts';
import { annotationContext } from './annotationContext.ts';
import { annotationCompletions } from './annotations.ts';
import { languageCompletions, variableCompletions } from './commands.ts';
import { frontMatterCompletions } from './frontMatter.ts';
import { frontMatterContext } from './frontMatterContext.ts';
import type { Completion } from './model.ts';

/** Characters that ask for completions as they are typed. */
export const TRIGGERS: readonly string[] = ['{', '#', '=', ',', '`', '$', ':', ' '];

/**
 * What can be put where the cursor is; nothing in prose.
 * @param known what the document said a moment ago, from which names are
 *   proposed: typing does not wait until all of it has been read again
 */
export function complete(source: RunbookSource, at: Position, known: RunbookSource = source): readonly Completion[] {
  const head = frontMatterContext(source.lines, at);
  if (head !== null) return frontMatterCompletions(known, head, at.line);
  const annotation = annotationContext(source, at);
  if (annotation !== null) return annotationCompletions(swallows(source, at.line) ? withoutLine(source, at.line) : known, annotation, at.line);
  const languages = languageCompletions(source, at);
  return languages.length > 0 ? languages : variableCompletions(source, at, known);
}

/** Whether a fence that begins on a line is not closed yet, so that it takes what stands below it for its own. */
function swallows({ lines, fences }: RunbookSource, line: number): boolean {
  const fence = fenceAround(fences, line);
  if (fence?.line !== line) return false;
  if (!fence.isClosed) return true;
  for (let at = line + 1; at < fence.endLine; at++) if (lines.lineText(at).trimStart().startsWith(fence.marks)) return true;
  return false;
}

/** The document as it was before a line was begun: every other line stands where it stood. */
function withoutLine({ text, lines }: RunbookSource, line: number): RunbookSource {
  const start = lines.offsetAt({ line, character: 0 });
  return readSource(text.slice(0, start) + text.slice(start + lines.lineText(line).length));
}
