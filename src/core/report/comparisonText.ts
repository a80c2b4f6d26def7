import type { RunComparison } from './comparison.ts';
import { type ComparisonRow, runRows, stepRow, totalsWords } from './comparisonRows.ts';
import { shownLine } from './shownText.ts';

/** Columns wider than this are cut. */
const WIDEST = 48;

/** Two runs side by side for a terminal. @returns text that ends with a line end */
export function comparisonText(comparison: RunComparison): string {
  const head = runRows(comparison);
  const steps = comparison.steps.map(stepRow);
  const widths = (['name', 'left', 'right'] as const).map((part) => Math.max(...[...head, ...steps].map((row) => cell(row[part]).length)));
  const draw = ({ name, left, right, difference }: ComparisonRow): string => [...[name, left, right].map((words, place) => cell(words).padEnd(widths[place] ?? 0)), shownLine(difference)].join('  ').trimEnd();
  return `${[...head.map(draw), '', ...steps.map(draw), '', totalsWords(comparison)].join('\n')}\n`;
}

function cell(words: string): string {
  const line = shownLine(words);
  return line.length > WIDEST ? `${line.slice(0, WIDEST - 1)}…` : line;
}
