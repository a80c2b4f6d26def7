import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparisonText } from '../../../src/core/report/comparisonText.ts';
import { compareRuns } from '../../../src/core/report/compareRuns.ts';
import { comparisonMarkdown } from '../../../src/core/report/markdown/comparison.ts';
import { durationsOf, successesIn } from '../../../src/core/report/pastDurations.ts';
import type { ReportStep, RunReport } from '../../../src/core/report/report.ts';
import { fold } from '../../../src/core/run/evolve.ts';
import MarkdownIt from 'markdown-it';
import { hostileWords, withWords } from '../../fakes/hostileReport.ts';
import { reportedRuns } from '../../fakes/reportedRuns.ts';
import { runbookOf, stepOf } from '../../fakes/runbooks.ts';
import { TimedRun } from '../../fakes/timedRun.ts';
import { shapeOf } from './htmlShape.ts';

const { successful, 'rolled-back': rolledBack } = reportedRuns();

/** A report whose steps are others. */
function withSteps(report: RunReport, change: (steps: readonly ReportStep[]) => readonly ReportStep[]): RunReport {
  return { ...report, sections: report.sections.map((section) => ({ ...section, steps: change(section.steps) })) };
}

describe('two runs side by side', () => {
  it('have outcomes and durations for each step, matched by id', () => {
    const { steps, totals, differenceMs } = compareRuns(successful, rolledBack);
    expect(steps.map(({ id, isOtherOutcome, differenceMs: ms }) => [id, isOtherOutcome, ms])).toEqual([
      ['backup', false, null],
      ['told', true, null],
      ['restart', false, 1100],
      ['check', true, 14_600],
      ['go', true, null],
      ['nogo', true, null],
    ]);
    expect(steps.find(({ id }) => id === 'restart')).toMatchObject({ left: { words: 'done', attempts: 2, durationMs: 900 }, right: { words: 'done', attempts: 1, durationMs: 2000 } });
    expect(totals).toEqual({ inBoth: 6, onlyLeft: 0, onlyRight: 0, changed: 0, otherOutcome: 4 });
    expect(differenceMs).toBe(210_000 - 905_000);
  });

  it('name steps of one of them in place, and those whose text is another', () => {
    const [other] = withSteps(successful, (steps) => steps.slice(0, 1)).sections;
    const extra = { ...(other?.steps[0] as ReportStep), id: 'extra' };
    const right = withSteps(successful, (steps) => steps.flatMap((step) => (step.id === 'told' ? [] : step.id === 'restart' ? [{ ...step, commands: [{ language: 'bash', text: 'reload' }] }, extra] : [step])));
    const { steps, totals } = compareRuns(successful, right);
    expect(steps.map(({ id, left: l, right: r, isChanged }) => `${id}${l === null ? ' only right' : ''}${r === null ? ' only left' : ''}${isChanged ? ' changed' : ''}`)).toEqual(['backup', 'told only left', 'restart changed', 'extra only right', 'check', 'go', 'nogo']);
    expect(totals).toMatchObject({ inBoth: 5, onlyLeft: 1, onlyRight: 1, changed: 1, otherOutcome: 0 });
  });

  it('read well as text and in Markdown', async () => {
    const comparison = compareRuns(successful, rolledBack);
    await expect(comparisonText(comparison)).toMatchFileSnapshot('golden/comparison.txt');
    await expect(comparisonMarkdown(comparison)).toMatchFileSnapshot('golden/comparison.md');
  });

  it('differ in nothing from themselves, and mirror each other', () => {
    for (const report of Object.values(reportedRuns())) {
      const { totals, steps } = compareRuns(report, report);
      expect(totals).toMatchObject({ onlyLeft: 0, onlyRight: 0, changed: 0, otherOutcome: 0 });
      expect(steps.every(({ differenceMs }) => differenceMs === null || differenceMs === 0)).toBe(true);
    }
    const [there, back] = [compareRuns(successful, rolledBack), compareRuns(rolledBack, successful)];
    expect(back.totals).toEqual({ ...there.totals, onlyLeft: there.totals.onlyRight, onlyRight: there.totals.onlyLeft });
  });

  it('hold hostile words as words', () => {
    const reader = new MarkdownIt({ html: true, linkify: true });
    reader.linkify.set({ fuzzyLink: false });
    const drawn = (words: string): string => comparisonMarkdown(compareRuns(withWords(successful, () => words), withWords(rolledBack, () => words)));
    const harmless = shapeOf(reader.render(drawn('words.')));
    fc.assert(
      fc.property(hostileWords, (words) => {
        expect(shapeOf(reader.render(drawn(words)))).toEqual(harmless);
        expect(comparisonText(compareRuns(withWords(successful, () => words), successful))).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      }),
    );
  });
});

describe('past durations', () => {
  const runbook = runbookOf([stepOf('a', { commands: ['make'] }), stepOf('b', { commands: ['one', 'two'] }), stepOf('c')]);
  const run = (ms: number | null, text = 'make', code = 0) => successesIn(fold(new TimedRun().started().begins(1, 'x', 'a', text).ends(2, 'x', code, { durationMs: ms }).events));

  it('come from successes with the very same text, newest first', () => {
    expect(durationsOf(runbook, [run(14_000), run(9000, 'make all'), run(1, 'make', 1), run(null), run(10_000), run(-5), run(30_000)]).get('a')).toEqual({ lastMs: 14_000, medianMs: 14_000, count: 3 });
    expect(durationsOf(runbook, [run(10), run(20)]).get('a')).toEqual({ lastMs: 10, medianMs: 15, count: 2 });
    expect(durationsOf(runbook, []).size).toBe(0);
  });

  it('take the last success of each of a step’s commands together, and nothing when one is missing', () => {
    const both = new TimedRun().started().begins(1, 'x1', 'b', 'one', { count: 2 }).ends(2, 'x1', 0, { durationMs: 5 }).begins(3, 'x2', 'b', 'one', { count: 2 }).ends(4, 'x2', 0, { durationMs: 10 });
    expect(durationsOf(runbook, [successesIn(fold(both.events))]).has('b')).toBe(false);
    both.begins(5, 'x3', 'b', 'two', { index: 1, count: 2 }).ends(6, 'x3', 0, { durationMs: 100 });
    expect(durationsOf(runbook, [successesIn(fold(both.events))]).get('b')).toEqual({ lastMs: 110, medianMs: 110, count: 1 });
  });
});
