import type { RunComparison } from '../comparison.ts';
import { type ComparisonRow, runRows, stepRow, totalsWords } from '../comparisonRows.ts';
import { inline } from './escape.ts';

/** Two runs side by side in Markdown. @returns text that ends with a line end */
export function comparisonMarkdown(comparison: RunComparison): string {
  const { left, right } = comparison;
  const title = left.title === right.title ? `# Two runs of ${inline(left.title)}` : `# ${inline(left.title)} and ${inline(right.title)}`;
  return `${[title, table('', runRows(comparison)), totalsWords(comparison), table('Step', comparison.steps.map(stepRow))].join('\n\n')}\n`;
}

function table(name: string, rows: readonly ComparisonRow[]): string {
  const lines = rows.map((row) => `| ${[row.name, row.left, row.right, row.difference].map(inline).join(' | ')} |`);
  return [`| ${name} | First | Second | Difference |`, '|---|---|---|---|', ...lines].join('\n');
}
