import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { panelFrame, screenshot } from '../harness/browser.ts';
import { until } from '../harness/deadline.ts';
import { type Editor, startEditor } from '../harness/editor.ts';
import { VSIX } from '../harness/vsix.ts';
import { closeAllEditors, runCommand } from '../harness/workbench.ts';
import { removeWorkspace, RunbookPanel, workspaceWith } from './runbookPanel.ts';

const RUNBOOK = (title: string): string => `# ${title}\n\n- [ ] Look at it\n`;

/** Runs of a file that is in no folder of the workspace, and of one that is. */
describe('runs of a file outside the workspace', () => {
  let workspace: string;
  let elsewhere: string;
  let editor: Editor;
  const rows = (): Locator => editor.page.locator('.pane-body .monaco-list-row').filter({ visible: true });
  const branch = (): Locator => rows().filter({ hasText: 'Runs outside the workspace' });

  beforeAll(async () => {
    workspace = await workspaceWith({ 'inside.runbook.md': RUNBOOK('Inside job') });
    elsewhere = mkdtempSync(join(tmpdir(), 'guided-runbooks-elsewhere-'));
    writeFileSync(join(elsewhere, 'outside.runbook.md'), RUNBOOK('Outside job'));
    editor = await startEditor({ workspace, extensions: [VSIX] });
  });

  afterAll(async () => {
    await editor?.dispose();
    await removeWorkspace(workspace);
    rmSync(elsewhere, { recursive: true, force: true });
  });

  async function runToTheEnd(panel: RunbookPanel): Promise<void> {
    await panel.start();
    await panel.tick('Look at it');
    await panel.press('Finish run');
    await panel.frame.getByText(/completed/).first().waitFor();
  }

  it('are listed in the tree, apart from those of the workspace', async () => {
    const { page } = editor;
    await runCommand(page, 'View: Show Runbooks');
    await rows().filter({ hasText: 'inside' }).waitFor();
    expect(await branch().count()).toBe(0);
    await runToTheEnd(await RunbookPanel.open(page, 'inside.runbook.md'));
    await closeAllEditors(page);
    await until(() => editor.server.openFile(join(elsewhere, 'outside.runbook.md')).then(() => true), { what: 'the window to be told of the file' });
    await page.locator('.tab.active').filter({ hasText: 'outside.runbook.md' }).waitFor();
    await runCommand(page, 'Runbook: Open as Panel');
    const panel = new RunbookPanel(page);
    await panel.frame.getByText('This runbook is outside the workspace’s folders.').first().waitFor();
    await runToTheEnd(panel);
    await branch().locator('.monaco-tl-twistie').click();
    const run = rows().filter({ hasText: '“Outside job”' });
    await run.filter({ hasText: 'completed' }).waitFor();
    await screenshot(page, 'runs-outside');
    expect(await rows().filter({ hasText: '“Inside job”' }).count()).toBe(0);
    await closeAllEditors(page);
    await run.click();
    await panelFrame(page).getByText('Record complete').filter({ visible: true }).first().waitFor();
    await closeAllEditors(page);
  });

  it('are found beside the others, by words of title, state and day', async () => {
    const { page } = editor;
    await runCommand(page, 'Runbook: Open Run Record…');
    const input = page.locator('.quick-input-widget input.input');
    const found = page.locator('.quick-input-widget .monaco-list-row');
    for (const [words, titles] of [['', 2], ['job', 2], ['today completed', 2], ['outside job', 1], ['INSIDE completed', 1], ['inside abandoned', 0]] as const) {
      await input.fill(words);
      await until(async () => (await found.filter({ hasText: 'job”' }).count()) === titles, { what: `${String(titles)} runs for “${words}”` });
    }
    await input.fill('completed outside job');
    await until(async () => (await found.filter({ hasText: 'Outside job' }).count()) === 1 && (await found.count()) === 1, { what: 'that run alone' });
    await page.keyboard.press('Enter');
    await panelFrame(page).getByText('Record complete').filter({ visible: true }).first().waitFor();
    await panelFrame(page).getByText('Outside job').filter({ visible: true }).first().waitFor();
  });
});
