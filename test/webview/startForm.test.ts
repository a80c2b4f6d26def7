import { describe, expect, test } from 'vitest';
import type { PanelView, PromptInput, PromptView } from '../../src/core/view/viewModel.ts';
import { NEXT, READING } from './fixtures.ts';
import { keyboardStage } from './keyboardStage.ts';
import { THEMES, type ThemeName } from './themes.ts';

const on = keyboardStage();
const { open, press, focused } = on;

const input = (name: string, kind: PromptInput['kind'], more: Partial<PromptInput> = {}): PromptInput => ({ name, label: name.replace(/^\w+:/, ''), kind, word: null, value: '', required: true, error: null, ...more });
const page: PromptView = {
  id: 'start-1', title: 'Start a run of “Orders” on production', text: 'Not everything is as the runbook expects.', severity: 'error', commands: [],
  checks: [{ result: 'passed', words: 'On branch main, as the runbook expects.' }, { result: 'failed', words: '2 files have uncommitted changes. Commit or stash them and start again.' }, { result: 'unknown', words: 'The same as origin/main as of the last fetch, which was 3 days ago.' }],
  lists: [{ heading: 'Variables of production', items: ['URL = http://127.0.0.1:8080'] }],
  inputs: [
    input('input:VERSION', 'text', { hint: 'Release to deploy · Has to match v\\d+' }),
    input('input:SIZE', 'choice', { choices: ['small', 'large'], hint: 'How many machines' }),
    input('input:NOTE', 'text', { label: 'NOTE (optional)', required: false }),
    input('input:TOKEN', 'secret'),
    input('keep:TOKEN', 'acknowledge', { label: 'Keep TOKEN in the editor’s secret storage', required: false }),
    input('reason', 'text', { label: 'Reason to start although a check failed' }),
    input('confirm:production', 'typed-word', { word: 'production', label: 'Type production to confirm' }),
  ],
  confirmLabel: 'Start on production', confirmStyle: 'danger',
};
const FORM: PanelView = { ...READING, prompt: page };
const type = (text: string): Promise<void> => on.stage.page.keyboard.type(text);

describe('the page before a start', () => {
  test('is filled in and answered by keyboard alone', async () => {
    await open(FORM);
    expect(await focused()).toBe('input:VERSION');
    await type('v7');
    await press('Tab');
    expect(await focused()).toBe('input:SIZE');
    await type('la');
    await press('Tab', 'Tab');
    await type('hunter2-secret');
    await press('Tab', 'Space', 'Tab');
    await type('production is down');
    await press('Tab');
    await press('Enter');
    expect(await on.stage.posted()).toEqual([]);
    expect(await on.stage.page.locator('.prompt .because').innerText()).toBe('type “production” first');
    await type('production');
    await press('Enter');
    expect(await on.stage.posted()).toEqual([{
      type: 'prompt', promptId: 'start-1',
      answers: { 'input:VERSION': 'v7', 'input:SIZE': 'large', 'input:NOTE': '', 'input:TOKEN': 'hunter2-secret', 'keep:TOKEN': 'yes', reason: 'production is down', 'confirm:production': 'production' },
    }]);
  });

  test('says what was checked in words, and what each value has to be', async () => {
    await open(FORM);
    const text = await on.stage.page.locator('dialog.prompt').innerText();
    for (const words of ['Passed On branch main', 'Failed 2 files have', 'Unknown The same as origin/main', 'URL = http://127.0.0.1:8080', 'Release to deploy · Has to match v\\d+', 'How many machines', '“VERSION” is empty']) expect(text).toContain(words);
  });

  test('asks for a choice, goes to what the host refuses, and keeps what was typed', async () => {
    await open(FORM);
    await type('seven');
    expect(await on.stage.page.locator('.prompt .because').innerText()).toBe('choose “SIZE” first');
    await press('Tab');
    await type('small');
    await press('Tab', 'Tab');
    await type('hunter2-secret');
    await on.stage.send({ type: 'patch', revision: 2, prompt: { ...page, inputs: page.inputs.map((each) => (each.name === 'input:VERSION' ? { ...each, value: 'seven', error: 'VERSION does not match v\\d+' } : each)) } });
    expect(await focused()).toBe('input:VERSION');
    expect(await on.stage.page.getByText('VERSION does not match').isVisible()).toBe(true);
    expect(await on.stage.page.locator('select').inputValue()).toBe('small');
    expect(await on.stage.page.locator('[data-input="input:TOKEN"]').evaluate((field) => (field as HTMLInputElement).value)).toBe('hunter2-secret');
  });

  test('shows no secret, and keeps none once it is closed', async () => {
    await open(FORM);
    const field = on.stage.page.locator('[data-input="input:TOKEN"]');
    await field.focus();
    await type('hunter2-secret');
    expect(await field.getAttribute('type')).toBe('password');
    expect(await on.stage.page.evaluate(() => document.documentElement.outerHTML)).not.toContain('hunter2');
    await on.stage.send({ type: 'patch', revision: 2, prompt: null });
    await on.stage.send({ type: 'patch', revision: 3, prompt: { ...page, id: 'start-2' } });
    expect(await field.evaluate((element) => (element as HTMLInputElement).value)).toBe('');
  });
});

const THEME_NAMES = Object.keys(THEMES) as ThemeName[];

describe.each(THEME_NAMES.flatMap((theme) => [320, 1000].map((width) => ({ theme, width }))))('in $theme, $width wide', ({ theme, width }) => {
  test('a guarded environment wears a banner', async () => {
    await open({ ...NEXT, header: { ...NEXT.header, environment: { name: 'production', guarded: true } } }, { theme, width, height: 700 });
    const banner = on.stage.page.locator('.banner');
    expect(await banner.innerText()).toMatch(/production\s+Every command of this run acts on production\./);
    expect(await on.stage.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    const place = await banner.boundingBox();
    expect(place && place.x <= 0 && place.x + place.width >= width).toBe(true);
    expect(await on.stage.page.locator('.env').count()).toBe(0);
  });
});

test('an environment that is not guarded is named, without a banner', async () => {
  await open({ ...NEXT, header: { ...NEXT.header, environment: { name: 'staging', guarded: false } } });
  expect([await on.stage.page.locator('.banner').count(), await on.stage.page.locator('.env').allInnerTexts()]).toEqual([0, ['staging']]);
});

test('a run that has ended names its guarded environment, and wears no banner any more', async () => {
  await open({ ...NEXT, header: { ...NEXT.header, mode: 'ended', environment: { name: 'production', guarded: true } } });
  expect([await on.stage.page.locator('.banner').count(), await on.stage.page.locator('.env').allInnerTexts()]).toEqual([0, ['production']]);
});
