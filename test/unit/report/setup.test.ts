import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { compareRuns } from '../../../src/core/report/compareRuns.ts';
import { comparisonText } from '../../../src/core/report/comparisonText.ts';
import { htmlReport } from '../../../src/core/report/html/html.ts';
import { comparisonMarkdown } from '../../../src/core/report/markdown/comparison.ts';
import { markdownReport } from '../../../src/core/report/markdown/markdown.ts';
import type { RunReport } from '../../../src/core/report/report.ts';
import { hostileWords } from '../../fakes/hostileReport.ts';
import { reportedRuns } from '../../fakes/reportedRuns.ts';
import { shapeOf } from './htmlShape.ts';

const { successful } = reportedRuns();
const started = (words: string): RunReport => ({
  ...successful,
  setup: {
    environment: { name: words, confirm: words, variables: [{ name: words, value: words }] },
    inputs: [{ name: words, value: words }],
    secrets: [words],
    preflight: [{ result: 'failed', words }],
    preflightReason: words,
  },
});

describe('what a run was started with', () => {
  it('stands in every report', () => {
    const report = started('production');
    for (const text of [markdownReport(report), htmlReport(report)]) {
      for (const words of ['Environment', 'production, confirmed by typing its word', 'production (not recorded)', 'failed: production', 'Started although a check failed']) expect(text).toContain(words);
    }
  });

  it('stands in no report of a run that was not asked', () => {
    for (const text of [markdownReport(successful), htmlReport(successful), comparisonText(compareRuns(successful, successful))]) expect(text).not.toContain('Environment');
  });

  it('tells two runs apart', () => {
    const comparison = compareRuns(started('staging'), successful);
    expect(comparisonText(comparison)).toMatch(/Environment\s+staging\s+none/);
    expect(comparisonMarkdown(comparison)).toMatch(/Environment \| staging \| none/);
  });

  it('is only words, whatever a record says', () => {
    const render = (text: string): string => new MarkdownIt({ html: true, linkify: true }).render(text);
    const plain = started('words.');
    fc.assert(
      fc.property(hostileWords, (words) => {
        expect(shapeOf(htmlReport(started(words)))).toEqual(shapeOf(htmlReport(plain)));
        expect(shapeOf(render(markdownReport(started(words))))).toEqual(shapeOf(render(markdownReport(plain))));
      }),
      { numRuns: 60 },
    );
  }, 180_000);
});
