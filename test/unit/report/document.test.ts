import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { jsonReport } from '../../../src/core/report/json.ts';
import { reportedRuns } from '../../fakes/reportedRuns.ts';

const document = readFileSync(join(import.meta.dirname, '../../../docs/REPORT.md'), 'utf8');

function keysOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(keysOf);
  return typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, part]) => [key, ...keysOf(part)]) : [];
}

it('docs/REPORT.md names every field of a report', () => {
  const keys = new Set(Object.values(reportedRuns()).flatMap((report) => keysOf(JSON.parse(jsonReport(report)))));
  expect([...keys].filter((key) => !document.includes(`\`${key}\``))).toEqual([]);
});
