import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { screenshot } from '../harness/browser.ts';
import { until } from '../harness/deadline.ts';
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
    const steps = page.locator('.gettingStartedContainer .getting-started-step');
    const mark = (title: string) => steps.filter({ hasText: title }).getByRole('checkbox').first();
    const openWalkthrough = async (): Promise<void> => {
      await runCommand(page, 'Welcome: Open Walkthrough...');
      await pick(page, 'Guided Runbooks: the first run');
      await steps.filter({ hasText: 'Share the record' }).waitFor();
    };
    await openWalkthrough();
    expect(await steps.count()).toBe(6);
    await RunbookPanel.open(page, 'plan.runbook.md');
    await openWalkthrough();
    await until(async () => (await mark('Read it in the panel').getAttribute('aria-checked')) === 'true', { what: 'the second step to be marked' });
    expect(await mark('Write with completion').getAttribute('aria-checked')).toBe('false');
    await screenshot(page, 'walkthrough');
  });
});
