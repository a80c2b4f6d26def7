import type { RunbookSource } from '../source.ts';
import { rangeOf, type Position, type Range } from '../text.ts';
import { SNIPPETS, type Snippet, type SnippetPlace } from './snippets.ts';

/** What can be written at a place, and the word there that it takes the place of. */
export interface SnippetOffer {
  readonly snippets: readonly Snippet[];
  readonly range: Range;
}

/**
 * Snippets for a line on which nothing stands but the beginning of a word.
 * None inside a block of code, a list or a comment, where another one would be
 * meant; null then.
 */
export function snippetsAt(source: RunbookSource, { line, character }: Position): SnippetOffer | null {
  const text = source.lines.lineText(line);
  const word = /^[A-Za-z-]*$/.exec(text.slice(0, character))?.[0];
  if (word === undefined || text.slice(character).trim() !== '') return null;
  const place = placeOf(source, line);
  if (place === null) return null;
  return { snippets: SNIPPETS.filter((snippet) => snippet.place === place || (place === 'body' && snippet.place === 'newFrontMatter' && line === 0)), range: rangeOf(line, 0, text.length) };
}

function placeOf({ frontMatter, fences }: RunbookSource, line: number): SnippetPlace | null {
  if (frontMatter !== null && line <= frontMatter.endLine) return line > 0 && line < frontMatter.endLine ? 'frontMatter' : null;
  return fences.some((fence) => fence.line <= line && line <= fence.endLine) ? null : 'body';
}
