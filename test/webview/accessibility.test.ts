import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PanelView } from '../../src/core/view/viewModel.ts';
import { EDITED, FAILED, FINISHED, GATE, NEXT, PROMPT_EDITED, PROMPT_REASON, PROMPT_REBASE, PROMPT_WORD, READING, ROLLBACK_EDITED, ROLLBACK_PLAN, ROLLING_BACK, RUNNING, SAID, UNKNOWN } from './fixtures.ts';
import { DAMAGED, REVIEWED, ROLLED_BACK } from './reviewFixtures.ts';
import { Theatre, type Stage } from './stage.ts';
import { THEMES, type ThemeName } from './themes.ts';

let theatre: Theatre;
beforeAll(async () => {
  theatre = await Theatre.open();
});
afterAll(() => theatre.close());

const VIEWS: Readonly<Record<string, PanelView>> = { READING, NEXT, RUNNING, FAILED, SAID, UNKNOWN, GATE, FINISHED, ROLLBACK_PLAN, ROLLING_BACK, PROMPT_WORD, PROMPT_REASON, EDITED, PROMPT_EDITED, PROMPT_REBASE, ROLLBACK_EDITED, REVIEWED, ROLLED_BACK, DAMAGED };

interface Node {
  readonly role: string;
  readonly name: string;
  readonly focusable: boolean;
}

/** The accessibility tree as the browser makes it, without what it ignores. */
async function tree(page: Page): Promise<readonly Node[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = (await session.send('Accessibility.getFullAXTree')) as { nodes: readonly { ignored: boolean; role?: { value: string }; name?: { value: string }; properties?: readonly { name: string; value: { value: unknown } }[] }[] };
  return nodes
    .filter((node) => !node.ignored)
    .map((node) => ({ role: node.role?.value ?? '', name: (node.name?.value ?? '').trim(), focusable: node.properties?.some((property) => property.name === 'focusable' && property.value.value === true) ?? false }));
}

test('everything that can be pressed, filled in or reached has a name, in every state', async () => {
  const stage = await theatre.show(NEXT, { height: 2400 });
  for (const [name, view] of Object.entries(VIEWS)) {
    await stage.send({ type: 'snapshot', revision: 1, view });
    // A row in the background shows its buttons as well.
    await stage.page.locator(view.review === null ? '[data-key="step:announce"] [data-row]' : '[data-key="step:restart"] [data-row]').focus();
    await expectNames(stage, name);
  }
  expect(stage.trouble).toEqual([]);
  await stage.close();
});

async function expectNames(stage: Stage, state: string): Promise<void> {
  const nodes = await tree(stage.page);
  const nameless = nodes.filter(({ role, name, focusable }) => name === '' && (['button', 'checkbox', 'link', 'textbox', 'menuitem', 'dialog', 'group', 'region', 'navigation', 'progressbar', 'heading'].includes(role) || (focusable && !['RootWebArea', 'DisclosureTriangle'].includes(role))));
  // A `details` element is a group without a name of its own; its summary has one.
  expect(nameless.filter(({ role, focusable }) => !(role === 'group' && !focusable)), state).toEqual([]);
  expect(nodes.some(({ role }) => role === 'button')).toBe(true);
}

test('there are landmarks, one title, and headings without a gap', async () => {
  const stage = await theatre.show(FAILED, { height: 2400 });
  const nodes = await tree(stage.page);
  const names = (role: string): readonly string[] => nodes.filter((node) => node.role === role).map((node) => node.name);
  expect(names('main')).toEqual(['Runbook']);
  expect(names('navigation')).toEqual(['Outline']);
  expect(names('region')).toContain('Rollback levels');
  expect(names('banner')).toHaveLength(1);
  const levels = await stage.page.locator('h1, h2, h3, h4, h5, h6').evaluateAll((all) => all.map((one) => Number(one.localName[1])));
  expect(levels.filter((level) => level === 1)).toHaveLength(1);
  levels.forEach((level, index) => expect(level - (levels[index - 1] ?? 1)).toBeLessThanOrEqual(1));
  await stage.close();
});

test.each([['a record', REVIEWED], ['a rolled-back one', ROLLED_BACK], ['a damaged one', DAMAGED]] as const)('%s has landmarks and headings without a gap too', async (_, view) => {
  const stage = await theatre.show(view, { height: 2400 });
  const levels = await stage.page.locator('h1, h2, h3, h4, h5, h6').evaluateAll((all) => all.map((one) => Number(one.localName[1])));
  levels.forEach((level, index) => expect(level - (levels[index - 1] ?? 1)).toBeLessThanOrEqual(1));
  const regions = (await tree(stage.page)).filter(({ role }) => role === 'region').map(({ name }) => name);
  expect(regions).toEqual(expect.arrayContaining(['Record', 'Timeline']));
  await stage.close();
});

test('a step says its state in words, to eyes and to ears', async () => {
  const stage = await theatre.show(UNKNOWN, { height: 1600 });
  const groups = (await tree(stage.page)).filter(({ role }) => role === 'group').map(({ name }) => name);
  expect(groups).toContain('Restart the service and wait until it is healthy: unknown: verify before you run it again, next');
  expect(groups).toContain('Canary user list identified: done');
  expect(groups).toContain('Raise the rollout to 100 %: waiting');
  await stage.close();
});

test('what changes is announced once, politely', async () => {
  const stage = await theatre.show(NEXT);
  const status = stage.page.locator('[role=status]');
  expect(await status.getAttribute('aria-live')).toBe('polite');
  await expect.poll(() => status.innerText()).toBe('5 of 10 steps done. Next: Restart the service and wait until it is healthy.');
  await stage.send({ type: 'patch', revision: 2, header: RUNNING.header, notices: READING.notices });
  const heard: string[] = [];
  for (let count = 0; count < 40; count += 1) {
    const text = await status.innerText();
    if (heard.at(-1) !== text) heard.push(text);
    await stage.page.waitForTimeout(60);
  }
  expect(heard.filter((text) => text.startsWith('Running: Restart'))).toHaveLength(1);
  expect(heard).toContain('Before a run: 2 things to look at.');
  await stage.close();
});

/** Contrast of every piece of text against what is painted behind it, for plain colours. */
function contrasts(): readonly string[] {
  const parse = (colour: string): number[] => (colour.startsWith('color(srgb') ? (colour.match(/[\d.]+(?=[ )/])/g) ?? []).map((part, index) => Number(part) * (index < 3 ? 255 : 1)) : (colour.match(/[\d.]+/g) ?? []).map(Number));
  const over = (top: number[], under: number[]): number[] => [0, 1, 2].map((index) => (top[index] ?? 0) * (top[3] ?? 1) + (under[index] ?? 0) * (1 - (top[3] ?? 1)));
  const luminance = (colour: number[]): number => colour.slice(0, 3).map((part) => part / 255).map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)).reduce((sum, part, index) => sum + part * ([0.2126, 0.7152, 0.0722][index] ?? 0), 0);
  const parentOf = (element: Element): Element | null => element.assignedSlot ?? element.parentElement ?? (element.getRootNode() as ShadowRoot).host ?? null;
  const low: string[] = [];
  for (const element of document.querySelectorAll<HTMLElement>('body *')) {
    const own = [...element.childNodes].some((node) => node instanceof Text && node.data.trim() !== '');
    if (!own || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || element.closest('.sr, .off, .toast, .skip, script, .codicon, [aria-disabled=true]')) continue;
    const layers: number[][] = [];
    for (let at: Element | null = element; at; at = parentOf(at)) layers.unshift(parse(getComputedStyle(at).backgroundColor));
    const behind = layers.reduce((under, top) => (top.length >= 3 ? over(top, under) : under), [255, 255, 255]);
    const text = over(parse(getComputedStyle(element).color), behind);
    const [light, dark] = [luminance(text), luminance(behind)].toSorted((a, b) => b - a);
    const ratio = ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
    if (ratio < 4.5) low.push(`${ratio.toFixed(2)} ${element.className || element.localName}: ${element.textContent?.trim().slice(0, 40)}`);
  }
  return [...new Set(low)];
}

test.each(Object.keys(THEMES) as ThemeName[])('text can be read in %s', async (theme) => {
  const stage = await theatre.show(NEXT, { theme, height: 2400 });
  for (const view of [FAILED, SAID, GATE, READING, ROLLING_BACK, PROMPT_WORD, EDITED, ROLLBACK_EDITED, PROMPT_EDITED, PROMPT_REBASE, REVIEWED, ROLLED_BACK, DAMAGED]) {
    await stage.send({ type: 'snapshot', revision: 1, view });
    await stage.page.locator('details.difference').evaluateAll((all) => all.forEach((one) => ((one as HTMLDetailsElement).open = true)));
    await stage.page.waitForTimeout(150);
    expect(await stage.page.evaluate(contrasts)).toEqual([]);
  }
  await stage.close();
});
