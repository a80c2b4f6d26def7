import { describe, expect, test } from 'vitest';
import { withStep } from './fixtureParts.ts';
import { FAILED, GATE, NEXT } from './fixtures.ts';
import { keyboardStage } from './keyboardStage.ts';

const on = keyboardStage();
const { open, press, focused } = on;

describe('from step to step', () => {
  test('j, k, the arrows, Home and End move, and nothing runs', async () => {
    await open(NEXT);
    await press('j');
    expect(await focused()).toBe('row step:restart');
    await press('j');
    expect(await focused()).toBe('row step:errors');
    await press('k', 'ArrowUp');
    expect(await focused()).toBe('row step:flag');
    await press('ArrowDown', 'End');
    expect(await focused()).toBe('row step:announce');
    await press('Home');
    expect(await focused()).toBe('row step:pr');
    await press('n');
    expect(await focused()).toBe('row step:restart');
    await press('r');
    expect(await focused()).toBe('level-1');
    expect(await on.stage.posted()).toEqual([]);
  });

  test('no letter, digit or sign runs anything from anywhere', async () => {
    await open(NEXT);
    for (const start of ['body', '[data-key="step:restart"] [data-row]', '.header [data-button=runNext]']) {
      await on.stage.page.locator(start).first().focus().catch(() => undefined);
      for (const key of 'abcdefghiklmopqstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,-+/*!') await on.stage.page.keyboard.press(key);
    }
    expect(await on.stage.posted()).toEqual([]);
  });

  test('Enter goes to the first action, a second Enter presses it', async () => {
    await open(NEXT);
    await press('n', 'Enter');
    expect(await focused()).toBe('run');
    expect(await on.stage.posted()).toEqual([]);
    await press('Enter');
    expect(await on.stage.posted()).toEqual([{ type: 'step', action: 'run', stepId: 'restart', revision: 1 }]);
    await press('Escape');
    expect(await focused()).toBe('row step:restart');
  });

  test('a held key and a double click press once', async () => {
    await open(NEXT);
    await on.stage.page.locator('[data-key="step:restart"] [data-button=run]').focus();
    await on.stage.page.keyboard.down('Enter');
    for (let repeat = 0; repeat < 5; repeat += 1) await on.stage.page.keyboard.down('Enter');
    await on.stage.page.keyboard.up('Enter');
    expect(await on.stage.posted()).toHaveLength(1);
    await on.stage.page.locator('.header [data-button=runNext]').dblclick();
    expect(await on.stage.posted()).toHaveLength(1);
  });

  test('a step in the background shows its actions to the keyboard', async () => {
    await open(NEXT);
    await on.stage.page.locator('[data-key="step:announce"] [data-row]').focus();
    await press('Enter');
    expect(await focused()).toBe('skip');
    const names = await on.stage.page.locator('[data-key="step:announce"] .actions vscode-button').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
    expect(names).toEqual(['Skip…: Announce the release', 'Show in source: Announce the release']);
  });

  test('the box of a manual step is ticked and taken back', async () => {
    await open(NEXT);
    const box = on.stage.page.getByRole('checkbox', { name: 'Tick “Announce the release”' });
    expect(await box.getAttribute('aria-checked')).toBe('false');
    await box.focus();
    await press('Space');
    expect(await on.stage.posted()).toEqual([{ type: 'step', action: 'tick', stepId: 'announce', revision: 1 }]);
    const done = withStep(NEXT, 'announce', { status: 'done', by: 'you · 15:00' });
    await on.stage.send({ type: 'patch', revision: 2, blocks: done.blocks.filter((block) => block.key === 'step:announce') });
    expect(await box.getAttribute('aria-checked')).toBe('true');
    expect(await box.evaluate((element) => element === document.activeElement)).toBe(true);
    await press('Space');
    expect(await on.stage.posted()).toEqual([{ type: 'step', action: 'untick', stepId: 'announce', revision: 2 }]);
  });

  test('a button that is not available says why and sends nothing', async () => {
    await open({ ...NEXT, header: { ...NEXT.header, primary: NEXT.header.primary && { ...NEXT.header.primary, disabledBecause: 'A command is running.' } } });
    await on.stage.page.locator('.header [data-button=runNext]').focus();
    await press('Enter');
    expect(await on.stage.posted()).toEqual([]);
    expect(await on.stage.page.getByRole('button', { name: 'Run next step, not available: A command is running.' }).count()).toBe(1);
    await expect.poll(() => on.stage.page.getByRole('status').innerText()).toContain('Run next step is not available: A command is running.');
  });
});

test('the whole panel is reached with Tab alone, in reading order, and never trapped', async () => {
  await open(FAILED);
  const seen: string[] = [];
  for (let count = 0; count < 80; count += 1) {
    await press('Tab');
    const name = await focused();
    if (name === 'nothing' && seen.length > 0) break;
    seen.push(name);
  }
  const order = ['skip', 'runUntilGate', 'showTerminal', 'retry', 'menu', 'row step:restart', 'retry', 'level-1', 'level-2', 'level-3'];
  let from = 0;
  for (const name of order) {
    const at = seen.findIndex((one, index) => index >= from && one.startsWith(name));
    expect(at, `${name} in ${seen.join(', ')}`).toBeGreaterThanOrEqual(0);
    from = at + 1;
  }
});

test('the skip links lead to the next step and to the levels', async () => {
  await open(NEXT);
  await press('Tab', 'Enter');
  expect(await focused()).toBe('row step:restart');
  await on.stage.page.locator('.skip').nth(1).focus();
  await press('Enter');
  expect(await focused()).toBe('level-1');
});

test('the menu opens, moves, closes and acts by keyboard', async () => {
  await open(NEXT);
  await on.stage.page.locator('[data-button=menu]').focus();
  await press('ArrowDown');
  expect(await focused()).toBe('endRun');
  await press('ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp', 'Home');
  expect(await focused()).toBe('endRun');
  await press('Escape');
  expect(await focused()).toBe('menu');
  expect(await on.stage.page.getByRole('menu').count()).toBe(0);
  await press('Enter', 'ArrowDown', 'Enter');
  expect(await on.stage.posted()).toEqual([{ type: 'run', action: 'abandonRun', revision: 1 }]);
  expect(await focused()).toBe('menu');
});

test('the list of keys opens with ? and letter keys can be turned off', async () => {
  await open(NEXT);
  await press('?');
  expect(await on.stage.page.getByRole('dialog', { name: 'Keyboard' }).isVisible()).toBe(true);
  await on.stage.page.getByRole('checkbox', { name: 'Letter keys' }).click();
  await press('Escape', 'j');
  expect(await focused()).not.toContain('row');
  expect(await on.stage.state()).toMatchObject({ letterKeys: false });
});

test('a gate is decided at its two buttons', async () => {
  await open(GATE);
  await press('n', 'Enter');
  expect(await focused()).toBe('go');
  await press('Tab', 'Enter');
  expect(await on.stage.posted()).toEqual([{ type: 'step', action: 'noGo', stepId: 'decide', revision: 1 }]);
});

test('reveal brings a step into sight and moves the keyboard only when it is told to', async () => {
  await open(NEXT);
  const visible = (): Promise<boolean> => on.stage.page.locator('[data-key="step:announce"]').evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    const dock = document.querySelector('.bottom')?.getBoundingClientRect().top ?? 0;
    const header = document.querySelector('.header')?.getBoundingClientRect().bottom ?? 0;
    return top >= header && bottom <= dock;
  });
  await on.stage.page.setViewportSize({ width: 1000, height: 500 });
  expect(await visible()).toBe(false);
  await on.stage.send({ type: 'reveal', blockKey: 'step:announce', focus: false });
  await expect.poll(visible).toBe(true);
  expect(await focused()).toBe('nothing');
  await on.stage.send({ type: 'reveal', blockKey: 'step:announce', focus: true });
  expect(await focused()).toBe('row step:announce');
  await on.stage.send({ type: 'reveal', blockKey: 'nobody', focus: true });
});
