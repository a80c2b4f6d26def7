import { describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { until } from '../harness/deadline.ts';
import { withStep } from './fixtureParts.ts';
import { longView, NEXT } from './fixtures.ts';
import { keyboardStage } from './keyboardStage.ts';

const on = keyboardStage();
const { open, press, focused } = on;

const topOf = (page: Page, key: string): Promise<number> => page.locator(`[data-key="${key}"]`).evaluate((element) => element.getBoundingClientRect().top);
const isInSight = async (page: Page, key: string): Promise<boolean> => {
  const top = await topOf(page, key);
  return top >= 0 && top < 860;
};
/** Longer than scrolling takes to come to rest in the panel's eyes. */
const atRest = (page: Page): Promise<void> => page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 400)));

describe('the place of the cursor in the source', () => {
  test('is marked and brought into sight; the keyboard stays, and the host hears no echo', async () => {
    await open(longView(200));
    const { page } = on.stage;
    await press('j');
    const before = await focused();
    await on.stage.seen();
    await on.stage.send({ type: 'follow', blockKey: 'step:n150', scroll: true });
    await until(() => isInSight(page, 'step:n150'), { what: 'the step to be in sight' });
    await atRest(page);
    expect(await page.locator('.here').getAttribute('data-key')).toBe('step:n150');
    expect(await page.locator('.here').getAttribute('aria-current')).toBe('location');
    expect(await focused()).toBe(before);
    expect(await on.stage.seen()).toEqual([]);
  });

  test('is marked without scrolling while it moves by writing, and stays marked when the step is drawn anew', async () => {
    await open(longView(200));
    const { page } = on.stage;
    await on.stage.send({ type: 'follow', blockKey: 'step:n150', scroll: false });
    expect(await page.evaluate(() => window.scrollY)).toBe(0);
    await on.stage.send({ type: 'follow', blockKey: 'step:n3', scroll: false });
    const changed = withStep(longView(200), 'n3', { status: 'done', by: 'you' });
    await on.stage.send({ type: 'patch', revision: 2, blocks: changed.blocks.filter(({ key }) => key === 'step:n3') });
    await page.getByText('you').first().waitFor();
    expect(await page.locator('.here').evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset['key']))).toEqual(['step:n3']);
    await on.stage.send({ type: 'follow', blockKey: null, scroll: false });
    expect(await page.locator('.block.here, .block[aria-current]').count()).toBe(0);
  });
});

describe('what a person looks at', () => {
  test('is told once they have scrolled there', async () => {
    await open(longView(200));
    const { page } = on.stage;
    await page.mouse.move(400, 400);
    await page.mouse.wheel(0, 4_000);
    const told = await until(async () => (await on.stage.seen())[0], { what: 'the place to be told' });
    expect(told.how).toBe('scrolled');
    const top = await topOf(page, told.blockKey);
    expect(top).toBeLessThan(200);
  });

  test('is told when the keyboard goes to a step, once', async () => {
    await open(NEXT);
    await press('j');
    await atRest(on.stage.page);
    expect(await on.stage.seen()).toEqual([{ type: 'seen', blockKey: 'step:restart', how: 'focused' }]);
  });

  test('is not told of what the panel does by itself', async () => {
    await open(longView(200));
    await on.stage.send({ type: 'reveal', blockKey: 'step:n150', focus: true });
    await until(() => isInSight(on.stage.page, 'step:n150'), { what: 'the step to be in sight' });
    await atRest(on.stage.page);
    expect(await on.stage.seen()).toEqual([]);
  });
});

test('a button that goes away while the keyboard is elsewhere in the window takes nothing from there', async () => {
  await open(NEXT);
  const { page } = on.stage;
  await page.locator('[data-key="step:restart"] [data-button=run]').focus();
  // What a page is told while another part of the window has the keyboard.
  await page.evaluate(() => {
    document.hasFocus = () => false;
    const { focus } = HTMLElement.prototype;
    const calls: string[] = ((window as unknown as { focusCalls: string[] }).focusCalls = []);
    HTMLElement.prototype.focus = function (options) {
      calls.push(this.tagName);
      focus.call(this, options);
    };
  });
  const running = withStep(NEXT, 'restart', { status: 'running', actions: [], isNext: false });
  await on.stage.send({ type: 'patch', revision: 2, blocks: running.blocks.filter(({ key }) => key === 'step:restart') });
  await page.locator('[data-key="step:restart"] [data-button=run]').waitFor({ state: 'detached' });
  expect(await page.evaluate(() => (window as unknown as { focusCalls: string[] }).focusCalls)).toEqual([]);
  // Back in the panel the keyboard is at the step that it was at.
  await page.evaluate(() => {
    document.hasFocus = () => true;
    window.dispatchEvent(new Event('focus'));
  });
  expect(await focused()).toBe('row step:restart');
});
