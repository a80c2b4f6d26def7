import type { RunbookSource } from '../source.ts';
import type { Position } from '../text.ts';
import { annotationContext } from './annotationContext.ts';
import { annotationCompletions } from './annotations.ts';
import { languageCompletions, variableCompletions } from './commands.ts';
import { frontMatterCompletions } from './frontMatter.ts';
import { frontMatterContext } from './frontMatterContext.ts';
import type { Completion } from './model.ts';

/** Characters that ask for completions as they are typed. */
export const TRIGGERS: readonly string[] = ['{', '#', '=', ',', '`', '$', ':', ' '];

/** What can be put where the cursor is; nothing in prose. */
export function complete(source: RunbookSource, at: Position): readonly Completion[] {
  const head = frontMatterContext(source.lines, at);
  if (head !== null) return frontMatterCompletions(source, head, at.line);
  const annotation = annotationContext(source, at);
  if (annotation !== null) return annotationCompletions(source, annotation, at.line);
  const languages = languageCompletions(source, at);
  return languages.length > 0 ? languages : variableCompletions(source, at);
}
