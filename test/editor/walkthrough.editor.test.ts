import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { screenshot } from '../harness/browser.ts';
import { type Editor, startEditor } from '../harness/editor.ts';
import { VSIX } from '../harness/vsix.ts';
import { pick, runCommand } from '../harness/workbench.ts';
import { removeWorkspace, RunbookPanel, workspaceWith } from './runbookPanel.ts';

describe('the walkthrough', () => {
  let workspace: string;
  let editor: Editor;

  beforeAll(async () => {
    workspace = await workspaceWith({ 'plan.runbook.md': '# Plan\n\n- [ ] Look\n' });
    editor = await startEditor({ workspace, extensions: [VSIX] });
  });

  afterAll(async () => {
    await editor?.dispose();
    await removeWorkspace(workspace);
  });

  it('has its steps, and marks what was done', async () => {
    const { page } = editor;
    await RunbookPanel.open(page, 'plan.runbook.md');
    await runCommand(page, 'Welcome: Open Walkthrough...');
    await pick(page, 'Guided Runbooks: the first run');
    const steps = page.locator('.gettingStartedContainer .getting-started-step');
    await steps.filter({ hasText: 'Share the record' }).waitFor();
    expect(await steps.count()).toBe(6);
    await steps.filter({ hasText: 'Read it in the panel' }).locator('.codicon.complete').waitFor();
    expect(await steps.filter({ hasText: 'Share the record' }).locator('.codicon.complete').count()).toBe(0);
    await screenshot(page, 'walkthrough');
  });
});
