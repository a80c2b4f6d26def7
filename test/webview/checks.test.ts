import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PanelView } from '../../src/core/view/viewModel.ts';
import { action, command, section, step } from './fixtureParts.ts';
import { NEXT } from './fixtures.ts';
import { Keyboard } from './keyboard.ts';
import { Theatre } from './stage.ts';

let theatre: Theatre;
beforeAll(async () => {
  theatre = await Theatre.open();
});
afterAll(() => theatre.close());

const check = step('health', 'Health', {
  commands: [command('GET http://127.0.0.1:8080/health\n', { language: 'http', expects: ['status 200', 'output contains “<b>up</b>”'], state: 'failed', result: 'HTTP 503 · not as expected · 0.1 s' })],
  status: 'open',
  tags: [{ text: 'check', tone: 'plain' }],
  message: { severity: 'error', text: 'Last checked at 14:04: failed. The status is 503 and not 200.' },
  actions: [action('run', 'Check now', { stepId: 'health', icon: 'play' })],
});
const VIEW: PanelView = { ...NEXT, blocks: [section('look', 'Look', { verify: { label: 'Verify: 1 check', disabledBecause: null } }), check, section('later', 'Later', { verify: { label: 'Verify: 2 checks', disabledBecause: 'Something is running.' } })] };

test('a check says what it expects and what it found, and its request is shown as it is', async () => {
  const stage = await theatre.show(VIEW, { height: 1200 });
  const block = stage.page.locator('[data-key="step:health"]');
  expect(await block.locator('.expects').innerText()).toBe('Succeeds with status 200 · output contains “<b>up</b>”');
  expect(await block.locator('.source pre').innerText()).toContain('GET http://127.0.0.1:8080/health');
  expect(await block.locator('.message').innerText()).toContain('Last checked at 14:04: failed.');
  expect(stage.trouble).toEqual([]);
  await stage.close();
});

test('the checks of a section are verified from the keyboard, by the section’s id alone', async () => {
  const stage = await theatre.show(VIEW, { height: 1200 });
  await stage.posted();
  const keys = new Keyboard(stage.page);
  const button = stage.page.locator('[data-key="section:look"] [data-button="verify-section"]');
  expect(await button.getAttribute('aria-label')).toBe('Verify: 1 check of Look');
  await button.focus();
  await keys.press('Enter');
  expect(await stage.posted()).toEqual([{ type: 'verify', sectionId: 'look', revision: 1 }]);
  await stage.page.locator('[data-key="section:later"] [data-button="verify-section"]').click();
  expect(await stage.posted()).toEqual([]);
  expect(stage.trouble).toEqual([]);
  await stage.close();
});
