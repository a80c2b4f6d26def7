import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RollbackView } from '../../src/core/view/rollbackViewModel.ts';
import type { PanelView } from '../../src/core/view/viewModel.ts';
import { planned } from './fixtureParts.ts';
import { ROLLBACK_PLAN } from './fixtures.ts';
import { Theatre } from './stage.ts';

let theatre: Theatre;
beforeAll(async () => {
  theatre = await Theatre.open();
});
afterAll(() => theatre.close());

const shown = ROLLBACK_PLAN.rollback;
if (shown === null) throw new Error('no plan');
const UNDO: RollbackView = {
  ...shown,
  level: 0,
  title: 'Undo what started',
  budgetSeconds: null,
  budgetWords: null,
  commands: [{ ...planned('flag off', 'undo'), label: 'takes back “Switch” (failed)' }],
  notUndoneHtml: [],
  started: [],
  lists: [{ heading: 'Past the point of no return: cannot be taken back', items: ['Send the <b>mails</b>'] }],
};
const BUTTON = { level: 0, title: 'Undo what started', detail: '1 undo', advised: false, state: 'ready', disabledBecause: null } as const;

test('undoing what started stands beside the levels, and its plan says what each block takes back and what stays', async () => {
  const view: PanelView = { ...ROLLBACK_PLAN, dock: { ...ROLLBACK_PLAN.dock, levels: [...ROLLBACK_PLAN.dock.levels, BUTTON] } };
  const stage = await theatre.show({ ...view, rollback: null }, { width: 1000, height: 1200 });
  await stage.posted();
  await stage.page.getByRole('button', { name: /^Undo what started, 1 undo/ }).click();
  expect(await stage.posted()).toMatchObject([{ type: 'rollback', action: 'planRollback', level: 0 }]);
  await stage.send({ type: 'snapshot', revision: 2, view: { ...view, rollback: UNDO } });
  const sheet = stage.page.getByRole('dialog', { name: 'Undo what started' });
  for (const words of ['1. Undo', 'takes back “Switch” (failed)', 'Past the point of no return: cannot be taken back', 'Send the <b>mails</b>']) await sheet.getByText(words).first().waitFor();
  expect(stage.trouble).toEqual([]);
  await stage.close();
});

test('the plan of another level is read from its beginning, whatever was read before in the same sheet', async () => {
  const long = (level: number, phase: RollbackView['phase']): RollbackView => ({ ...shown, level, phase, title: `Level ${String(level)}`, planId: `plan ${String(level)}`, commands: Array.from({ length: 12 }, (_, at) => planned(`command ${String(at)}`, 'undo')) });
  const stage = await theatre.show({ ...ROLLBACK_PLAN, rollback: long(2, 'succeeded') }, { width: 1000, height: 700 });
  const body = stage.page.locator('.sheet-body');
  const top = (): Promise<number> => body.evaluate(({ scrollTop }) => scrollTop);
  await body.evaluate((element) => element.scrollTo({ top: 9999, behavior: 'instant' }));
  expect(await top()).toBeGreaterThan(100);
  await stage.send({ type: 'snapshot', revision: 2, view: { ...ROLLBACK_PLAN, rollback: long(3, 'plan') } });
  await stage.page.getByRole('heading', { name: /level 3/ }).waitFor();
  expect(await top()).toBe(0);
  // What is read meanwhile is not pulled away by news of the run.
  await body.evaluate((element) => element.scrollTo({ top: 60, behavior: 'instant' }));
  await stage.send({ type: 'snapshot', revision: 3, view: { ...ROLLBACK_PLAN, rollback: { ...long(3, 'plan'), message: { severity: 'info', text: 'News' } } } });
  await stage.page.getByText('News').waitFor();
  expect(await top()).toBeGreaterThan(0);
  await stage.close();
});
