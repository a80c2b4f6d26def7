import type { Lines } from './text.ts';

/**
 * The last line (from 0) of a step or section that is not empty, so that it keeps its distance from what follows.
 * @param line its first line, and `endLine` its last one, from 1 as in the runbook
 */
export function lastWords(lines: Lines, line: number, endLine: number): number {
  let last = endLine - 1;
  while (last >= line && lines.lineText(last).trim() === '') last--;
  return last;
}
