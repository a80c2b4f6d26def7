import { describe, expect, test } from 'vitest';
import { action, withStep } from './fixtureParts.ts';
import { FAILED, NEXT, PROMPT_REASON, PROMPT_WORD, ROLLBACK_FAILED, ROLLBACK_PLAN, ROLLING_BACK } from './fixtures.ts';
import { keyboardStage } from './keyboardStage.ts';

const on = keyboardStage();
const { open, press, focused } = on;

describe('the rollback sheet', () => {
  test('takes the keyboard when it opens, never on the button that runs it, and gives it back', async () => {
    await open(FAILED);
    await on.stage.page.locator('[data-button=level-2]').focus();
    await press('Enter');
    expect(await on.stage.posted()).toEqual([{ type: 'rollback', action: 'planRollback', level: 2, planId: null, revision: 1 }]);
    await on.stage.send({ type: 'patch', revision: 2, rollback: ROLLBACK_PLAN.rollback });
    expect(await on.stage.page.evaluate(() => document.activeElement?.textContent)).toBe('Roll back · level 2: Code rollback');
    await press('Enter', 'Space');
    expect(await on.stage.posted()).toEqual([]);
    await press('Escape');
    expect(await on.stage.posted()).toEqual([{ type: 'run', action: 'closeRollback', revision: 2 }]);
    await on.stage.send({ type: 'patch', revision: 3, rollback: null });
    expect(await focused()).toBe('level-2');
  });

  test('confirming sends the plan that was seen', async () => {
    await open(ROLLBACK_PLAN);
    await on.stage.page.getByRole('button', { name: 'Roll back to level 2' }).press('Enter');
    expect(await on.stage.posted()).toEqual([{ type: 'rollback', action: 'confirmRollback', level: 2, planId: 'plan-2-abc', revision: 1 }]);
  });

  test('a running rollback does not close, and does not drop the keyboard', async () => {
    await open(ROLLBACK_PLAN);
    await on.stage.page.locator('[data-button=confirmRollback]').focus();
    await on.stage.send({ type: 'patch', revision: 2, rollback: ROLLING_BACK.rollback });
    expect(await on.stage.page.evaluate(() => document.activeElement?.textContent)).toBe('Roll back · level 2: Code rollback');
    await press('Escape');
    expect(await on.stage.posted()).toEqual([]);
    expect(await on.stage.page.getByRole('dialog', { name: /level 2/ }).isVisible()).toBe(true);
  });

  test('the next level is offered with its own number', async () => {
    await open(ROLLBACK_FAILED);
    await on.stage.page.getByRole('button', { name: 'Look at level 3: Full restore' }).click();
    expect(await on.stage.posted()).toEqual([expect.objectContaining({ action: 'planRollback', level: 3 })]);
  });
});

describe('a question', () => {
  test('asks for the word, confirms with Enter in a field, and only when it is right', async () => {
    await open(PROMPT_WORD);
    expect(await focused()).toBe('word');
    await press('Enter');
    await on.stage.page.keyboard.type('producton');
    await press('Enter');
    expect(await on.stage.posted()).toEqual([]);
    expect(await on.stage.page.locator('.prompt .because').innerText()).toBe('type “production” first');
    await press('Backspace', 'Backspace');
    await on.stage.page.keyboard.type('ion');
    await press('Tab');
    await on.stage.page.keyboard.type('j k ?');
    await press('Enter');
    expect(await on.stage.posted()).toEqual([{ type: 'prompt', promptId: 'prompt-1', answers: { word: 'production', note: 'j k ?' } }]);
  });

  test('keeps what was typed when the host asks again, and goes to what is wrong', async () => {
    await open(PROMPT_REASON);
    await on.stage.page.keyboard.type('metrics are down');
    await on.stage.page.locator('[data-input=ok]').press('Space');
    const prompt = PROMPT_REASON.prompt;
    await on.stage.send({ type: 'patch', revision: 2, prompt: prompt && { ...prompt, inputs: prompt.inputs.map((input) => (input.name === 'reason' ? { ...input, error: 'Say more than that.' } : input)) } });
    expect(await focused()).toBe('reason');
    expect(await on.stage.page.getByText('Say more than that.').isVisible()).toBe(true);
    await press('Enter');
    expect(await on.stage.posted()).toEqual([{ type: 'prompt', promptId: 'prompt-2', answers: { reason: 'metrics are down', ok: 'yes' } }]);
  });

  test('Esc cancels, the rest of the page is out of reach, and the keyboard goes back', async () => {
    await open(FAILED);
    await on.stage.page.locator('[data-key="step:restart"] [data-button=skip]').focus();
    await on.stage.send({ type: 'patch', revision: 2, prompt: PROMPT_REASON.prompt });
    for (let count = 0; count < 12; count += 1) {
      await press('Tab');
      expect(await on.stage.page.evaluate(() => document.activeElement === document.body || document.activeElement?.closest('dialog') !== null)).toBe(true);
    }
    await press('Escape');
    expect(await on.stage.posted()).toEqual([{ type: 'prompt', promptId: 'prompt-2', answers: null }]);
    await on.stage.send({ type: 'patch', revision: 3, prompt: null });
    expect(await focused()).toBe('skip');
  });

  test('does not put the keyboard on a button that does harm', async () => {
    await open({ ...PROMPT_WORD, prompt: PROMPT_WORD.prompt && { ...PROMPT_WORD.prompt, inputs: [] } });
    expect(await on.stage.page.evaluate(() => document.activeElement?.localName)).toBe('h2');
    await press('Enter', 'Space');
    expect(await on.stage.posted()).toEqual([]);
  });
});

describe('a step in the background', () => {
  const actions = (): Promise<readonly string[]> => on.stage.page.locator('[data-key="step:announce"] .actions vscode-button').evaluateAll((all) => all.filter((one) => one.checkVisibility()).map((one) => (one as HTMLElement).dataset['button'] ?? ''));
  const skip = async (): Promise<void> => {
    await on.stage.page.locator('[data-key="step:announce"] .title').hover();
    await on.stage.page.locator('[data-key="step:announce"] [data-button=skip]').click();
    await on.stage.send({ type: 'patch', revision: 2, prompt: PROMPT_REASON.prompt });
  };

  test('shows its buttons after its question was cancelled, wherever the pointer is', async () => {
    await open(NEXT);
    await skip();
    await on.stage.page.mouse.move(2, 2);
    await on.stage.send({ type: 'patch', revision: 3, prompt: null });
    expect(await focused()).toBe('skip');
    expect(await actions()).toContain('skip');
  });

  test('has the keyboard and shows its buttons when its question was answered and the pressed one is gone', async () => {
    await open(NEXT);
    await skip();
    await on.stage.page.mouse.move(2, 2);
    const skipped = withStep(NEXT, 'announce', { status: 'skipped', actions: [action('reopen', 'Reopen', { stepId: 'announce', icon: 'discard', style: 'quiet' })] });
    await on.stage.send({ type: 'patch', revision: 3, prompt: null, blocks: skipped.blocks.filter((block) => block.key === 'step:announce') });
    expect(await focused()).toBe('row step:announce');
    expect(await actions()).toEqual(['reopen']);
  });

  test('hides them once the keyboard is elsewhere', async () => {
    await open(NEXT);
    await skip();
    await on.stage.page.mouse.move(2, 2);
    await on.stage.send({ type: 'patch', revision: 3, prompt: null });
    await on.stage.page.locator('[data-button=level-1]').focus();
    expect(await actions()).toEqual([]);
  });

  test('shows its buttons to a finger', async () => {
    await open(NEXT, { touch: true });
    const reveal = on.stage.page.getByRole('button', { name: 'Actions: Announce the release' });
    expect(await reveal.evaluate((element) => Number(getComputedStyle(element).opacity))).toBeGreaterThan(0.5);
    await reveal.tap();
    expect(await actions()).toContain('skip');
    await on.stage.page.locator('[data-key="step:announce"] [data-button=skip]').tap();
    expect(await on.stage.posted()).toEqual([{ type: 'step', action: 'skip', stepId: 'announce', revision: 1 }]);
  });

  test('the next step shows its buttons with neither pointer nor keyboard', async () => {
    await open(NEXT);
    const next = on.stage.page.locator('[data-key="step:restart"] .actions vscode-button');
    expect(await next.evaluateAll((all) => all.every((one) => one.checkVisibility()))).toBe(true);
    expect(await next.count()).toBeGreaterThan(1);
  });
});
