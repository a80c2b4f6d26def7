import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildReviewView } from '../../src/core/view/review/buildReviewView.ts';
import type { PanelView } from '../../src/core/view/viewModel.ts';
import { successfulRun } from '../fakes/reportedRuns.ts';
import { reviewOf, withWords } from '../fakes/reviewedRuns.ts';
import { READING } from './fixtures.ts';
import { DAMAGED, REVIEWED, ROLLED_BACK } from './reviewFixtures.ts';
import { Theatre } from './stage.ts';
import { THEMES, type ThemeName } from './themes.ts';

let theatre: Theatre;
beforeAll(async () => {
  theatre = await Theatre.open();
});
afterAll(() => theatre.close());

const STATES: readonly (readonly [string, PanelView, readonly string[]])[] = [
  ['successful', REVIEWED, ['record', 'Record complete', 'Unchanged since commit 9f1c2e7 of 15:00, signed by Ada <ada@example.org>.', 'Approved by Mary', 'Run by Ada <ada@example.org>, Grace', 'no proof', 'overtaken later', 'exit 1 · 4.2 s', 'exit 0 · 0.9 s', 'Job for orders.service failed.', 'Why was that?', 'skipped by Ada · 14:00', 'Reason: night shift', '15 m 5 s, from 14:00 to 14:15', 'nothing ran']],
  ['rolled back', ROLLED_BACK, ['Not decided on yet', 'Ada took part in this run', 'Not committed', 'Rollback to level 1: Feature toggle', 'succeeded after 2 m 21 s, over its budget of 2 min', 'orders flag off', '2 m 21 s, over 2 min', 'not done']],
  ['damaged', DAMAGED, ['Record not intact: 5 findings', 'Changed since commit 9f1c2e7', 'The runbook’s text is not in this record.', 'Steps in the record', 'no end is recorded', 'marked done by Ada']],
];

describe.each(Object.keys(THEMES) as ThemeName[])('in %s', (theme) => {
  test.each(STATES)('a %s record says everything, and runs nothing', async (_, view, words) => {
    const stage = await theatre.show(view, { theme, height: 2600 });
    await stage.page.locator('.block').first().waitFor();
    const text = await stage.page.evaluate(() => document.body.innerText);
    for (const word of words) expect(text).toContain(word);
    expect(await stage.page.locator('.dock').isVisible()).toBe(false);
    expect(await stage.page.locator('[role=checkbox]').count()).toBe(0);
    expect(stage.trouble).toEqual([]);
    expect((await stage.posted()).map(({ type }) => type)).toEqual(['ready']);
    await stage.close();
  });
});

test('nothing is wider than the panel', { timeout: 120_000 }, async () => {
  for (const width of [320, 480, 700, 1000, 1600]) {
    for (const [name, view] of STATES) {
      const stage = await theatre.show(view, { width, height: 900 });
      expect(await stage.page.evaluate(() => document.documentElement.scrollWidth), `${name} at ${String(width)}`).toBeLessThanOrEqual(width);
      await stage.close();
    }
  }
});

describe('the timeline', () => {
  test('is drawn to scale', async () => {
    const stage = await theatre.show(ROLLED_BACK, { height: 2000 });
    const row = stage.page.locator('.chart-row', { hasText: 'Rollback' }).last();
    const chart = await row.locator('svg').boundingBox();
    const bar = await row.locator('.bar.rollback rect').boundingBox();
    // 60 s to 201 s of 210 s.
    const share = (x: number | undefined): number => ((x ?? 0) - (chart?.x ?? 0)) / (chart?.width ?? 1);
    expect(share(bar?.x)).toBeCloseTo(60 / 210, 1);
    expect(share((bar?.x ?? 0) + (bar?.width ?? 0))).toBeCloseTo(201 / 210, 1);
    expect(await row.locator('.budget').count()).toBe(1);
    await stage.close();
  });

  test('says the same as a table, by keyboard and to a screen reader; the drawing is for eyes only', async () => {
    const stage = await theatre.show(REVIEWED, { height: 2000 });
    const { page } = stage;
    expect(await page.locator('.chart').getAttribute('aria-hidden')).toBe('true');
    expect(await page.locator('.chart [tabindex], .chart button, .chart a').count()).toBe(0);
    await page.getByText('Timeline as a table').focus();
    await page.keyboard.press('Enter');
    const rows = await page.locator('.as-table tr').allInnerTexts();
    expect(rows.some((row) => row.includes('Restart') && row.includes('exit 1 after 4.2 s'))).toBe(true);
    expect(rows.some((row) => row.includes('in which nothing ran'))).toBe(true);
    await page.getByRole('button', { name: 'Go to Restart' }).first().click();
    expect(await page.evaluate(() => document.activeElement?.closest<HTMLElement>('.block')?.dataset['key'])).toBe('step:restart');
    await stage.close();
  });
});

describe('a reviewer', () => {
  test('says something of the run from the header and of a step from its row', async () => {
    const stage = await theatre.show(REVIEWED, { height: 2000 });
    const { page } = stage;
    await page.locator('.header [data-button=remark]').click();
    await page.locator('[data-key="step:check"] [data-row]').hover();
    await page.locator('[data-key="step:check"] [data-button=approve]').click();
    expect((await stage.posted()).slice(1)).toEqual([
      { type: 'review', action: 'remark', stepId: null, revision: 1 },
      { type: 'review', action: 'approve', stepId: 'check', revision: 1 },
    ]);
    await stage.close();
  });

  test('who took part hears why they cannot decide, and nothing is sent', async () => {
    const stage = await theatre.show(ROLLED_BACK, { height: 1200 });
    await stage.page.locator('.header [data-button=approve]').click();
    await expect.poll(() => stage.page.locator('.toast').innerText()).toContain('Ada took part in this run');
    expect((await stage.posted()).map(({ type }) => type)).toEqual(['ready']);
    await stage.close();
  });

  test('sees what was said meanwhile without losing the place', async () => {
    const stage = await theatre.show(REVIEWED, { height: 900 });
    const said = buildReviewView(reviewOf(withWords(successfulRun(), { type: 'remark.added', stepId: null, text: 'Looks fine to me' })));
    await stage.page.locator('[data-key="step:check"] [data-row]').focus();
    await stage.send({ type: 'patch', revision: 2, review: said.review });
    expect(await stage.page.locator('.review').innerText()).toContain('Looks fine to me');
    expect(await stage.page.evaluate(() => document.activeElement?.closest<HTMLElement>('.block')?.dataset['key'])).toBe('step:check');
    await stage.close();
  });
});

test('hostile words in every field are drawn as words', async () => {
  const hostile = '<img src=x onerror="document.title=1"><svg onload=alert(1)> [a](command:x) \u202eevil';
  const events = successfulRun().map((event) => ({ ...event, actor: { name: hostile, email: hostile } }));
  const view = buildReviewView(
    reviewOf(withWords(events, { type: 'remark.added', stepId: null, text: hostile }, { type: 'approval.given', stepId: 'check', decision: 'rejected', note: hostile }), {
      integrity: { findings: [{ kind: 'damaged', file: hostile, line: 1, reason: hostile }], anchor: { kind: 'unchangedSince', commit: hostile, time: hostile, signedBy: hostile } },
    }),
  );
  const stage = await theatre.show(view, { height: 3000, withoutPolicy: true });
  await stage.page.locator('.review').waitFor();
  expect(await stage.page.locator('main img, main a, main svg[onload]').count()).toBe(0);
  const text = await stage.page.evaluate(() => document.body.innerText);
  expect(text).toContain('onerror=');
  expect(text).not.toContain('\u202e');
  expect(stage.trouble).toEqual([]);
  await stage.close();
});

test('the dock comes back when the panel shows a runbook again', async () => {
  const stage = await theatre.show(REVIEWED);
  await stage.send({ type: 'snapshot', revision: 2, view: READING });
  expect([await stage.page.locator('.dock').isVisible(), await stage.page.locator('.review').count()]).toEqual([true, 0]);
  await stage.close();
});
