import type { Lines, Range } from '../text.ts';

/** A key or value of YAML without its quotes. */
export function bareValue(lines: Lines, range: Range): Range {
  if (range.start.line !== range.end.line || !/^(?:"[^]*"|'[^]*')$/.test(lines.textIn(range)) || range.end.character - range.start.character < 2) return range;
  return { start: { ...range.start, character: range.start.character + 1 }, end: { ...range.end, character: range.end.character - 1 } };
}
