import { describe, expect, test } from 'vitest';
import { NEXT } from './fixtures.ts';
import { keyboardStage } from './keyboardStage.ts';
import { PACKAGE } from './packageFixture.ts';

describe('the package list', () => {
  const on = keyboardStage();
  const { open, press } = on;

  test('says what became of each runbook, in words, and opens one by mouse and by keyboard', async () => {
    await open(PACKAGE);
    const list = on.stage.page.getByRole('navigation', { name: 'Package' });
    expect(await list.getByRole('button').count()).toBe(5);
    await list.getByRole('button', { name: 'Open Post-deployment verification: failed at “Run the smoke test” · 3 of 8' }).click();
    await list.getByRole('button', { name: /^Open Rollback procedures/ }).focus();
    await press('Tab');
    await press('Enter');
    expect(await on.stage.posted()).toMatchObject([{ type: 'member', member: 'verification.md', level: null }, { type: 'member', member: 'monitoring.md', level: null }]);
  });

  test('says why one cannot be opened, and sends nothing', async () => {
    await open(PACKAGE);
    await on.stage.page.getByRole('button', { name: 'Open gone.md: There is no such file.' }).focus();
    await press('Enter');
    expect(await on.stage.page.locator('.toast').innerText()).toContain('There is no such file.');
    expect(await on.stage.posted()).toEqual([]);
  });

  test('is not there without a package', async () => {
    await open(NEXT);
    expect(await on.stage.page.getByRole('navigation', { name: 'Package' }).count()).toBe(0);
  });

  test('levels of another runbook say where they open, and ask for that', async () => {
    await open(PACKAGE);
    const button = on.stage.page.getByRole('button', { name: /Roll back, level 2 · Code back, .*in Rollback procedures/ });
    await button.click();
    expect(await on.stage.posted()).toMatchObject([{ type: 'member', member: 'rollback.md', level: 2 }]);
    expect(await on.stage.page.locator('.dock').innerText()).toContain('A level opens in “Rollback procedures”');
  });

  test('levels say where they open beside advice, too, and stay short', async () => {
    await open({ ...PACKAGE, dock: { ...PACKAGE.dock, advice: { title: 'Roll back when: Error rate > 5 %', detail: 'The runbook advises level 1 then.', tone: 'plain' } } });
    expect(await on.stage.page.locator('.dock .advice').innerText()).toContain('Levels open in “Rollback procedures”. The runbook advises level 1 then.');
    expect(await on.stage.page.locator('.dock .level .detail').allInnerTexts()).toEqual(['2 min · 1 command', '2 min · 1 command']);
  });

  test.each([1100, 700, 320])('folds away where it is narrow, and nothing is wider than a panel of %d', async (width) => {
    await open(PACKAGE, { width });
    const list = on.stage.page.getByRole('navigation', { name: 'Package' });
    if (width < 760) {
      expect(await list.getByRole('button').count()).toBe(0);
      await list.locator('summary').click();
    }
    await expect.poll(() => list.getByRole('button').count()).toBe(5);
    expect(await on.stage.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
  });
});
