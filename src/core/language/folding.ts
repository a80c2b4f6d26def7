import { lastWords } from './lastWords.ts';
import type { RunbookSource } from './source.ts';

/** Lines from 0, both included; the first one stays in sight. */
export interface FoldingRange {
  readonly start: number;
  readonly end: number;
}

/**
 * What can be folded beside what every Markdown file folds: steps, phases that
 * begin with a bold label, keys of the front matter, and blocks with the words
 * that name them.
 */
export function foldingRanges(source: RunbookSource): readonly FoldingRange[] {
  const { runbook, frontMatter, lines } = source;
  const found = [
    ...[...runbook.steps, ...runbook.sections].map(({ line, endLine }) => ({ start: line - 1, end: lastWords(source.lines, line, endLine) })),
    ...(frontMatter?.entries ?? []).map(({ key, range }) => ({ start: key.start.line, end: range.end.character === 0 ? range.end.line - 1 : range.end.line })),
  ].filter(({ start, end }) => start >= 0 && end > start && end < lines.count);
  return [...new Map(found.map((range) => [`${String(range.start)} ${String(range.end)}`, range])).values()];
}
