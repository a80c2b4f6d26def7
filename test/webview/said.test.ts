import { afterAll, beforeAll, expect, test } from 'vitest';
import { withStep } from './fixtureParts.ts';
import { FAILED, GATE, SAID } from './fixtures.ts';
import { Theatre } from './stage.ts';
import { THEMES, type ThemeName } from './themes.ts';

let theatre: Theatre;
beforeAll(async () => {
  theatre = await Theatre.open();
});
afterAll(() => theatre.close());

test('what reviewers said stands at its step and above the run, with who, when and what', async () => {
  const stage = await theatre.show(SAID, { height: 2400 });
  const { page } = stage;
  const atStep = page.getByRole('list', { name: 'Review of Enable the feature flag for canary users' }).getByRole('listitem');
  expect((await atStep.allInnerTexts()).map((text) => text.split('\n').map((line) => line.trim()).filter(Boolean))).toEqual([
    ['Approved', 'Mary Somerville · 14:18', 'Seen in the dashboard'],
    ['Remark', 'Grace Hopper · 14:19', '<b>Why</b> three sessions?', 'Five were agreed.'],
  ]);
  const ofRun = page.getByRole('region', { name: 'Notices' }).getByRole('list', { name: 'Review of the run' }).getByRole('listitem');
  expect((await ofRun.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' ').trim())).toEqual(['Rejected Grace Hopper · 14:20 The ticket is missing.', 'Approved overtaken later Mary Somerville · 14:08']);
  expect(stage.trouble).toEqual([]);
  await stage.close();
});

test('it comes and goes while the run goes on, and moves the keyboard from nowhere', async () => {
  const stage = await theatre.show(FAILED, { height: 2400 });
  const { page } = stage;
  await page.locator('[data-key="step:flag"] [data-row]').focus();
  const blocks = SAID.blocks.filter((block) => block.key === 'step:flag');
  await stage.send({ type: 'patch', revision: 2, notices: SAID.notices, blocks });
  await page.getByText('Seen in the dashboard').waitFor();
  expect(await page.evaluate(() => document.activeElement?.closest<HTMLElement>('.block')?.dataset['key'])).toBe('step:flag');
  await stage.send({ type: 'patch', revision: 3, notices: FAILED.notices, blocks: FAILED.blocks.filter((block) => block.key === 'step:flag') });
  await page.getByText('Seen in the dashboard').waitFor({ state: 'detached' });
  await page.getByText('The ticket is missing.').waitFor({ state: 'detached' });
  await stage.close();
});

test.each(Object.keys(THEMES) as ThemeName[])('an approval and a rejection differ in colour as well as in words, in %s', async (theme) => {
  const stage = await theatre.show(SAID, { theme, height: 2400 });
  const colourOf = (kind: string): Promise<string> => stage.page.locator(`.said-${kind}:not(.overtaken) .codicon`).first().evaluate((icon) => getComputedStyle(icon).color);
  expect(await colourOf('approved')).not.toBe(await colourOf('rejected'));
  await stage.close();
});

test('at a decision it has a line of its own below the choice', async () => {
  const said = SAID.blocks.flatMap((block) => (block.kind === 'step' ? (block.said ?? []) : []));
  const stage = await theatre.show(withStep(GATE, 'decide', { said }), { height: 2400 });
  const at = (selector: string): Promise<{ readonly top: number; readonly bottom: number; readonly width: number }> => stage.page.locator(`.step.gate ${selector}`).first().evaluate((element) => element.getBoundingClientRect().toJSON() as DOMRect);
  const [body, row, actions, words] = await Promise.all([at('.body'), at('.row'), at('.actions'), at('.said')]);
  expect(words.top).toBeGreaterThanOrEqual(Math.max(row.bottom, actions.bottom));
  expect(words.width).toBeGreaterThan(body.width * 0.9);
  await stage.close();
});
