import type { Lines } from './text.ts';

const HEADING = /^(?:[ \t]|>)*#{1,6}[ \t]/;
const WORDS = /^[ \t>]*[^\s>]/;
/** What begins something new also right below words. */
const BEGINS = /^[ \t>]*(?:[-*+] |\d{1,9}[.)] |#{1,6} |```|~~~|<!--|\||[=-]+\s*$)/;

/** The last line of the words that begin on a line: those of an item or a paragraph may go on. */
export function lastLineOfWords(lines: Lines, line: number): number {
  if (HEADING.test(lines.lineText(line))) return line;
  let last = line;
  while (last + 1 < lines.count && goesOn(lines, last + 1)) last++;
  return last;
}

/** The line on which the words begin that go on on a line. */
export function firstLineOfWords(lines: Lines, line: number): number {
  let first = line;
  while (first > 0 && goesOn(lines, first) && WORDS.test(lines.lineText(first - 1)) && !HEADING.test(lines.lineText(first - 1))) first--;
  return first;
}

function goesOn(lines: Lines, line: number): boolean {
  return WORDS.test(lines.lineText(line)) && !BEGINS.test(lines.lineText(line));
}
