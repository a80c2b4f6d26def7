import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { BlockView, PanelView } from '../../src/core/view/viewModel.ts';
import { diffView } from '../../src/protocol/viewPatch.ts';
import { action, content, withStep } from './fixtureParts.ts';
import { FAILED, NEXT, RUNNING } from './fixtures.ts';
import { Theatre, type Stage } from './stage.ts';

let theatre: Theatre;
let stage: Stage;
beforeAll(async () => {
  theatre = await Theatre.open();
});
afterAll(() => theatre.close());
beforeEach(() => async () => stage.close());

async function sendView(before: PanelView, after: PanelView, revision: number): Promise<void> {
  await stage.send({ type: 'patch', revision, ...diffView(before, after) });
}

/** Keys of the blocks in which anything changes from now on. */
async function watch(): Promise<() => Promise<readonly string[]>> {
  await stage.page.evaluate(() => {
    const touched = new Set<string>();
    Object.assign(window, { touched });
    new MutationObserver((records) => {
      for (const { target } of records) {
        const element = target instanceof Element ? target : target.parentElement;
        touched.add(element?.closest<HTMLElement>('.block')?.dataset['key'] ?? (element?.className || 'gone'));
      }
    }).observe(document.querySelector('.main') as Element, { subtree: true, childList: true, attributes: true, characterData: true });
  });
  return () => stage.page.evaluate(() => [...(window as unknown as { touched: Set<string> }).touched]);
}

describe('a patch', () => {
  test('touches the block that it holds and no other', async () => {
    stage = await theatre.show(NEXT, { height: 2000 });
    await stage.page.waitForTimeout(300);
    const touched = await watch();
    await sendView(NEXT, withStep(NEXT, 'errors', { status: 'done', by: 'you · 14:20' }), 2);
    expect(await touched()).toEqual(['step:errors']);
    expect(await stage.page.locator('[data-key="step:errors"] .by').innerText()).toBe('you · 14:20');
  });

  test('leaves the drawn command alone when its state changes, so that a selection stays', async () => {
    stage = await theatre.show(NEXT, { height: 1400 });
    await stage.page.waitForTimeout(300);
    const code = stage.page.locator('[data-key="step:restart"] code');
    await code.evaluate((element) => {
      const range = document.createRange();
      range.selectNodeContents(element);
      getSelection()?.addRange(range);
      element.setAttribute('data-mark', 'same');
    });
    await sendView(NEXT, RUNNING, 2);
    expect(await code.getAttribute('data-mark')).toBe('same');
    expect(await stage.page.evaluate(() => getSelection()?.toString())).toBe('systemctl restart orders\ncurl -fsS "http://127.0.0.1:8080/health"   # answers within 30 s');
  });

  describe('that takes a step out of the foreground', () => {
    const AFTER = withStep(withStep(NEXT, 'restart', { isNext: false, status: 'done', by: 'exit 0 · 3 s' }), 'errors', { isNext: true });
    const row = (key: string): Promise<{ readonly top: number; readonly bottom: number }> => stage.page.locator(`[data-key="${key}"]`).evaluate((element) => ({ top: element.getBoundingClientRect().top, bottom: element.getBoundingClientRect().bottom }));
    /** Pixels that the block of the step is higher than the step in it. */
    const gap = (): Promise<number> => stage.page.locator('[data-key="step:restart"]').evaluate((element) => element.getBoundingClientRect().height - (element.firstElementChild?.getBoundingClientRect().height ?? 0));
    const pointAt = async (key: string): Promise<void> => {
      const { top, bottom } = await row(key);
      await stage.page.mouse.move(400, (top + bottom) / 2);
    };

    beforeEach(async () => {
      stage = await theatre.show(NEXT, { height: 1000 });
      await stage.page.waitForTimeout(300);
    });

    test('moves nothing up under the pointer', async () => {
      await pointAt('step:errors');
      const { top } = await row('step:errors');
      await sendView(NEXT, AFTER, 2);
      expect((await row('step:errors')).top).toBe(top);
    });

    test('leaves no gap where nothing below is pointed at', async () => {
      await sendView(NEXT, AFTER, 2);
      expect(await gap()).toBeLessThan(2);
    });

    test.each([
      ['the pointer goes above it', () => pointAt('step:flag')],
      ['the pointer goes away', () => stage.page.mouse.move(400, 5)],
      ['the person scrolls', () => stage.page.mouse.wheel(0, 10)],
      ['the person goes on by keyboard', () => stage.page.keyboard.press('n')],
    ])('leaves no gap once %s', async (_, moveOn) => {
      await pointAt('step:errors');
      await sendView(NEXT, AFTER, 2);
      expect(await gap()).toBeGreaterThan(20);
      await moveOn();
      await expect.poll(gap).toBeLessThan(2);
    });
  });

  test('keeps the scroll position when blocks come in above', async () => {
    stage = await theatre.show(NEXT, { height: 500 });
    await stage.page.locator('[data-key="step:announce"]').scrollIntoViewIfNeeded();
    await stage.page.waitForTimeout(300);
    const top = (): Promise<number> => stage.page.locator('[data-key="step:announce"]').evaluate((element) => Math.round(element.getBoundingClientRect().top));
    const before = await top();
    const blocks: BlockView[] = [content('new', '<p>A paragraph that came in.</p><p>And one more.</p>'), ...NEXT.blocks];
    await sendView(NEXT, { ...NEXT, blocks }, 2);
    await stage.page.waitForTimeout(200);
    expect(Math.abs((await top()) - before)).toBeLessThanOrEqual(1);
  });

  test('adds, moves and takes away blocks by their keys', async () => {
    stage = await theatre.show(NEXT);
    const keys = (): Promise<(string | undefined)[]> => stage.page.evaluate(() => [...document.querySelectorAll<HTMLElement>('.block')].map((element) => element.dataset['key']));
    const blocks = [...NEXT.blocks.slice(3).toReversed(), content('new', '<p>new</p>')];
    await sendView(NEXT, { ...NEXT, blocks }, 2);
    expect(await keys()).toEqual(blocks.map((block) => block.key));
    expect(stage.trouble).toEqual([]);
  });
});

describe('the keyboard', () => {
  const focused = (): Promise<string | undefined> => stage.page.evaluate(() => {
    const element = document.activeElement as HTMLElement | null;
    return element?.dataset['button'] ?? (element?.hasAttribute('data-row') ? `row ${element.closest<HTMLElement>('.block')?.dataset['key']}` : element?.localName);
  });

  test('stays on a button that stays', async () => {
    stage = await theatre.show(NEXT);
    await stage.page.locator('.header [data-button=runNext]').focus();
    await sendView(NEXT, RUNNING, 2);
    expect(await focused()).toBe('runNext');
  });

  test('goes to the step, not to another button, when its button is gone', async () => {
    stage = await theatre.show(NEXT);
    await stage.page.locator('[data-key="step:restart"] [data-button=run]').focus();
    await sendView(NEXT, RUNNING, 2);
    expect(await focused()).toBe('row step:restart');
    await stage.posted();
    await stage.page.keyboard.press('Space');
    expect(await stage.posted()).toEqual([]);
  });

  test('stays in a step when another one changes', async () => {
    stage = await theatre.show(NEXT);
    await stage.page.locator('[data-key="step:announce"] [data-row]').focus();
    await sendView(NEXT, FAILED, 2);
    expect(await focused()).toBe('row step:announce');
  });
});

describe('revisions', () => {
  test('a gap asks for a snapshot once, and the snapshot mends it', async () => {
    stage = await theatre.show(NEXT);
    await stage.posted();
    await stage.send({ type: 'patch', revision: 3, header: FAILED.header });
    await stage.send({ type: 'patch', revision: 4, header: FAILED.header });
    expect(await stage.posted()).toEqual([{ type: 'resync' }]);
    expect(await stage.page.locator('.header [data-button=runNext]').count()).toBe(1);
    await stage.send({ type: 'snapshot', revision: 9, view: FAILED });
    await stage.send({ type: 'patch', revision: 10, header: NEXT.header });
    expect(await stage.posted()).toEqual([]);
    await stage.page.locator('.header [data-button=runNext]').click();
    expect(await stage.posted()).toEqual([{ type: 'run', action: 'runNext', revision: 10 }]);
  });

  test('a snapshot that says the same changes nothing on the page', async () => {
    stage = await theatre.show(NEXT, { height: 2000 });
    await stage.page.waitForTimeout(300);
    const touched = await watch();
    await stage.send({ type: 'snapshot', revision: 5, view: structuredClone(NEXT) });
    expect(await touched()).toEqual([]);
  });

  test('a message that is none of ours is reported and ignored', async () => {
    stage = await theatre.show(NEXT);
    await stage.posted();
    await stage.page.evaluate(() => window.postMessage({ type: 'patch', revision: 'x' }));
    await stage.page.waitForTimeout(100);
    expect(await stage.posted()).toEqual([{ type: 'fault', message: expect.stringContaining('revision') }]);
  });
});

describe('live output', () => {
  test('changes the lines of its command and nothing else', async () => {
    stage = await theatre.show(RUNNING, { height: 2000 });
    await stage.page.waitForTimeout(300);
    const touched = await watch();
    await stage.send({ type: 'output', blockKey: 'step:restart', commandIndex: 0, text: 'one\ntwo\u001b]52;c;x\u0007\nthree' });
    const changed = await touched();
    expect(new Set(changed)).toEqual(new Set(['step:restart']));
    expect(await stage.page.locator('[data-key="step:restart"] .output pre').innerText()).toBe('one\ntwo⟨U+001B⟩]52;c;x⟨U+0007⟩\nthree');
  });

  test('for a command that does not run is ignored', async () => {
    stage = await theatre.show(NEXT);
    await stage.send({ type: 'output', blockKey: 'step:restart', commandIndex: 0, text: 'late' });
    await stage.send({ type: 'output', blockKey: 'nobody', commandIndex: 7, text: 'late' });
    expect(await stage.page.locator('.output', { hasText: 'late' }).count()).toBe(0);
    expect(stage.trouble).toEqual([]);
  });
});

test('a block that cannot be drawn shows its words, reports it, and leaves the others alone', async () => {
  stage = await theatre.show(NEXT);
  await stage.posted();
  const block = NEXT.blocks.find((one) => one.key === 'step:announce');
  const broken = { ...block, tags: null } as unknown as BlockView;
  await stage.send({ type: 'patch', revision: 2, blocks: [broken] });
  expect(await stage.posted()).toEqual([{ type: 'fault', message: expect.stringContaining('block step at line 1') }]);
  expect(await stage.page.locator('[data-key="step:announce"]').innerText()).toContain('Announce the release (open)');
  await sendView(NEXT, withStep(NEXT, 'announce', { status: 'done', by: 'you', actions: [action('untick', 'Untick', { stepId: 'announce' })] }), 3);
  expect(await stage.page.locator('[data-key="step:announce"] .step').count()).toBe(1);
});

test('the place is kept while the panel is hidden', async () => {
  stage = await theatre.show(NEXT, { height: 500 });
  await stage.page.locator('[data-key="level:2"]').scrollIntoViewIfNeeded();
  await stage.page.waitForTimeout(400);
  const top = (): Promise<number> => stage.page.locator('[data-key="level:2"]').evaluate((element) => Math.round(element.getBoundingClientRect().top));
  const before = await top();
  const kept = await stage.state();
  await stage.close();
  stage = await theatre.show(NEXT, { height: 500, state: kept });
  await stage.page.waitForTimeout(300);
  expect(Math.abs((await top()) - before)).toBeLessThanOrEqual(2);
  expect(await stage.posted()).toEqual([{ type: 'ready' }]);
});
