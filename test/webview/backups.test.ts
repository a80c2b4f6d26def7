import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BackupView, PanelView } from '../../src/core/view/viewModel.ts';
import { command, levelButton, planned, step } from './fixtureParts.ts';
import { NEXT, ROLLBACK_PLAN } from './fixtures.ts';
import { Theatre } from './stage.ts';
import { THEMES, type ThemeName } from './themes.ts';

let theatre: Theatre;
beforeAll(async () => {
  theatre = await Theatre.open();
});
afterAll(() => theatre.close());

const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000 - 5_000).toISOString();
const OWN: BackupView = { words: 'Restores the backup orders-2026-01-05T1402 of orders-db', restores: { name: 'orders-2026-01-05T1402', madeAt: ago(12), by: 'run' }, tone: 'plain' };
const OTHER: BackupView = { words: 'Restores the backup <b>orders-1</b> of orders-db', restores: { name: '<b>orders-1</b>', madeAt: ago(200), by: 'other' }, tone: 'warning' };
const named = (name: string, note: string | null = null): { readonly name: string; readonly note: string | null } => ({ name, note });
const PRUNE: BackupView = { words: '2 backups of orders-db to remove, 3 to stay', tone: 'plain', lists: [{ heading: 'Goes', items: [named('orders-1'), named('orders-2')] }, { heading: 'Stays', items: [named('orders-3', 'its run has not ended'), named('orders-4'), named('orders-5')] }] };

function viewWith(): PanelView {
  const levels = [levelButton(1, 'Code', '2 min · 1 command', { backup: OWN }), levelButton(2, 'Data', '1 command', { backup: OTHER }), levelButton(3, 'Files', '1 command', { backup: { words: 'no backup to restore', tone: 'danger' } })];
  const prune = step('prune', 'Remove old backups', { commands: [command('ops/prune\n', { how: ['removes backups of orders-db that are too many'], backup: PRUNE })], isNext: true });
  return { ...NEXT, header: { ...NEXT.header, deployed: { words: '1.8.0', since: ago(300), isOdd: false } }, blocks: [prune, ...NEXT.blocks], dock: { ...NEXT.dock, levels } };
}

test.each(Object.keys(THEMES) as ThemeName[])('what goes, what stays, what is restored and what is deployed is said, in %s and at every width', async (theme) => {
  for (const width of [320, 1000]) {
    const stage = await theatre.show(viewWith(), { theme, width, height: 900 });
    const { page } = stage;
    await page.getByText('2 backups of orders-db to remove, 3 to stay').waitFor();
    const lists = await page.locator('.backup-list').allInnerTexts();
    expect(lists.map((text) => text.replace(/\s+/g, ' '))).toEqual(['Goes orders-1, orders-2', 'Stays orders-3 (its run has not ended), orders-4, orders-5']);
    expect(await page.locator('.deployed').innerText()).toContain('deployed: 1.8.0, 5 h ago');
    expect((await page.locator('[data-button="level-1"]').innerText()).replace(/\s+/g, ' ')).toContain('backup 12 min ago · orders-2026-01-05T1402');
    await page.getByRole('button', { name: /^Roll back, level 2 · Data, .*not of this run, backup <b>orders-1<\/b>/ }).waitFor();
    await page.getByRole('button', { name: /no backup to restore/ }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    expect(stage.trouble).toEqual([]);
    await stage.close();
  }
});

test('a plan names its backup with its age above the commands, and says why it cannot run without one', async () => {
  const plan = ROLLBACK_PLAN.rollback;
  if (plan === null) throw new Error('no plan');
  const stage = await theatre.show({ ...ROLLBACK_PLAN, rollback: { ...plan, commands: [planned('ops/restore\n', 'undo')], backups: [OTHER] } }, { width: 1000, height: 900 });
  const note = stage.page.locator('.sheet-body .backup');
  await expect.poll(() => note.innerText()).toContain('Restores the backup <b>orders-1</b> of orders-db, made 3 h ago by another run, not by this one');
  await stage.send({ type: 'snapshot', revision: 2, view: { ...ROLLBACK_PLAN, rollback: { ...plan, message: { severity: 'warning', text: 'No backup of orders-db is recorded in staging.' }, actions: plan.actions.map((action) => ({ ...action, disabledBecause: 'No backup of orders-db is recorded in staging.' })) } } });
  await stage.page.getByText('No backup of orders-db is recorded in staging.').first().waitFor();
  expect(stage.trouble).toEqual([]);
  await stage.close();
});
