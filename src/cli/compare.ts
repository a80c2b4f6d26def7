import { comparisonText } from '../core/report/comparisonText.ts';
import { compareRuns } from '../core/report/compareRuns.ts';
import { comparisonMarkdown } from '../core/report/markdown/comparison.ts';
import { findRun } from './findRun.ts';
import { readReport } from '../node/record/readReport.ts';
import { readWords, refused, wrongUsage } from './usage.ts';

const USAGE = 'guided-runbooks compare RUN RUN [--json | --format text|md]';

/**
 * `compare RUN RUN [--json | --format text|md]`: sets two runs side by side.
 * @returns exit code 0, or 2 when one cannot be read or the usage is wrong
 */
export async function compareCommand(args: readonly string[], out: NodeJS.WritableStream, err: NodeJS.WritableStream): Promise<number> {
  const words = readWords(args, { json: { type: 'boolean' }, format: { type: 'string' } });
  if (typeof words === 'string') return wrongUsage('compare', words, USAGE, err);
  const [first, second, another] = words.rest;
  if (first === undefined || second === undefined || another !== undefined) return wrongUsage('compare', 'name two runs', USAGE, err);
  const { format = 'text' } = words.options;
  if (format !== 'text' && format !== 'md') return wrongUsage('compare', `there is no format “${String(format)}”`, USAGE, err);
  const json = words.options['json'] === true;
  try {
    const comparison = compareRuns(await readReport(findRun(first, process.cwd())), await readReport(findRun(second, process.cwd())));
    if (json) out.write(`${JSON.stringify({ success: true, details: comparison })}\n`);
    else out.write(format === 'md' ? comparisonMarkdown(comparison) : comparisonText(comparison));
    return 0;
  } catch (error) {
    return refused(error, json, out, err);
  }
}
