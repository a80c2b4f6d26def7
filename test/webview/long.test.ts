import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PanelView } from '../../src/core/view/viewModel.ts';
import type { HostMessage } from '../../src/protocol/messages.ts';
import { withStep } from './fixtureParts.ts';
import { longView } from './fixtures.ts';
import { Theatre, type Stage } from './stage.ts';

let theatre: Theatre;
beforeAll(async () => {
  theatre = await Theatre.open();
});
afterAll(() => theatre.close());

/** Milliseconds that the panel takes for a message, drawing and layout included; the least of `count` tries. */
async function cost(stage: Stage, messages: readonly HostMessage[]): Promise<number> {
  return stage.page.evaluate(async (all) => {
    let least = Infinity;
    for (const data of all) {
      const start = performance.now();
      window.dispatchEvent(new MessageEvent('message', { data }));
      void document.body.offsetHeight;
      least = Math.min(least, performance.now() - start);
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    return least;
  }, messages);
}

/** Patches that turn a step on and off. */
function toggles(view: PanelView, from: number): readonly HostMessage[] {
  return Array.from({ length: 20 }, (_, index) => {
    const changed = withStep(view, 'n3', { status: index % 2 === 0 ? 'done' : 'open', by: `turn ${index}` });
    return { type: 'patch', revision: from + index, header: { ...view.header, done: index }, blocks: changed.blocks.filter((block) => block.key === 'step:n3') };
  });
}

async function measure(count: number): Promise<{ readonly first: number; readonly patch: number; readonly same: number; readonly stage: Stage }> {
  const view = longView(count);
  const stage = await theatre.show(longView(1), { height: 900 });
  const first = await cost(stage, [{ type: 'snapshot', revision: 1, view }]);
  const patch = await cost(stage, toggles(view, 2));
  const same = await cost(stage, [{ type: 'snapshot', revision: 40, view }, { type: 'snapshot', revision: 41, view }]);
  return { first, patch, same, stage };
}

test('a document of a thousand steps costs in proportion, and a patch does not grow with it', async () => {
  const small = await measure(100);
  const large = await measure(1_000);
  const note = `100 steps: first ${small.first.toFixed(1)} ms, patch ${small.patch.toFixed(2)} ms; 1,000 steps: first ${large.first.toFixed(1)} ms, patch ${large.patch.toFixed(2)} ms, the same again ${large.same.toFixed(1)} ms`;
  process.stdout.write(`${note}\n`);
  // Ten times as long: about ten times the work, never a hundred times.
  expect(large.first / small.first, note).toBeLessThan(30);
  // One step of a thousand: a small part of the whole, whatever the machine.
  expect(large.patch / large.first, note).toBeLessThan(0.1);
  expect(large.same / large.first, note).toBeLessThan(1);
  await small.stage.close();
  await large.stage.close();
});

test('a thousand steps do not make a thousand toolkit elements, and each step still has its actions', async () => {
  const stage = await theatre.show(longView(1_000), { height: 900 });
  const count = (): Promise<number> => stage.page.locator('vscode-button').count();
  expect(await count()).toBeLessThan(30);
  await stage.page.locator('[data-key="step:n5"]').hover();
  expect(await stage.page.locator('[data-key="step:n5"] .actions vscode-button').count()).toBe(2);
  await stage.page.locator('[data-key="step:n6"]').hover();
  expect(await stage.page.locator('[data-key="step:n5"] .actions vscode-button').count()).toBe(0);
  expect(await count()).toBeLessThan(30);
  // For those who do not point: one plain button in each row opens the same.
  await stage.page.getByRole('button', { name: 'Actions: Step number 900 of a long procedure' }).press('Enter');
  expect(await stage.page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Skip…: Step number 900 of a long procedure');
  expect(stage.trouble).toEqual([]);
  await stage.close();
});

test('what is in sight is drawn at once, the rest follows by itself, and what is asked for does not wait', async () => {
  const stage = await theatre.show(longView(1), { height: 900 });
  const empty = await stage.page.evaluate((data) => {
    const count = (): number => document.querySelectorAll('.block:empty').length;
    const drawn = (key: string): boolean => (document.querySelector(`[data-key="${key}"]`)?.childElementCount ?? 0) > 0;
    window.dispatchEvent(new MessageEvent('message', { data }));
    const first = { waiting: count(), top: drawn('step:n20'), far: drawn('step:n700') };
    window.dispatchEvent(new MessageEvent('message', { data: { type: 'reveal', blockKey: 'step:n700', focus: false } }));
    return { first, far: drawn('step:n700'), besides: drawn('step:n705'), elsewhere: drawn('step:n300') };
  }, { type: 'snapshot', revision: 1, view: longView(1_000) });
  expect(empty.first.waiting).toBeGreaterThan(900);
  expect(empty).toMatchObject({ first: { top: true, far: false }, far: true, besides: true, elsewhere: false });
  await expect.poll(() => stage.page.locator('.block:empty').count(), { timeout: 20_000 }).toBe(0);
  expect(await stage.page.locator('.block-step').count()).toBe(1_000);
  expect(stage.trouble).toEqual([]);
  await stage.close();
});

test('only what is near is laid out and coloured', async () => {
  const stage = await theatre.show(longView(1_000), { height: 900 });
  await stage.page.waitForTimeout(400);
  const coloured = (): Promise<number> => stage.page.evaluate(() => [...document.querySelectorAll('.source code')].filter((code) => code.querySelector('.hl-string')).length);
  const before = await coloured();
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(60);
  expect(await stage.page.locator('[data-key="step:n900"]').evaluate((element) => getComputedStyle(element).contentVisibility)).toBe('auto');
  await stage.send({ type: 'reveal', blockKey: 'step:n903', focus: true });
  await expect.poll(() => stage.page.locator('[data-key="step:n903"] .hl-string').count()).toBe(1);
  const box = await stage.page.locator('[data-key="step:n903"]').boundingBox();
  expect(box && box.y >= 0 && box.y < 900).toBe(true);
  await stage.close();
});
