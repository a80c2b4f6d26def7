import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { screenshot } from '../harness/browser.ts';
import { until } from '../harness/deadline.ts';
import { type Editor, startEditor } from '../harness/editor.ts';
import { VSIX } from '../harness/vsix.ts';
import { notifications, openFile, pressInNotification, runCommand } from '../harness/workbench.ts';
import { removeWorkspace, workspaceWith } from './runbookPanel.ts';

const PLAN = '# Plan\n\n## Phase 1: Staging\n\n**Deploy it**:\n\n```bash\nops/deploy [repo]\n```\n\n## Rollback\n\n### Level 1: Back (2 min)\n\n```bash\nops/back\n```\n';
const ANNOTATED = '---\nrunbook: 1\ninputs:\n  repo: # in “Deploy it”\n---\n\n# Plan\n\n## Phase 1: Staging <!-- {#phase-1-staging} -->\n\n**Deploy it**:\n\n```bash {#deploy-it}\nops/deploy [repo]\n```\n\n## Rollback\n\n### Level 1: Back (2 min)\n\n```bash\nops/back\n```\n';

describe('annotating a plain checklist', () => {
  let workspace: string;
  let editor: Editor;
  const written = (): Promise<string> => readFile(join(workspace, 'plan.md'), 'utf8');

  beforeAll(async () => {
    workspace = await workspaceWith({ 'plan.md': PLAN });
    editor = await startEditor({ workspace, extensions: [VSIX] });
  });

  afterAll(async () => {
    await editor?.dispose();
    await removeWorkspace(workspace);
  });

  async function propose(page: Page): Promise<void> {
    await openFile(page, 'plan.md');
    await runCommand(page, 'Runbook: Annotate…');
    await page.locator('.quick-input-widget').getByText('Rollback levels').waitFor();
  }

  it('shows the kinds of changes, then both texts side by side, and writes nothing when it is discarded', async () => {
    const { page } = editor;
    await propose(page);
    await screenshot(page, 'annotate-kinds');
    await page.keyboard.press('Enter');
    await page.locator('.tab.active', { hasText: 'plan.md ↔ annotated' }).waitFor();
    await page.locator('.monaco-diff-editor .view-line', { hasText: 'deploy-it' }).waitFor();
    await until(async () => (await notifications(page)).some((text) => text.startsWith('4 changes proposed for plan.md')), { what: 'the question' });
    await screenshot(page, 'annotate-diff');
    await pressInNotification(page, 'Discard');
    await page.locator('.tab', { hasText: '↔ annotated' }).waitFor({ state: 'detached' });
    expect(await written()).toBe(PLAN);
  });

  it('writes the kinds that were left ticked when it is accepted, and takes them back in one step', async () => {
    const { page } = editor;
    await propose(page);
    await page.locator('.quick-input-widget .monaco-list-row', { hasText: 'Rollback levels' }).click();
    await page.locator('.quick-input-widget').getByRole('button', { name: 'OK' }).click();
    await page.locator('.monaco-diff-editor .view-line', { hasText: 'deploy-it' }).waitFor();
    await page.locator('.editor-actions').getByRole('button', { name: 'Accept Annotations' }).first().click();
    await page.locator('.tab', { hasText: '↔ annotated' }).waitFor({ state: 'detached' });
    await page.locator('.tab.active', { hasText: 'plan.md' }).waitFor();
    await runCommand(page, 'File: Save');
    await until(async () => (await written()) === ANNOTATED, { what: 'the annotated plan to be saved' });
    await runCommand(page, 'Undo');
    await runCommand(page, 'File: Save');
    await until(async () => (await written()) === PLAN, { what: 'the plan as it was' });
  });
});
