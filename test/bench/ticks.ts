import type { Page } from 'playwright-core';
import { panelFrame } from '../harness/browser.ts';
import type { Editor } from '../harness/editor.ts';
import { type Figure, pairOf, summarise } from './measure.ts';
import { measureOpening, probedPage } from './openings.ts';

/** A file of the editor by its index, and how many steps it has. */
export interface Document {
  readonly index: number;
  readonly steps: number;
}

/**
 * Ticking one step of a long run: against the same in a short one, and against
 * opening it, which took `opening` milliseconds to the first paint.
 */
export async function tickFigures(editor: Editor, longOne: Document, shortOne: Document, opening: number, rounds: number): Promise<readonly Figure[]> {
  const long = { page: await probedPage(editor), ...longOne };
  const short = { page: await probedPage(editor), ...shortOne };
  await measureOpening(long.page, long.index, 'panel');
  await measureOpening(short.page, short.index, 'panel');
  for (const { page } of [long, short]) await startRun(page);
  const taken = { long: [] as Tick[], short: [] as Tick[] };
  for (let round = 0; round < rounds + 1; round += 1) {
    const tick = { long: await tickOnce(long.page), short: await tickOnce(short.page) };
    if (round === 0) continue;
    taken.long.push(tick.long);
    taken.short.push(tick.short);
  }
  const time = ({ ms }: Tick): number => ms;
  const count = long.steps.toLocaleString('en');
  const touched = summarise(taken.long.map(({ blocks }) => blocks));
  for (const { page } of [long, short]) await page.context().close();
  return [
    pairOf({ name: `tick in ${count} steps`, otherName: `tick in ${short.steps} steps` }, taken.long.map(time), taken.short.map(time)),
    pairOf({ name: `tick in ${count} steps`, otherName: 'its first paint, warm', target: '<= 0.1' }, taken.long.map(time), taken.long.map(() => opening)),
    { kind: 'fact', name: 'blocks touched by a tick', unit: 'blocks', value: touched.median, target: 'the step and its section' },
  ];
}

interface Tick {
  /** From the click to the paint that shows it. */
  readonly ms: number;
  /** Blocks of the document in which anything changed. */
  readonly blocks: number;
}

async function startRun(page: Page): Promise<void> {
  const frame = panelFrame(page);
  await frame.getByRole('button', { name: 'Start run' }).first().click();
  await frame.getByText(/started by/).first().waitFor();
}

/** Turns the first box the other way, in the page, and waits for the paint that shows it. */
async function tickOnce(page: Page): Promise<Tick> {
  // What was drawn before has settled: nothing of it falls into the measurement.
  await page.waitForTimeout(400);
  return panelFrame(page).locator('body').evaluate(async () => {
    const box = (): Element | null => document.querySelector('.block-step [role=checkbox]');
    const was = box()?.getAttribute('aria-checked');
    const touched = new Set<Element>();
    const observer = new MutationObserver((records) => {
      for (const { target } of records) {
        const block = (target instanceof Element ? target : target.parentElement)?.closest('.block');
        if (block != null) touched.add(block);
      }
    });
    observer.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    const began = performance.now();
    (box() as HTMLElement | null)?.click();
    while (box()?.getAttribute('aria-checked') === was) await new Promise((resolve) => requestAnimationFrame(resolve));
    await new Promise<void>((resolve) => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => resolve();
      channel.port2.postMessage(null);
    });
    const ms = performance.now() - began;
    observer.disconnect();
    return { ms, blocks: touched.size };
  });
}
