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
