import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PanelView } from '../../src/core/view/viewModel.ts';
import { EDITED, FAILED, FINISHED, GATE, NEXT, PROMPT_EDITED, PROMPT_REASON, PROMPT_REBASE, PROMPT_WORD, READING, ROLLBACK_EDITED, ROLLBACK_FAILED, ROLLBACK_PLAN, ROLLING_BACK, RUNNING, SAID, UNKNOWN } from './fixtures.ts';
import { PACKAGE } from './packageFixture.ts';
import { DAMAGED, REVIEWED, ROLLED_BACK } from './reviewFixtures.ts';
import { type Stage, Theatre } from './stage.ts';
import { FIRED, SOAKING } from './timeFixtures.ts';
import { THEMES, type ThemeName } from './themes.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const PANEL: Readonly<Record<string, PanelView>> = { READING, NEXT, RUNNING, FAILED, UNKNOWN, GATE, FINISHED, SAID, EDITED, ROLLBACK_PLAN, ROLLING_BACK, ROLLBACK_FAILED, ROLLBACK_EDITED, PROMPT_WORD, PROMPT_REASON, PROMPT_EDITED, PROMPT_REBASE, SOAKING, FIRED, PACKAGE };
const REVIEW: Readonly<Record<string, PanelView>> = { REVIEWED, ROLLED_BACK, DAMAGED };

let theatre: Theatre;
beforeAll(async () => {
  theatre = await Theatre.open();
});
afterAll(() => theatre.close());

/** What axe finds in the page, a line for each place: rule, place, why. */
async function violations({ page }: Stage): Promise<readonly string[]> {
  await page.locator('details').evaluateAll((all) => all.forEach((one) => ((one as HTMLDetailsElement).open = true)));
  // Colours that fade in would be judged half-way.
  await page.waitForFunction(() => document.getAnimations().every((one) => one.playState !== 'running' || one.effect?.getTiming().iterations === Infinity));
  // Read into the page by the test driver, so the page's own policy stands as it is.
  await page.evaluate(`typeof axe === 'object' || (() => {${AXE}\n})()`);
  const { violations: found } = (await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as AxeResults;
  return found.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${(failureSummary ?? '').split('\n').slice(1).join(' ').trim()}`));
}

describe.each(Object.keys(THEMES) as ThemeName[])('axe finds nothing in %s', (theme) => {
  test.each([
    ['the panel', PANEL],
    ['a record', REVIEW],
  ])('in %s', { timeout: 120_000 }, async (_what, views) => {
    const [[, first] = ['', READING]] = Object.entries(views);
    const stage = await theatre.show(first, { theme, width: 1000, height: 2400 });
    let revision = 1;
    const found: string[] = [];
    for (const [name, view] of Object.entries(views)) {
      await stage.send({ type: 'snapshot', revision: (revision += 1), view });
      await stage.page.locator('.block').first().waitFor();
      found.push(...(await violations(stage)).map((line) => `${name}: ${line}`));
    }
    expect([...new Set(found)]).toEqual([]);
    expect(stage.trouble).toEqual([]);
    await stage.close();
  });
});
