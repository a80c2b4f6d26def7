import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Locator } from 'playwright-core';
import { panelFrame, screenshot } from '../harness/browser.ts';
import { until } from '../harness/deadline.ts';
import { type Editor, startEditor } from '../harness/editor.ts';
import { VSIX } from '../harness/vsix.ts';
import { answerInput, closeAllEditors, notifications, pressInDialog, pressInMenu, runCommand } from '../harness/workbench.ts';
import { removeWorkspace, RunbookPanel, workspaceWith } from './runbookPanel.ts';

const RUNBOOK = '# Ship it\n\n- [ ] Look at it\n';

describe('sharing a record through git', () => {
  let workspace: string;
  let remote: string;
  let editor: Editor;
  let panel: RunbookPanel;
  const git = (...words: readonly string[]): string => execFileSync('git', words, { cwd: workspace, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const runs = (): readonly string[] => readdirSync(join(workspace, '.runbooks', 'runs'));
  const rows = (): Locator => editor.page.locator('.pane-body .monaco-list-row').filter({ visible: true });
  const saysSoon = (words: RegExp): Promise<boolean> => until(async () => (await notifications(editor.page)).some((text) => words.test(text)), { what: `a notification ${String(words)}` });
  const dialog = (words: string): Locator => editor.page.locator('.monaco-dialog-box').filter({ hasText: words });
  /** Answers the question for the message, which stands there once git has been asked. */
  const agree = async (more = ''): Promise<string> => {
    const input = editor.page.locator('.quick-input-widget').filter({ visible: true, hasText: 'Message of the commit' }).locator('input.input');
    await input.waitFor();
    const message = `${await input.inputValue()}${more}`;
    await answerInput(editor.page, message);
    return message;
  };
  const finishRun = async (): Promise<void> => {
    await panel.tick('Look at it');
    await panel.press('Finish run');
    await panel.frame.getByText(/completed/).first().waitFor();
  };

  beforeAll(async () => {
    workspace = await workspaceWith({ 'ship.runbook.md': RUNBOOK, 'a.txt': 'one\n' });
    remote = mkdtempSync(join(tmpdir(), 'guided-runbooks-remote-'));
    execFileSync('git', ['init', '-q', '--bare', '-b', 'main', remote]);
    git('init', '-q', '-b', 'main');
    git('config', 'user.name', 'Test Person');
    git('config', 'user.email', 'person@example.test');
    git('add', '-A');
    git('commit', '-qm', 'one');
    git('remote', 'add', 'origin', remote);
    git('push', '-q', '-u', 'origin', 'main');
    writeFileSync(join(workspace, 'a.txt'), 'staged\n');
    git('add', 'a.txt');
    writeFileSync(join(workspace, 'a.txt'), 'staged\nand not staged\n');
    editor = await startEditor({ workspace, extensions: [VSIX] });
    panel = await RunbookPanel.open(editor.page, 'ship.runbook.md');
  });

  afterAll(async () => {
    await editor?.dispose();
    await removeWorkspace(workspace);
    rmSync(remote, { recursive: true, force: true });
  });

  it('a finished run is committed from the panel, with nothing of the person’s own', async () => {
    await panel.start();
    await finishRun();
    const before = [git('diff', '--cached'), git('diff')];
    await panel.press('More actions');
    await panel.frame.getByRole('menuitem', { name: 'Commit record…' }).click();
    const message = await agree(', looked at');
    expect(message).toMatch(/^Record of run \w{4}: Ship it completed on main @ [0-9a-f]{7}, looked at$/);
    await saysSoon(/^The record is committed on main/);
    expect(git('log', '-1', '--format=%s').trim()).toBe(message);
    expect(git('show', '--name-only', '--format=', 'HEAD').trim().split('\n').every((file) => file.startsWith('.runbooks/'))).toBe(true);
    expect([git('diff', '--cached'), git('diff')]).toEqual(before);
  });

  it('the next one is committed and pushed from the palette, after saying what goes along', async () => {
    const before = [git('diff', '--cached'), git('diff')];
    await panel.press('Start a new run');
    await panel.frame.getByText(/started by you/).first().waitFor();
    await finishRun();
    await runCommand(editor.page, 'Runbook: Commit and Push Record…');
    await agree();
    await dialog('2 commits to push').waitFor();
    await pressInDialog(editor.page, 'Push');
    await saysSoon(/^Pushed to origin\/main/);
    expect(git('ls-remote', 'origin', 'main').slice(0, 40)).toBe(git('rev-parse', 'HEAD').trim());
    expect([git('diff', '--cached'), git('diff')]).toEqual(before);
  });

  it('a remote that is ahead is pulled only after a question', async () => {
    const other = `${remote}-other`;
    execFileSync('git', ['clone', '-q', remote, other]);
    writeFileSync(join(other, 'b.txt'), 'by another\n');
    for (const words of [['add', 'b.txt'], ['-c', 'user.name=Other', '-c', 'user.email=o@example.test', 'commit', '-qm', 'other'], ['push', '-q']]) execFileSync('git', words, { cwd: other });
    rmSync(other, { recursive: true });
    await panel.press('Start a new run');
    await panel.frame.getByText(/started by you/).first().waitFor();
    await finishRun();
    await runCommand(editor.page, 'Runbook: Commit and Push Record…');
    await agree();
    await dialog('has commits that this branch does not have yet').waitFor();
    await pressInDialog(editor.page, 'Pull and Push');
    await saysSoon(/you have staged changes/);
    git('stash', '-q');
    await runCommand(editor.page, 'Runbook: Commit and Push Record…');
    await dialog('has commits that this branch does not have yet').waitFor();
    await pressInDialog(editor.page, 'Pull and Push');
    await until(() => git('ls-remote', 'origin', 'main').slice(0, 40) === git('rev-parse', 'HEAD').trim(), { what: 'the push' });
    git('stash', 'pop', '-q', '--index');
    expect(git('show', ':a.txt')).toBe('staged\n');
    expect(git('log', '-1', '--format=%P').trim().split(' ')).toHaveLength(2);
  });

  it('the tree shows the runs with their state, and filters them', async () => {
    const { page } = editor;
    await runCommand(page, 'View: Show Runbooks');
    const runbook = rows().filter({ hasText: 'ship' });
    await runbook.waitFor();
    await runbook.locator('.monaco-tl-twistie').click();
    const completed = rows().filter({ hasText: /completed · Test Person · main/ });
    await until(async () => (await completed.count()) === 3, { what: 'three completed runs in the tree' });
    await screenshot(page, 'runs-tree');
    await runCommand(page, 'Runbook: Filter Runs…');
    await answerInput(page, 'abandoned');
    await until(async () => (await rows().allInnerTexts()).join('|').includes('No run matches “abandoned”'), { what: 'the word that none matches' });
    expect(await completed.count()).toBe(0);
    await screenshot(page, 'runs-filtered');
    await runCommand(page, 'Runbook: Clear Run Filter');
    await page.getByText('Runs that match').first().waitFor({ state: 'hidden' });
    // The editor forgets what was open once it is not shown.
    await runbook.locator('.monaco-tl-twistie.collapsed').click();
    await until(async () => (await completed.count()) === 3, { what: 'the runs again' });
  });

  it('a record opens from the tree', async () => {
    await rows().filter({ hasText: /completed/ }).first().click();
    await editor.page.locator('.tab.active').filter({ hasText: /^w-\w+\.jsonl/ }).waitFor();
    await panelFrame(editor.page).getByText('Look at it').filter({ visible: true }).first().waitFor();
    await screenshot(editor.page, 'run-opened');
    await closeAllEditors(editor.page);
  });

  it('a run’s menu has what can be done with it, and two runs are compared', async () => {
    const { page } = editor;
    await rows().filter({ hasText: /completed/ }).first().click({ button: 'right' });
    const items = page.locator('.monaco-menu .action-label[aria-label]');
    await items.first().waitFor();
    const labels = await items.evaluateAll((elements) => elements.map((element) => element.getAttribute('aria-label') ?? ''));
    expect(labels.filter((label) => label !== '')).toEqual(['Open Run Record…', 'Compare Runs…', 'Export Report…', 'New Post-Mortem…', 'Commit Record…', 'Commit and Push Record…', 'Delete Run…']);
    await pressInMenu(page, 'Compare Runs…');
    const question = page.locator('.quick-input-widget').filter({ visible: true, hasText: /Compare run \w{4} with which one/ });
    await question.waitFor();
    await question.locator('.monaco-list-row').first().click();
    await page.locator('.tab.active').filter({ hasText: /Runs \w{4} and \w{4}/ }).waitFor();
    await panelFrame(page).getByText('Look at it').filter({ visible: true }).first().waitFor();
    await screenshot(page, 'runs-compared');
    await closeAllEditors(page);
  });

  it('a committed run is not deleted, one that is not is, after a question', async () => {
    const { page } = editor;
    panel = await RunbookPanel.open(page, 'ship.runbook.md');
    await runCommand(page, 'Runbook: Delete Run…');
    await pickFirstRun();
    await saysSoon(/is not deleted here/);
    expect(runs()).toHaveLength(3);
    await panel.press(/^Start (a new )?run$/);
    await panel.frame.getByText(/started by you/).first().waitFor();
    await finishRun();
    await runCommand(page, 'Runbook: Delete Run…');
    await dialog('Delete the record of run').filter({ hasText: 'Ship it' }).waitFor();
    expect(runs()).toHaveLength(4);
    await pressInDialog(page, 'Delete Run');
    // Not every editor has a trash.
    await until(async () => runs().length === 3 || (await dialog('could not be put in the trash').isVisible()), { what: 'the record to be gone, or a question' });
    if (runs().length === 4) await pressInDialog(page, 'Delete for Good');
    await until(() => runs().length === 3, { what: 'the record to be gone' });
    expect(existsSync(join(workspace, 'ship.runbook.md'))).toBe(true);
  });

  /** Only where the open panel has no run of its own is there a question which one. */
  async function pickFirstRun(): Promise<void> {
    const asked = editor.page.locator('.quick-input-widget').filter({ visible: true, hasText: 'Delete which run?' });
    const refused = editor.page.locator('.notification-toast').filter({ hasText: 'is not deleted here' });
    await asked.or(refused).first().waitFor();
    if (await asked.isVisible()) await editor.page.keyboard.press('Enter');
  }
});

describe('records that are kept out of git', () => {
  let workspace: string;
  let editor: Editor;

  beforeAll(async () => {
    workspace = await workspaceWith({ 'ship.runbook.md': RUNBOOK, '.vscode/settings.json': JSON.stringify({ 'guidedRunbooks.record.location': 'private' }) });
    execFileSync('git', ['init', '-q', '-b', 'main', workspace]);
    editor = await startEditor({ workspace, extensions: [VSIX] });
  });

  afterAll(async () => {
    await editor?.dispose();
    await removeWorkspace(workspace);
  });

  it('are listed and read like others, and are not committed', async () => {
    const { page } = editor;
    const panel = await RunbookPanel.open(page, 'ship.runbook.md');
    await panel.frame.getByText(/They are kept out of git/).first().waitFor();
    await panel.start();
    await panel.tick('Look at it');
    await panel.press('Finish run');
    await panel.frame.getByText(/completed/).first().waitFor();
    expect(existsSync(join(workspace, '.runbooks'))).toBe(false);
    await panel.press('More actions');
    await panel.frame.getByRole('menuitem', { name: 'Open source' }).waitFor();
    expect(await panel.frame.getByRole('menuitem', { name: 'Commit record…' }).count()).toBe(0);
    await page.keyboard.press('Escape');
    await runCommand(page, 'Runbook: Commit Record…');
    await until(async () => (await notifications(page)).some((text) => text.includes('kept out of git')), { what: 'why it is not committed' });
    await runCommand(page, 'View: Show Runbooks');
    const rows = page.locator('.pane-body .monaco-list-row').filter({ visible: true });
    await rows.filter({ hasText: 'ship' }).locator('.monaco-tl-twistie.collapsed').click();
    await rows.filter({ hasText: /completed/ }).first().click();
    await page.locator('.tab.active').filter({ hasText: /^w-\w+\.jsonl/ }).waitFor();
    await panelFrame(page).getByText('Look at it').filter({ visible: true }).first().waitFor();
  });

  it('runs of nobody’s runbook stand apart, fifty at a time', async () => {
    const { page } = editor;
    for (let number = 0; number < 60; number += 1) mkdirSync(join(workspace, '.runbooks', 'runs', `R00${String(number).padStart(2, '0')}`), { recursive: true });
    await runCommand(page, 'View: Show Runbooks');
    const rows = page.locator('.pane-body .monaco-list-row').filter({ visible: true });
    await rows.filter({ hasText: 'Other runs' }).locator('.monaco-tl-twistie.collapsed').click();
    await rows.filter({ hasText: /run 0059.*cannot be read/ }).waitFor();
    const scrolledTo = (text: string): Promise<boolean> =>
      until(async () => {
        await rows.nth(5).hover();
        await page.mouse.wheel(0, 10_000);
        return rows.filter({ hasText: text }).isVisible();
      }, { what: `“${text}” at the end of the list` });
    await scrolledTo('run 0010');
    expect(await rows.filter({ hasText: 'run 0009' }).count()).toBe(0);
    await rows.filter({ hasText: 'Show more…' }).click();
    await scrolledTo('run 0000');
    expect(await rows.filter({ hasText: 'Show more…' }).count()).toBe(0);
  });
});
