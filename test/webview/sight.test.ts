import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { FAILED, longView, ROLLBACK_FAILED, ROLLBACK_PLAN } from './fixtures.ts';
import { Theatre, type Stage } from './stage.ts';

let theatre: Theatre;
let stage: Stage;
beforeAll(async () => {
  theatre = await Theatre.open();
});
afterAll(() => theatre.close());
afterEach(async () => {
  expect(stage.trouble).toEqual([]);
  await stage.close();
});

const scrolled = (): Promise<number> => stage.page.evaluate(() => Math.round(window.scrollY));

/** Two drawn frames later, when what was brought into sight is there. */
const settle = (): Promise<void> => stage.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))));

/** Whether a block lies between header and dock. */
const inSight = (key: string): Promise<boolean> =>
  stage.page.evaluate((wanted) => {
    const rect = (selector: string): DOMRect => document.querySelector(selector)?.getBoundingClientRect() ?? new DOMRect();
    const block = rect(`[data-key="${wanted}"]`);
    return block.top >= rect('.header').bottom && block.bottom <= rect('.bottom').top;
  }, key);

describe('the page does not scroll', () => {
  test('when the keyboard goes to the header or to the dock', async () => {
    stage = await theatre.show(longView(60), { height: 500 });
    await stage.page.evaluate(() => window.scrollTo(0, 900));
    await settle();
    const before = await scrolled();
    await stage.page.evaluate(() => document.querySelector<HTMLElement>('.header vscode-button')?.focus());
    await settle();
    expect(await scrolled()).toBe(before);
    await stage.page.evaluate(() => document.querySelector<HTMLElement>('.dock vscode-button, .dock')?.focus());
    await settle();
    expect(await scrolled()).toBe(before);
  });
});

describe('a step that was brought into sight', () => {
  const key = 'step:restart';

  test('is clear of header and dock, and stays in sight when the panel gets smaller', async () => {
    stage = await theatre.show(FAILED, { height: 900 });
    await stage.send({ type: 'reveal', blockKey: key, focus: false });
    await settle();
    expect(await inSight(key)).toBe(true);
    await stage.page.setViewportSize({ width: 980, height: 480 });
    await settle();
    await expect.poll(() => inSight(key)).toBe(true);
  });

  test('is left alone once the person has scrolled away from it', async () => {
    const view = longView(60);
    const last = view.blocks.findLast((block) => block.kind === 'step')?.key ?? '';
    stage = await theatre.show(view, { height: 600 });
    await stage.send({ type: 'reveal', blockKey: last, focus: false });
    await expect.poll(() => inSight(last)).toBe(true);
    await stage.page.mouse.move(500, 300);
    await stage.page.mouse.wheel(0, -2_000);
    await expect.poll(() => inSight(last)).toBe(false);
    await settle();
    await stage.page.setViewportSize({ width: 980, height: 480 });
    await settle();
    expect(await inSight(last)).toBe(false);
  });
});

test('the command of a rollback that went wrong comes into sight in the sheet', async () => {
  stage = await theatre.show(ROLLBACK_PLAN, { height: 500 });
  await stage.send({ type: 'patch', revision: 2, rollback: ROLLBACK_FAILED.rollback });
  await settle();
  const offset = await stage.page.evaluate(() => {
    const body = document.querySelector('.sheet-body')?.getBoundingClientRect() ?? new DOMRect();
    const command = document.querySelector('.plan .state-failed, .plan .state-unknown')?.getBoundingClientRect() ?? new DOMRect();
    return { below: command.top - body.top, left: body.bottom - command.top };
  });
  expect(offset.below).toBeGreaterThanOrEqual(0);
  expect(offset.left).toBeGreaterThan(40);
});
