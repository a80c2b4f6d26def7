import type { RunReport } from './report.ts';

/**
 * A report as JSON, with the field names of `RunReport` (see report.ts, which
 * says what each is). Each field comes in a fixed order, so that two reports
 * can be compared line by line.
 *
 * @returns text that ends with a line end
 */
export function jsonReport(report: RunReport): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
