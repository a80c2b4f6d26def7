import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DifferenceView, PanelView } from '../../src/core/view/viewModel.ts';
import { withStep } from './fixtureParts.ts';
import { EDITED, PROMPT_EDITED, PROMPT_REBASE, ROLLBACK_EDITED } from './fixtures.ts';
import { Keyboard } from './keyboard.ts';
import { Theatre } from './stage.ts';

let theatre: Theatre;
beforeAll(async () => {
  theatre = await Theatre.open();
});
afterAll(() => theatre.close());

const showing = (difference: DifferenceView): PanelView => withStep(EDITED, 'restart', { difference });

test('a step that was edited says so in words; its difference has signs and opens from the keyboard', async () => {
  const stage = await theatre.show(EDITED, { height: 2400 });
  const keys = new Keyboard(stage.page);
  const step = stage.page.locator('[data-key="step:restart"]');
  expect(await step.locator('.tag').allInnerTexts()).toEqual(['changed since the run started']);
  expect(await step.locator('.difference-lines').isVisible()).toBe(false);
  await step.locator('[data-row]').focus();
  for (let tries = 0; tries < 10 && !(await keys.focused()).startsWith('summary'); tries += 1) await keys.press('Tab');
  expect(await keys.focused()).toBe('summary in step:restart');
  await keys.press('Enter');
  expect(await step.locator('.difference-line i').allInnerTexts()).toEqual([' ', '-', '+']);
  expect(await step.locator('.difference-line').allTextContents()).toEqual([' Restart the service and wait until it is healthy', '-removed:     systemctl reload orders', '+added:     systemctl restart orders']);
  await keys.press('Tab');
  expect(await keys.focused()).toBe('difference-lines in step:restart');
  // Another part of the step is drawn anew: what was opened stays open.
  await stage.send({ type: 'snapshot', revision: 2, view: withStep(EDITED, 'restart', { isNext: false }) });
  expect(await step.locator('.difference-lines').isVisible()).toBe(true);
  expect(stage.trouble).toEqual([]);
  await stage.close();
});

test('steps that were not edited have no mark', async () => {
  const stage = await theatre.show(EDITED, { height: 2400 });
  expect(await stage.page.locator('.difference').count()).toBe(1);
  await stage.close();
});

test('the notice counts, names what is gone, and its buttons say what was pressed', async () => {
  const stage = await theatre.show(EDITED);
  expect(await stage.page.locator('.notice').innerText()).toContain('Tell the shift: gone');
  await stage.posted();
  await stage.page.locator('.notice [data-button=rebaseRun]').click();
  await stage.page.locator('.notice [data-button=showChanges]').click();
  expect(await stage.posted()).toEqual([{ type: 'run', action: 'rebaseRun', revision: 1 }, { type: 'run', action: 'showChanges', revision: 1 }]);
  await stage.close();
});

test('before an edited step runs its difference is in sight, beside the exact commands', async () => {
  const stage = await theatre.show(PROMPT_EDITED);
  const dialog = stage.page.locator('dialog.prompt');
  expect(await dialog.locator('.difference-lines').isVisible()).toBe(true);
  expect(await dialog.locator('.source pre').innerText()).toContain('systemctl restart orders');
  expect(await dialog.locator('.because').innerText()).toContain('first');
  await dialog.locator('[data-input=edited]').click();
  await dialog.locator('[data-button=confirm]').click();
  expect((await stage.posted()).at(-1)).toEqual({ type: 'prompt', promptId: 'prompt-3', answers: { edited: 'yes' } });
  await stage.close();
});

test('the plan of a rebase is a list under headings, and leaving a step as it is may be passed over', async () => {
  const stage = await theatre.show(PROMPT_REBASE);
  const dialog = stage.page.locator('dialog.prompt');
  expect(await dialog.locator('h3').allInnerTexts()).toEqual(['Becomes open, because its content is another', 'Keeps what is recorded']);
  expect(await dialog.locator('.because').count()).toBe(0);
  await dialog.locator('[data-button=confirm]').click();
  expect((await stage.posted()).at(-1)).toEqual({ type: 'prompt', promptId: 'prompt-4', answers: { 'keep:0': '' } });
  await stage.close();
});

test('the plan of a level that was edited shows what was', async () => {
  const stage = await theatre.show(ROLLBACK_EDITED, { height: 1600 });
  expect(await stage.page.getByText('This level was edited after the run started').isVisible()).toBe(true);
  expect(await stage.page.locator('.sheet-body .difference-lines').isVisible()).toBe(true);
  await stage.close();
});

test('a large difference is folded at first, also in a question', async () => {
  const lines = Array.from({ length: 200 }, (_, at) => ({ sign: '+' as const, text: `line ${String(at)}` }));
  const large: DifferenceView = { lines, words: '200 lines added', isLarge: true };
  const prompt = PROMPT_EDITED.prompt && { ...PROMPT_EDITED.prompt, difference: large };
  const stage = await theatre.show({ ...showing(large), prompt });
  const dialog = stage.page.locator('dialog.prompt');
  expect(await dialog.locator('summary').innerText()).toContain('Show difference');
  expect(await dialog.locator('.difference-lines').isVisible()).toBe(false);
  await dialog.locator('summary').click();
  expect(await dialog.locator('.difference-line').last().textContent()).toContain('line 199');
  await stage.close();
});

test('nothing in a difference is taken for markup, and what cannot be seen is drawn as its code point', async () => {
  const text = '<img src=x onerror=alert(1)> \u202e# harmless \u200b';
  const stage = await theatre.show(showing({ lines: [{ sign: '+', text }], words: '1 line added', isLarge: false }), { withoutPolicy: true });
  await stage.page.locator('[data-key="step:restart"] summary').first().click();
  const line = stage.page.locator('[data-key="step:restart"] .difference-line');
  expect(await line.locator('img').count()).toBe(0);
  expect(await line.locator('.hidden-character').allInnerTexts()).toEqual(['⟨U+202E⟩', '⟨U+200B⟩']);
  expect(stage.trouble).toEqual([]);
  await stage.close();
});
