import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunEvent } from '../../src/core/run/events.ts';
import { decodeLine } from '../../src/node/record/lines.ts';
import { panelFrame, screenshot, setWindowSize } from '../harness/browser.ts';
import { type ColourTheme, setColourTheme } from '../harness/colourTheme.ts';
import { until } from '../harness/deadline.ts';
import { type Editor, startEditor } from '../harness/editor.ts';
import { terminalNames } from '../harness/terminal.ts';
import { VSIX } from '../harness/vsix.ts';
import { closeAllEditors, pickLabels, pressInMenu, reloadWindow, runCommand } from '../harness/workbench.ts';
import { ADA, damage, git, goBack, goHalf, goWell, MARY, ORDERS, recordRun } from './recordedRuns.ts';
import { removeWorkspace, workspaceWith } from './runbookPanel.ts';

let workspace: string;
let editor: Editor;
let well: string;
let back: string;
let half: string;
let damagedFile: string;

/** Mary sits in front of the editor. Ada drove two of the runs, Mary the one that was rolled back. */
beforeAll(async () => {
  workspace = await workspaceWith({ 'orders.runbook.md': ORDERS });
  well = await recordRun(workspace, ADA, goWell);
  back = await recordRun(workspace, MARY, goBack);
  git(workspace, 'init', '--quiet', '--initial-branch=main');
  for (const [key, value] of [['user.name', MARY.name], ['user.email', MARY.email ?? '']] as const) git(workspace, 'config', key, value);
  git(workspace, 'add', '.runbooks');
  git(workspace, 'commit', '--quiet', '--message', 'Record');
  half = await recordRun(workspace, ADA, goHalf);
  damagedFile = damage(half, 2);
  editor = await startEditor({ workspace, extensions: [VSIX], restricted: true });
});
afterAll(async () => {
  await editor?.dispose();
  await removeWorkspace(workspace);
});

const page = (): Page => editor.page;
const frame = (): FrameLocator => panelFrame(page());
const bodies = (folder: string): readonly RunEvent[] =>
  readdirSync(folder).filter((name) => name.endsWith('.jsonl')).flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n').filter(Boolean)).flatMap((line) => {
    const decoded = decodeLine(Buffer.from(line));
    return typeof decoded === 'string' ? [] : [decoded.parsed as RunEvent];
  });

/** Opens a record from the list, by the id of its run. */
async function open(folder: string): Promise<void> {
  await runCommand(page(), 'Runbook: Open Run Record…');
  await page().locator('.quick-input-widget input.input').fill(basename(folder));
  const rows = page().locator('.quick-input-widget .monaco-list-row');
  await until(async () => (await rows.count()) === 1, { what: 'the list to show that run alone' });
  await rows.click();
  await frame().getByText(`run ${basename(folder).slice(-4)}`).first().waitFor();
  await frame().getByText(/^Record (?:complete|not intact)/).first().waitFor();
}

/** Waits until the panel says something where it can be seen: names of drawings are in it too. */
async function shows(words: string | RegExp): Promise<void> {
  await frame().getByText(words).filter({ visible: true }).first().waitFor();
}

async function look(name: string): Promise<void> {
  for (const theme of ['light', 'dark'] as const satisfies readonly ColourTheme[]) {
    await setColourTheme(page(), theme);
    for (const width of [700, 1400]) {
      await setWindowSize(page(), width, 1000);
      await frame().locator('.timeline').waitFor();
      await screenshot(page(), `review-${name}-${theme}-${String(width)}`);
    }
  }
}

async function say(label: RegExp, words: string, confirm: string): Promise<void> {
  await frame().getByRole('button', { name: label }).first().click();
  const dialog = frame().getByRole('dialog').filter({ visible: true });
  await dialog.getByRole('textbox').first().fill(words);
  await dialog.getByRole('button', { name: confirm, exact: true }).click();
}

describe('a record, in Restricted Mode', () => {
  it('is chosen from a list of runs, newest first, with their state and who ran them', async () => {
    await runCommand(page(), 'Runbook: Open Run Record…');
    expect((await pickLabels(page())).filter((label) => label.includes('Deploy the orders service'))).toHaveLength(3);
    const rows = await page().locator('.quick-input-widget .monaco-list-row').evaluateAll((all) => all.map((row) => row.getAttribute('aria-label') ?? ''));
    expect(rows[2]).toContain('completed');
    expect(rows[2]).toContain('Ada Lovelace');
    expect(rows.some((row) => row.includes('rolled back') && row.includes('Mary Somerville'))).toBe(true);
    await page().keyboard.press('Escape');
  });

  it('of a run that went well shows who did what, when and with what result, and runs nothing', async () => {
    await open(well);
    for (const words of ['Record complete', /^Unchanged since commit [0-9a-f]{7} of .*, not signed\.$/, /exit 22/, 'GET /health: 503 Service Unavailable', 'Reason: night shift, nobody is there', /^Run by Ada Lovelace/]) await shows(words);
    expect(await frame().getByRole('checkbox').count()).toBe(0);
    expect(await frame().getByRole('button', { name: /^(?:Run|Start|Roll back|Retry)/ }).count()).toBe(0);
    await look('well');
  });

  it('takes a remark and an approval of somebody else, and they are on disk', async () => {
    await say(/^Add remark…$/, 'The first try failed: why?', 'Add remark');
    await shows('The first try failed: why?');
    await say(/^Approve run…$/, 'Seen with the team', 'Approve');
    await shows('Approved by Mary Somerville');
    const said = bodies(well).filter(({ body }) => body.type === 'remark.added' || body.type === 'approval.given');
    expect(said.map(({ actor, body }) => [actor.name, body.type])).toEqual([['Mary Somerville', 'remark.added'], ['Mary Somerville', 'approval.given']]);
    // What was added is not committed yet, and the panel says so.
    await shows(/^Changed since commit/);
    git(workspace, 'add', '.runbooks');
    git(workspace, 'commit', '--quiet', '--message', 'Review', '--', well);
    await shows(/^Unchanged since commit/);
    await look('approved');
  });

  it('comes back after a reload', async () => {
    await reloadWindow(page());
    await page().locator('.tab').filter({ hasText: /^Record: |\.jsonl$/ }).first().waitFor();
    await shows('Approved by Mary Somerville');
  });

  it('of a run that was rolled back shows the rollback, and refuses the one who ran it', async () => {
    await open(back);
    for (const words of ['Rollback to level 1: Feature toggle', /over its budget of 1 min/, /took part in this run/]) await shows(words);
    await frame().getByRole('button', { name: /^Approve run…, not available: Mary Somerville took part/ }).first().click({ force: true });
    expect(await frame().getByRole('dialog').filter({ visible: true }).count()).toBe(0);
    expect(bodies(back).some(({ body }) => body.type === 'approval.given')).toBe(false);
    await look('rolled-back');
  });

  it('that is damaged says where, and shows the rest', async () => {
    await open(half);
    for (const words of [/^Record not intact/, `Line 2 of ${damagedFile} is damaged`, 'Not committed, so nothing outside the record speaks for it.', 'Reason: told them on the phone']) await shows(words);
    await look('damaged');
  });

  it('is followed when its files change', async () => {
    damage(half, 5);
    await shows(`Line 5 of ${damagedFile} is damaged`);
  });

  it('is opened from the explorer, by the folder of its run', async () => {
    await closeAllEditors(page());
    await page().locator('.explorer-folders-view .monaco-list-row').filter({ hasText: basename(well) }).first().click({ button: 'right' });
    await pressInMenu(page(), 'Open Run Record…');
    await shows('Approved by Mary Somerville');
  });

  it('opens its output to be read, and its own file stays as it is', async () => {
    await open(well);
    const before = readdirSync(join(well, 'output')).length;
    await frame().getByRole('button', { name: /^Open all of its output/ }).first().click();
    await until(async () => (await page().locator('.tab.active').innerText()).includes('.txt'), { what: 'the output in a tab' });
    expect(readdirSync(join(well, 'output')).length).toBe(before);
  });

  it('has run nothing in all that time', async () => {
    expect(await terminalNames(page())).toEqual([]);
    expect(bodies(half).filter(({ body }) => body.type === 'command.started')).toHaveLength(bodies(half).filter(({ body, actor }) => body.type === 'command.started' && actor.name === ADA.name).length);
  });
});
