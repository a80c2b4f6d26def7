import { afterAll, beforeAll, expect, test } from 'vitest';
import { Keyboard } from './keyboard.ts';
import { Theatre } from './stage.ts';
import { FIRED, SOAKING } from './timeFixtures.ts';

let theatre: Theatre;
beforeAll(async () => {
  theatre = await Theatre.open();
});
afterAll(() => theatre.close());

test('a soak counts where it stands and in the header, and is ended from the keyboard', async () => {
  const stage = await theatre.show(SOAKING, { height: 1200 });
  const staging = stage.page.locator('[data-key="section:staging"]');
  expect(await staging.locator('.soak-words').innerText()).toMatch(/soak until 18:05 · 3 h left/);
  expect(await stage.page.locator('.meta .soaking').innerText()).toMatch(/soaking, 3 h left/);
  expect(await stage.page.locator('[data-key="section:canary"]').innerText()).toMatch(/over its 10 min since 14:10[^]*ended early by you/);
  expect(await stage.page.locator('[data-key="section:live"] .soak').innerText()).toContain('then a soak of 1d');
  await stage.posted();
  const button = staging.locator('[data-button="endSoak"]');
  expect(await button.getAttribute('aria-label')).toBe('End the soak early… Phase 2: Staging');
  await button.focus();
  await new Keyboard(stage.page).press('Enter');
  expect(await stage.posted()).toEqual([{ type: 'run', action: 'endSoak', revision: 1 }]);
  expect(stage.trouble).toEqual([]);
  await stage.close();
});

test('a trigger that fired is said in words, drawn with a text for those who do not see it, and marks its level', async () => {
  const stage = await theatre.show(FIRED, { height: 1200 });
  const [errors, latency] = await stage.page.locator('.chart').all();
  expect(await errors?.locator('svg').getAttribute('aria-label')).toContain('error_rate: 7.2 %. Between');
  expect(await errors?.innerText()).toMatch(/7\.2 %[^]*\d+ s ago[^]*holds since 14:31/);
  expect(await latency?.locator('.chart-value').innerText()).toBe('no value: exit 3');
  expect(await errors?.locator('polyline').count()).toBe(2);
  const level = stage.page.locator('.dock [data-button="level-1"]');
  expect(await level.getAttribute('aria-label')).toMatch(/advised now.*advised/);
  await stage.posted();
  await stage.page.locator('.notice [data-button=planRollback]').click();
  // It leads to the levels and opens nothing by itself.
  expect(await stage.posted()).toEqual([]);
  expect(await stage.page.evaluate(() => document.activeElement?.getAttribute('data-button'))).toBe('level-1');
  await stage.page.locator('.notice [data-button=stopMonitors]').click();
  expect(await stage.posted()).toEqual([{ type: 'run', action: 'stopMonitors', revision: 1 }]);
  expect(stage.trouble).toEqual([]);
  await stage.close();
});

test.each([320, 480, 1600])('nothing is wider than a panel of %d pixels', async (width) => {
  for (const view of [SOAKING, FIRED]) {
    const stage = await theatre.show(view, { width, height: 900 });
    expect(await stage.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await stage.close();
  }
});
