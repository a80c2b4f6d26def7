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
  const keys = new Set(source.frontMatter?.entries.flatMap(({ path }) => (path.length === 1 ? [String(path[0])] : [])));
  const fits = (snippet: Snippet): boolean => (snippet.place === place && !keysOf(snippet).some((key) => keys.has(key))) || (place === 'body' && snippet.place === 'newFrontMatter' && line === 0);
  return { snippets: SNIPPETS.filter(fits), range: rangeOf(line, 0, text.length) };
}

/** Keys that a snippet writes into the front matter; a second one of the same name would break it. */
function keysOf({ place, body }: Snippet): readonly string[] {
  return place === 'frontMatter' ? body.flatMap((line) => /^(\w+):/.exec(line)?.[1] ?? []) : [];
}

function placeOf({ frontMatter, fences }: RunbookSource, line: number): SnippetPlace | null {
  if (frontMatter !== null && line <= frontMatter.endLine) return line > 0 && line < frontMatter.endLine ? 'frontMatter' : null;
  return fences.some((fence) => fence.line <= line && line <= fence.endLine) ? null : 'body';
}
