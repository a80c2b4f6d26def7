import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { until } from '../harness/deadline.ts';
import { type Editor, startEditor } from '../harness/editor.ts';
import { VSIX } from '../harness/vsix.ts';
import { answerInput, pick, runCommand } from '../harness/workbench.ts';
import { removeWorkspace, RunbookPanel, workspaceWith } from './runbookPanel.ts';

/** Where pictures of the way are put; none without it. */
const PICTURES = process.env['AUTHORING_PICTURES'];

describe('an author', () => {
  let workspace: string;
  let editor: Editor;
  let panel: RunbookPanel;
  const git = (...words: readonly string[]): void => void execFileSync('git', words, { cwd: workspace });
  const type = (text: string): Promise<void> => editor.page.keyboard.type(text, { delay: 10 });
  const press = (keys: string): Promise<void> => editor.page.keyboard.press(keys);
  const suggestion = (label: string): Locator => editor.page.locator('.suggest-widget .monaco-list-row').filter({ hasText: label }).first();
  const source = (): string => readFileSync(join(workspace, 'deploy.runbook.md'), 'utf8');

  async function picture(name: string): Promise<void> {
    if (PICTURES !== undefined) await editor.page.screenshot({ path: join(PICTURES, `${name}.png`) });
  }

  /** Takes what is proposed, once it is what is proposed first. */
  async function take(label: string): Promise<void> {
    await editor.page.locator('.suggest-widget .monaco-list-row.focused').filter({ hasText: label }).waitFor();
    await press('Enter');
    await editor.page.locator('.suggest-widget.visible .monaco-list-row.focused').filter({ hasText: label }).waitFor({ state: 'detached' });
  }

  /** Saves, and waits until the file says so. */
  async function saves(text: string): Promise<void> {
    await press('Control+s');
    await until(() => source().includes(text), { what: `the file to say ${JSON.stringify(text)}` });
  }

  beforeAll(async () => {
    workspace = await workspaceWith({ 'readme.txt': 'A service.\n' });
    git('init', '-q', '-b', 'main');
    git('config', 'user.name', 'Ada Lovelace');
    git('config', 'user.email', 'ada@example.org');
    git('add', '.');
    git('commit', '-qm', 'one');
    git('tag', 'v1.0.0');
    editor = await startEditor({ workspace, extensions: [VSIX] });
  });

  afterAll(async () => {
    await editor?.dispose();
    await removeWorkspace(workspace);
  });

  it('begins with a template, whose first word to replace is selected', async () => {
    const { page } = editor;
    await runCommand(page, 'Runbook: New…');
    await pick(page, 'Short');
    await until(async () => (await page.locator('.quick-input-widget input.input').inputValue()) === 'deploy.runbook.md', { what: 'the question for its name' });
    await answerInput(page, 'deploy.runbook.md');
    await page.locator('.tab.active').filter({ hasText: 'deploy.runbook.md' }).waitFor();
    await page.locator('.codelens-decoration').filter({ hasText: 'Open runbook' }).waitFor();
    await picture('1-template');
    await type('orders');
    await saves('# Deploy orders\n');
  });

  it('sees it beside the source as it is typed, and keeps the keyboard', async () => {
    await runCommand(editor.page, 'Runbook: Open Panel to the Side');
    panel = new RunbookPanel(editor.page);
    await panel.frame.getByRole('heading', { name: 'Deploy orders' }).first().waitFor();
    await type(' now');
    await panel.frame.getByRole('heading', { name: 'Deploy orders now' }).first().waitFor();
    await picture('2-beside');
    await saves('# Deploy orders now\n');
  });

  it('is told at each place what can stand there', async () => {
    await press('Control+End');
    await type('\n## Post-deployment\n\n**See that it is there**:\n\n```');
    await suggestion('bash').waitFor();
    await type('bas');
    await take('bash');
    await type(' {');
    await suggestion('timeout').waitFor();
    await picture('3-attributes');
    await type('tim');
    await take('timeout');
    await suggestion('5m').waitFor();
    await type('5');
    await take('5m');
    await type(' requires=');
    await suggestion('deploy').waitFor();
    await picture('4-ids');
    await type('heal');
    await take('healthy');
    await press('End');
    await type('\ngit rev-parse "$');
    await suggestion('version').waitFor();
    await type('ver');
    await take('version');
    await type('"\n```\n');
    await saves('```bash {timeout=5m requires=healthy}\ngit rev-parse "$version"\n```\n');
    await panel.step('See that it is there').waitFor();
  });

  it('sees what is wrong where it is wrong, and has it corrected', async () => {
    const { page } = editor;
    await type('\n- [ ] Tell the others <!-- {evidnce} -->');
    await page.locator('.squiggly-warning').first().waitFor();
    await picture('5-finding');
    // Into the word that is underlined.
    for (let at = 0; at < 7; at += 1) await press('ArrowLeft');
    const fix = page.locator('.action-widget .monaco-list-row').filter({ hasText: 'evidence' }).first();
    // The list closes by itself when findings change under it.
    await until(
      async () => {
        await press('Escape');
        await press('Control+.');
        return fix.waitFor({ timeout: 5_000 }).then(() => true, () => false);
      },
      { what: 'the quick fix', timeoutMs: 60_000 },
    );
    await picture('6-fix');
    await press('Enter');
    await fix.waitFor({ state: 'detached' });
    await page.locator('.squiggly-warning').first().waitFor({ state: 'detached' });
    await saves('- [ ] Tell the others <!-- {evidence} -->');
  });

  it('runs it for the first time', async () => {
    await panel.press('Start run');
    const dialog = panel.frame.getByRole('dialog').filter({ visible: true });
    await dialog.locator('input[data-input="input:version"]').or(dialog.locator('[data-input="input:version"] input')).fill('v1.0.0');
    await dialog.getByRole('button', { name: 'Start run', exact: true }).click();
    await panel.frame.getByText(/started by you/).first().waitFor();
    await panel.tick('Somebody is on call');
    await panel.runNext();
    await panel.waitForStep('Check that the release is there', /exit 0/);
    await picture('7-first-run');
  });
});
