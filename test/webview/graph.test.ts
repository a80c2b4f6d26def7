import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GraphNodeView, GraphView } from '../../src/core/view/graph/graphView.ts';
import { layoutGraph, type Arrow } from '../../src/core/view/graph/layout.ts';
import type { PanelView } from '../../src/core/view/viewModel.ts';
import { section, step } from './fixtureParts.ts';
import { NEXT } from './fixtures.ts';
import { Keyboard } from './keyboard.ts';
import { Theatre } from './stage.ts';

let theatre: Theatre;
beforeAll(async () => {
  theatre = await Theatre.open();
});
afterAll(() => theatre.close());

const STATUSES = ['done', 'running', 'failed', 'waiting', 'open'] as const;
const COUNT = 40;
const ARROWS = Array.from({ length: COUNT - 3 }, (_, n): Arrow => [Math.floor(n / 2), n + 3]);
const LAID = layoutGraph(COUNT, ARROWS);
const NODES = LAID.places.map((place, n): GraphNodeView => {
  const status = STATUSES[n % STATUSES.length] ?? 'open';
  return { key: `step:s${String(n)}`, title: `Task_${String(n)}: A task with <b>words</b> that are long`, status, statusWords: status, after: LAID.arrows.flatMap(([from, to]) => (to === n ? [`Task_${String(from)}`] : [])), ...place };
});
const GRAPH: GraphView = { words: '40 tasks, 8 done', columns: LAID.columns, rows: LAID.rows, nodes: NODES, arrows: LAID.arrows };
const VIEW: PanelView = { ...NEXT, graph: GRAPH, blocks: [section('all', 'All'), ...NODES.map(({ key, title }) => step(key.slice('step:'.length), title))] };

test('the order of tasks is folded away at first, and says how many there are', async () => {
  const stage = await theatre.show(VIEW, { height: 900 });
  const fold = stage.page.locator('details.graph');
  expect(await fold.locator('> summary').innerText()).toContain('Order of tasks (40 tasks, 8 done)');
  expect(await fold.getAttribute('open')).toBeNull();
  expect(await stage.page.locator('.graph-node').first().isVisible()).toBe(false);
  await stage.close();
});

test('its nodes are buttons that say state and order in words, and lead to their steps from the keyboard', async () => {
  const stage = await theatre.show(VIEW, { height: 900 });
  await stage.page.locator('details.graph > summary').click();
  const node = stage.page.locator('.graph-node[data-goes="step:s20"]');
  await node.waitFor({ state: 'visible' });
  expect(await node.getAttribute('aria-label')).toBe(`${NODES[20]?.title ?? ''}: done; after ${NODES[20]?.after.join(', ') ?? ''}`);
  expect(await node.locator('.graph-state').innerText()).toBe('done');
  expect(await node.locator('b').count()).toBe(0);
  await node.focus();
  await new Keyboard(stage.page).press('Enter');
  await expect.poll(() => stage.page.evaluate(() => document.activeElement?.closest('[data-key]')?.getAttribute('data-key'))).toBe('step:s20');
  expect(stage.trouble).toEqual([]);
  await stage.close();
});

test('no node lies over another, however many there are, and the page does not become wider', async () => {
  const stage = await theatre.show(VIEW, { width: 420, height: 900 });
  await stage.page.locator('details.graph > summary').click();
  await stage.page.locator('.graph-node').first().waitFor({ state: 'visible' });
  const boxes = await stage.page.locator('.graph-node').evaluateAll((elements) => elements.map((element) => element.getBoundingClientRect().toJSON() as { x: number; y: number; width: number; height: number }));
  expect(boxes).toHaveLength(COUNT);
  for (const [at, a] of boxes.entries()) for (const b of boxes.slice(at + 1)) expect(a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y).toBe(true);
  expect(await stage.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  await stage.close();
});

test('the same stands there as a list', async () => {
  const stage = await theatre.show(VIEW, { height: 900 });
  await stage.page.locator('details.graph > summary').click();
  await stage.page.locator('.graph-list > summary').click();
  const items = stage.page.locator('.graph-list li');
  await items.first().waitFor({ state: 'visible' });
  expect(await items.count()).toBe(COUNT);
  expect(await items.nth(20).innerText()).toBe(`${NODES[20]?.title ?? ''}: done; after ${NODES[20]?.after.join(', ') ?? ''}`);
  expect(stage.trouble).toEqual([]);
  await stage.close();
});
