import { describe, expect, test } from 'vitest';
import { buildReviewView } from '../../../src/core/view/review/buildReviewView.ts';
import { ticksOf } from '../../../src/core/view/review/timelineTicks.ts';
import type { PanelView, StepBlockView } from '../../../src/core/view/viewModel.ts';
import { damagedRun, orders, rolledBackRun, successfulRun } from '../../fakes/reportedRuns.ts';
import { reviewOf, withWords } from '../../fakes/reviewedRuns.ts';
import { TimedRun } from '../../fakes/timedRun.ts';

const stepIn = (view: PanelView, id: string): StepBlockView => {
  const found = view.blocks.find((block): block is StepBlockView => block.kind === 'step' && block.stepId === id);
  if (found === undefined) throw new Error(`no step ${id}`);
  return found;
};
const history = (view: PanelView, id: string): readonly string[] => (stepIn(view, id).review?.history ?? []).map((entry) => (entry.kind === 'said' ? `${entry.words} (${entry.by})` : [entry.words, entry.by, entry.about, entry.output?.trim() ?? ''].join(' | ')));
const NOTHING_RUNS = new Set(['remark', 'approve', 'reject', 'copy', 'openSource']);

describe('a record that is looked at', () => {
  const view = buildReviewView(reviewOf(successfulRun()));

  test('shows every attempt at a step with who, when, how it ended and what it printed', () => {
    expect(history(view, 'restart')).toEqual(['exit 1 · 4.2 s | Ada · 14:01 |  | Job for orders.service failed.', 'exit 0 · 0.9 s | Ada · 14:02 |  | ']);
    expect(stepIn(view, 'restart')).toMatchObject({ status: 'done', statusWords: 'done', isNext: false, runningSince: null });
  });

  test('shows skipped steps with their reasons and ticks with their notes', () => {
    expect(stepIn(view, 'told')).toMatchObject({ status: 'skipped', by: 'skipped by Ada · 14:00', message: { text: 'Reason: night shift' } });
    expect(stepIn(view, 'backup').message?.text).toBe('see ticket 7');
    expect(history(view, 'backup')).toEqual([]);
  });

  test('has nothing that could be run, ticked or rolled back', () => {
    expect(view.header.mode).toBe('reviewing');
    const ids = [...view.header.actions, ...(view.header.primary === null ? [] : [view.header.primary]), ...view.blocks.flatMap((block) => (block.kind === 'step' ? block.actions : []))].map(({ id }) => id);
    expect(ids.filter((id) => !NOTHING_RUNS.has(id))).toEqual([]);
    expect([view.header.primary?.id, view.rollback, view.dock.levels, view.notices]).toEqual(['remark', null, [], []]);
    expect(view.blocks.some((block) => block.kind === 'step' && block.tickable)).toBe(false);
  });

  test('says what git states, and no more', () => {
    const words = (anchor: NonNullable<Parameters<typeof reviewOf>[1]>['integrity']): string => buildReviewView(reviewOf(successfulRun(), anchor === undefined ? {} : { integrity: anchor })).review?.integrity.anchor.words ?? '';
    const at = { commit: '9f1c2e7b4a6d8c0e', time: '2026-01-05T15:00:00Z' };
    expect(words({ findings: [], anchor: { kind: 'unchangedSince', ...at, signedBy: 'Ada <a\u202e@x>' } })).toBe('Unchanged since commit 9f1c2e7 of 15:00, signed by Ada <a[U+202E]@x>.');
    expect(words({ findings: [], anchor: { kind: 'unchangedSince', ...at, signedBy: null } })).toBe('Unchanged since commit 9f1c2e7 of 15:00, not signed.');
    expect(words({ findings: [], anchor: { kind: 'changedSince', ...at } })).toBe('Changed since commit 9f1c2e7 of 15:00.');
    expect(words({ findings: [], anchor: { kind: 'notCommitted' } })).toContain('Not committed');
    expect(buildReviewView(reviewOf(successfulRun(), { integrity: null })).review?.integrity.state).toBe('checking');
  });
});

describe('reviewing', () => {
  test('offers all of an output only when there is more than is shown', () => {
    const more = successfulRun().map((event) => (event.body.type === 'command.ended' ? { ...event, body: { ...event.body, output: { bytes: event.body.executionId === 'x1' ? 5000 : 16, sha256: 'aa', cut: false } } } : event));
    const view = buildReviewView(reviewOf(more));
    const offered = (id: string): unknown => stepIn(view, id).review?.history.map((entry) => (entry.kind === 'attempt' ? entry.fullOutput : null));
    expect([offered('restart'), offered('check')]).toEqual([['Open all of its output, 5 KB', 'Open all of its output, 16 bytes'], [null]]);
  });

  test('who took part is refused the decision, with the reason in sight, and may remark', () => {
    const view = buildReviewView(reviewOf(successfulRun(), { reviewer: { name: 'Grace', email: null } }));
    expect(view.review?.rule).toContain('Grace took part in this run');
    expect(view.review?.people).toContain('no proof');
    const actions = [view.header.primary, ...view.header.actions.slice(0, 2)].map((action) => [action?.id, action?.disabledBecause === null]);
    expect(actions).toEqual([['remark', true], ['approve', false], ['reject', false]]);
  });

  test('shows what was said at its place, the decision that stands, and what was overtaken', () => {
    const events = withWords(
      successfulRun(),
      { type: 'approval.given', stepId: null, decision: 'rejected', note: 'no ticket' },
      { type: 'remark.added', stepId: 'check', text: '<b>odd</b>\u200b' },
      { type: 'approval.given', stepId: null, decision: 'approved', note: null },
    );
    const view = buildReviewView(reviewOf(events));
    expect(view.review?.verdict).toEqual({ tone: 'ok', words: 'Approved by Mary' });
    expect(view.review?.said.map(({ kind, overtaken }) => [kind, overtaken !== null])).toEqual([['rejected', true], ['approved', false]]);
    expect([stepIn(view, 'check').said?.[0]?.text, view.review?.atSteps]).toEqual(['<b>odd</b>[U+200B]', 1]);
  });

  test('what is said after the end does not make the run longer', () => {
    const late = withWords(successfulRun(), { type: 'remark.added', stepId: null, text: 'next day' });
    expect(reviewOf(late).timeline.totalMs).toBe(905_000);
  });
});

describe('a rolled-back run', () => {
  const view = buildReviewView(reviewOf(rolledBackRun()));

  test('tells its rollback, what it ran and that it was slower than it was meant to be', () => {
    expect(view.review?.rollbacks).toMatchObject([{ title: 'Rollback to level 1: Feature toggle', state: 'ok', words: 'succeeded after 2 m 21 s, over its budget of 2 min', by: 'Ada · 14:01', commands: [{ purpose: 'undo', attempts: [{ words: 'exit 0 · 2 m 19 s', output: 'off\n' }] }] }]);
  });

  test('says what remained changed', () => {
    const input = reviewOf(rolledBackRun());
    const steps = input.runbook.steps.map((step) => (step.commands.length > 0 ? { ...step, irreversible: { closes: [] } } : step));
    const remains = buildReviewView({ ...input, runbook: { ...input.runbook, steps } }).review?.rollbacks[0]?.remains;
    expect([view.review?.rollbacks[0]?.remains, remains?.map(({ heading }) => heading)]).toEqual([[], ['What remained changed. Past the point of no return: cannot be taken back']]);
    expect(remains?.[0]?.items).not.toEqual([]);
  });

  test('what was never done says so, and does not wait for anything', () => {
    expect(stepIn(view, 'go')).toMatchObject({ status: 'open', statusWords: 'not done', by: 'not done' });
  });

  test('is drawn in rows: its phases, then the rollback with its budget', () => {
    const { timeline } = view.review ?? {};
    expect(timeline?.rows.map(({ title, words }) => [title, words])).toEqual([['Pre-flight', '2.0 s'], ['Phase 1: Canary (10 minutes)', '25 s, within 10 min'], ['Rollback', '2 m 21 s, over 2 min']]);
    expect(timeline?.rows[2]?.bars).toMatchObject([{ kind: 'rollback', isOverBudget: true, budgetMs: 120_000, fromMs: 60_000, toMs: 201_000 }, { kind: 'command', outcome: 'succeeded' }]);
    for (const { fromMs, toMs } of timeline?.rows.flatMap(({ bars }) => bars) ?? []) expect([fromMs >= 0, toMs >= fromMs, toMs <= (timeline?.totalMs ?? 0)]).toEqual([true, true, true]);
  });
});

describe('a damaged record', () => {
  const integrity = { findings: [{ kind: 'damaged', file: 'w.jsonl', line: 41, reason: 'does not match its checksum' }, { kind: 'noStart' }], anchor: { kind: 'unknown' } } as const;

  test('does not say of a step that it was not done: its line may be the one that is missing', () => {
    const view = buildReviewView(reviewOf(damagedRun(), { integrity }));
    expect(stepIn(view, 'told')).toMatchObject({ status: 'open', statusWords: 'nothing recorded' });
    expect(view.outline.map(({ status }) => status)).not.toContain('active');
  });

  test('says what is damaged, where', () => {
    const { integrity: shown } = buildReviewView(reviewOf(damagedRun(), { integrity })).review ?? {};
    expect(shown).toMatchObject({ state: 'damaged', title: 'Record not intact: 2 findings' });
    expect(shown?.findings[0]).toContain('Line 41 of w.jsonl is damaged');
  });

  test('never shows what has no end as running or done', () => {
    const view = buildReviewView(reviewOf(damagedRun(), { integrity }));
    expect([stepIn(view, 'restart').statusWords, stepIn(view, 'check').statusWords]).toEqual(['end unknown', 'no end is recorded']);
    expect(JSON.stringify(view)).not.toMatch(/"(?:status|state|outcome)":"running"/);
  });

  test.each(['missing', 'changed'] as const)('with a text that is %s shows the steps that the record names', (text) => {
    const view = buildReviewView(reviewOf(damagedRun(), { text, integrity }));
    expect(view.notices.map(({ id }) => id)).toContain('text');
    expect(view.blocks.map((block) => (block.kind === 'step' ? block.stepId : block.kind))).toEqual(['section', 'backup', 'vanished', 'restart', 'check']);
    expect(stepIn(view, 'restart').commands[0]?.text).toBe('systemctl restart --force orders\n');
  });

  test('steps that the text does not have stand after it; commands that are not those of the text are shown as they ran', () => {
    const view = buildReviewView(reviewOf(damagedRun(), { integrity }));
    expect(view.blocks.at(-1)).toMatchObject({ kind: 'step', stepId: 'vanished' });
    expect(stepIn(view, 'restart').review?.history).toMatchObject([{ kind: 'attempt', text: 'systemctl restart --force orders\n', about: 'not what stands above' }]);
    expect(orders.steps.some(({ id }) => id === 'vanished')).toBe(false);
  });
});

test.each([0, 900, 61_000, 3_600_000, 90_000_000, 400 * 86_400_000])('an axis of %i ms has few marks, evenly apart and inside it', (totalMs) => {
  const ticks = ticksOf(totalMs);
  expect([ticks.length <= 6, ticks[0]?.atMs, ticks.every(({ atMs }) => atMs <= totalMs)]).toEqual([true, 0, true]);
  expect(new Set(ticks.slice(1).map(({ atMs }, index) => atMs - (ticks[index]?.atMs ?? 0))).size).toBeLessThanOrEqual(1);
});

test('of a step that was tried a thousand times the latest attempts are shown', () => {
  const run = new TimedRun().started();
  for (let at = 0; at < 1000; at += 1) run.begins(at, `x${String(at)}`, 'restart').ends(at, `x${String(at)}`, 1, { outputTail: 'a line\n' });
  const view = buildReviewView(reviewOf(run.events));
  const entries = stepIn(view, 'restart').review?.history ?? [];
  expect([entries.length, entries[0]]).toMatchObject([51, { kind: 'said', words: '950 earlier entries in the record' }]);
  expect(entries.filter((entry) => entry.kind === 'attempt' && entry.output !== null)).toHaveLength(5);
  expect(view.review?.timeline?.caution).toContain('not drawn');
});
