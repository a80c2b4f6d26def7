import { describe, expect, it } from 'vitest';
import { reportOf } from '../../../src/core/report/buildReport.ts';
import { htmlReport } from '../../../src/core/report/html/html.ts';
import { markdownReport } from '../../../src/core/report/markdown/markdown.ts';
import { timelineOf } from '../../../src/core/report/buildTimeline.ts';
import { fold } from '../../../src/core/run/evolve.ts';
import type { RunEvent, RunEventBody } from '../../../src/core/run/events.ts';
import { parseRunbook } from '../../../src/core/runbook/parse.ts';

const BOOK = parseRunbook('# R\n\n## Staging (10 min) <!-- {#staging soak=4h} -->\n\n- [ ] Look <!-- {#look} -->\n');
const bodies: readonly (readonly [string, RunEventBody])[] = [
  ['14:00', { type: 'run.started', title: 'R', file: 'r.md', textSha256: 'x', git: null }],
  ['14:01', { type: 'step.ticked', stepId: 'look', note: null }],
  ['14:20', { type: 'budget.overrun', subject: { kind: 'section', sectionId: 'staging' }, since: '2026-01-05T14:01:00.000Z', budgetSeconds: 600 }],
  ['15:00', { type: 'soak.endedEarly', subject: { kind: 'section', sectionId: 'staging' }, since: '2026-01-05T14:01:00.000Z', until: '2026-01-05T18:01:00.000Z', reason: 'no <b>traffic</b>' }],
  ['15:10', { type: 'trigger.fired', trigger: 'error_rate > 5% 300 1', words: 'Error rate > 5 %', level: 1, since: '2026-01-05T15:05:00.000Z', samples: [{ at: '2026-01-05T15:10:00.000Z', value: 7 }] }],
  ['15:20', { type: 'trigger.cleared', trigger: 'error_rate > 5% 300 1' }],
];
const EVENTS = bodies.map(([at, body], place): RunEvent => ({ v: 1, id: `e${String(place)}`, run: 'r', writer: 'w', seq: place + 1, heads: {}, prev: null, time: `2026-01-05T${at}:00.000Z`, actor: { name: 'Ada', email: null }, body }));
const report = reportOf(BOOK, EVENTS, fold(EVENTS), { findings: [], anchor: { kind: 'unknown' } });

describe('soaks and budgets in a report', () => {
  it('are there as data, with titles', () => {
    expect(report.soaksEndedEarly).toMatchObject([{ subject: { kind: 'section', id: 'staging', title: expect.stringContaining('Staging') as string }, by: { name: 'Ada' }, reason: 'no <b>traffic</b>' }]);
    expect(report.overruns).toMatchObject([{ subject: { id: 'staging' }, budgetSeconds: 600, at: '2026-01-05T14:20:00.000Z' }]);
  });

  it('are rows of its head in Markdown and HTML, and no more than words', () => {
    expect(markdownReport(report)).toMatch(/\| Soaks ended early \| .*Staging.*by Ada.*traffic/);
    expect(markdownReport(report)).toMatch(/\| Over budget \| .*longer than 10 min/);
    expect(htmlReport(report)).toContain('Soaks ended early');
    expect(markdownReport(report)).toMatch(/\| Triggers fired \| .*Error rate.*until 2026-01-05 15:20/);
    expect(report.firings).toMatchObject([{ level: 1, clearedAt: '2026-01-05T15:20:00.000Z', samples: [{ value: 7 }] }]);
    expect(htmlReport(report)).not.toContain('<b>traffic</b>');
  });

  it('are marks of the timeline that make no phase longer', () => {
    const { bars, phases } = timelineOf(BOOK, EVENTS);
    expect(bars.map(({ label, words }) => [label, words])).toEqual([
      ['Look', 'ticked by Ada'],
      [expect.stringContaining('Staging'), 'over its budget of 10 min'],
      [expect.stringContaining('Staging'), 'soak ended early by Ada: no <b>traffic</b>'],
      ['Runbook', 'trigger fired: Error rate > 5 %, which advises level 1'],
      ['Runbook', 'trigger holds no longer: error_rate > 5%'],
    ]);
    expect(phases).toMatchObject([{ fromMs: 60_000, toMs: 60_000, isOverBudget: false }]);
  });
});
