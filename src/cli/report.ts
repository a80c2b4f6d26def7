import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { htmlReport } from '../core/report/html/html.ts';
import { jsonReport } from '../core/report/json.ts';
import { postMortem } from '../core/report/markdown/postMortem.ts';
import { markdownReport } from '../core/report/markdown/markdown.ts';
import type { RunReport } from '../core/report/report.ts';
import * as errors from '../core/userErrors.ts';
import { findRun } from './findRun.ts';
import { readReport } from '../node/record/readReport.ts';
import { readWords, refused, wrongUsage } from './usage.ts';

const FORMATS: ReadonlyMap<string, (report: RunReport) => string> = new Map([
  ['md', markdownReport],
  ['html', htmlReport],
  ['json', jsonReport],
  ['postmortem', postMortem],
]);
const USAGE = 'guided-runbooks report RUN --format md|html|json|postmortem [--output FILE]';

/**
 * `report RUN --format md|html|json|postmortem [--output FILE]`: writes the report of a run.
 * @returns exit code 0, or 2 when the run cannot be read, the file not be written, or the usage is wrong
 */
export async function reportCommand(args: readonly string[], out: NodeJS.WritableStream, err: NodeJS.WritableStream): Promise<number> {
  const words = readWords(args, { format: { type: 'string' }, output: { type: 'string', short: 'o' } });
  if (typeof words === 'string') return wrongUsage('report', words, USAGE, err);
  const [run, another] = words.rest;
  if (run === undefined || another !== undefined) return wrongUsage('report', 'name one run', USAGE, err);
  const { format = 'md', output } = words.options;
  const write = FORMATS.get(String(format));
  if (write === undefined) return wrongUsage('report', `there is no format “${String(format)}”`, USAGE, err);
  try {
    const text = write(await readReport(findRun(run, process.cwd())));
    if (typeof output === 'string') save(output, text);
    else out.write(text);
    return 0;
  } catch (error) {
    return refused(error, false, out, err);
  }
}

function save(file: string, text: string): void {
  try {
    writeFileSync(resolve(file), text);
  } catch (error) {
    throw errors.reportNotWritten(file, error instanceof Error ? error.message : String(error));
  }
}
