import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PanelView } from '../../src/core/view/viewModel.ts';
import { planned, secondsAgo } from './fixtureParts.ts';
import { FAILED, FINISHED, GATE, NEXT, PROMPT_REASON, PROMPT_WORD, READING, ROLLBACK_FAILED, ROLLBACK_PLAN, ROLLING_BACK, RUNNING, UNKNOWN } from './fixtures.ts';
import { Theatre, type Stage } from './stage.ts';
import { THEMES, type ThemeName } from './themes.ts';

let theatre: Theatre;
beforeAll(async () => {
  theatre = await Theatre.open();
});
afterAll(() => theatre.close());

const STATES: readonly (readonly [string, PanelView, readonly string[]])[] = [
  ['reading', READING, ['Start run', 'reading', 'Before a run: 2 things to look at.', 'line 61', '5 details', '1 · Feature toggle', 'Owner', 'Platform team']],
  ['next', NEXT, ['production', 'main @ 3f2a1c9, clean', 'run 01J9 · started by you 14:02', '5 of 10 steps', 'Run next step', 'Mark done…', 'exit 0 · 0.4 s · 14:11', 'waits for “Go / no-go”']],
  ['running', RUNNING, ['running', 'of 1:00', 'Show terminal', 'Stop', 'waiting for 127.0.0.1:8080 …']],
  ['failed', FAILED, ['failed · exit 7 · 31 s · 14:15', 'Retry', 'The command failed with exit 7', 'Error rate 1.3 % > 1 % for 5 min']],
  ['unknown', UNKNOWN, ['end unknown · 14:15', 'Nobody knows how the command ended', 'Its output was not observed here.']],
  ['gate', GATE, ['Go', 'No-go', 'Needs QA and one other person', 'skipped by you · 14:31', 'Reason: metrics are down']],
  ['finished', FINISHED, ['ended', 'completed 18:40', '10 of 10 steps', 'of about 35 m', 'Start a new run']],
  ['rollback plan', ROLLBACK_PLAN, ['Roll back · level 2: Code rollback', 'Plan, nothing has run', 'budget 15 min', '1. Undo', '3. Verify', 'What stays and what is not undone', 'already written', 'Steps that started and are affected', 'Roll back to level 2', 'Cancel']],
  ['rolling back', ROLLING_BACK, ['Rolling back', 'left of 15:00', 'exit 0 · 0.3 s', 'copying release 1.8.2 …', 'Stop']],
  ['rollback failed', ROLLBACK_FAILED, ['Rollback failed', 'took 16 m 20 s of 15 min, over by 1 m 20 s', 'Go on from here', 'Look at level 3: Full restore', 'Give up this rollback…']],
  ['typed word', PROMPT_WORD, ['Run in production?', 'Type “production” to go on', 'type “production” first']],
  ['reason', PROMPT_REASON, ['Skip “Restart the service”?', 'Reason', 'I have told the release channel']],
];

describe.each(Object.keys(THEMES) as ThemeName[])('in %s', (theme) => {
  let stage: Stage;
  let revision = 1;
  beforeAll(async () => {
    stage = await theatre.show(READING, { theme, width: 1000, height: 2400 });
    expect(await stage.posted()).toEqual([{ type: 'ready' }]);
  });
  afterAll(() => stage.close());

  test.each(STATES)('%s says everything, quietly', async (_, view, words) => {
    await stage.send({ type: 'snapshot', revision: (revision += 1), view });
    const text = await stage.page.evaluate(() => document.body.innerText);
    for (const word of words) expect(text).toContain(word);
    expect(stage.trouble).toEqual([]);
    expect(await stage.posted()).toEqual([]);
  });
});

test('the levels are in sight at every width and nothing is wider than the panel', async () => {
  for (const width of [320, 480, 700, 1000, 1600]) {
    const stage = await theatre.show(FAILED, { width, height: 700 });
    const buttons = await stage.page.locator('.dock vscode-button').all();
    expect(buttons).toHaveLength(3);
    for (const button of buttons) {
      const box = await button.boundingBox();
      expect(box && box.x >= 0 && box.x + box.width <= width && box.y + box.height <= 700, `at ${width}`).toBe(true);
      expect(box && box.height).toBeGreaterThanOrEqual(30);
    }
    expect(await stage.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await stage.close();
  }
});

test('the outline folds into a row below 760 pixels and unfolds again', async () => {
  const stage = await theatre.show(NEXT, { width: 700 });
  expect(await stage.page.locator('.outline summary').innerText()).toContain('Phase 2 · Canary');
  expect(await stage.page.locator('.outline li').first().isVisible()).toBe(false);
  await stage.page.locator('.outline summary').click();
  await stage.page.locator('.outline-item', { hasText: 'Everyone' }).click();
  expect(await stage.page.evaluate(() => document.activeElement?.textContent)).toContain('Everyone');
  await stage.page.setViewportSize({ width: 1000, height: 800 });
  expect(await stage.page.locator('.outline li').first().isVisible()).toBe(true);
  expect(stage.trouble).toEqual([]);
  await stage.close();
});

test('counters count by themselves, by the host’s clock, and show an overrun', async () => {
  const late: PanelView = { ...ROLLING_BACK, rollback: ROLLING_BACK.rollback && { ...ROLLING_BACK.rollback, startedAt: secondsAgo(1_000), commands: [planned('true', 'undo')] } };
  const stage = await theatre.show(late);
  expect(await stage.page.locator('.budget').innerText()).toMatch(/^over by 1:4\d \(budget 15:00\)$/);
  // This host's clock is an hour behind ours.
  const hostNow = Date.now() - 3_600_000;
  const since = (seconds: number): string => new Date(hostNow - seconds * 1000).toISOString();
  const block = RUNNING.blocks.find((one) => one.key === 'step:restart');
  if (block?.kind !== 'step') throw new Error('no such step');
  await stage.send({ type: 'patch', revision: 2, sentAt: new Date(hostNow).toISOString(), rollback: null, blocks: [{ ...block, runningSince: since(75) }] });
  const by = stage.page.locator('[data-key="step:restart"] .by');
  expect(await by.innerText()).toMatch(/running · 1:1\d of 1:00/);
  const before = await by.innerText();
  await stage.page.waitForFunction((text) => document.querySelector<HTMLElement>('[data-key="step:restart"] .by')?.innerText !== text, before);
  await stage.close();
});

test.each([
  [48, 120, 'took 48 s of 2 min'],
  [120, 120, 'took 2 m of 2 min'],
  [185, 120, 'took 3 m 5 s of 2 min, over by 1 m 5 s'],
  [48, null, 'took 48 s'],
])('a rollback that is over says how long it took: %i s of %o', async (took, budgetSeconds, words) => {
  const endedAt = secondsAgo(3_600);
  const startedAt = new Date(Date.parse(endedAt) - took * 1000).toISOString();
  const stage = await theatre.show({ ...ROLLING_BACK, rollback: ROLLING_BACK.rollback && { ...ROLLING_BACK.rollback, phase: 'succeeded', startedAt, endedAt, budgetSeconds } });
  expect(await stage.page.locator('.rollback .budget').innerText()).toBe(words);
  await stage.close();
});

test('motion stops when the system asks for it', async () => {
  const stage = await theatre.show(RUNNING, { reducedMotion: true });
  expect(await stage.page.locator('.codicon-loading').first().evaluate((element) => getComputedStyle(element).animationName)).toBe('none');
  await stage.close();
});

test('forced colours keep the next step and the phases told apart', async () => {
  const stage = await theatre.show(NEXT, { forcedColors: true });
  expect(await stage.page.locator('.step.now').first().evaluate((element) => getComputedStyle(element).outlineStyle)).toBe('solid');
  expect(stage.trouble).toEqual([]);
  await stage.close();
});
