import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Editor, startEditor } from '../harness/editor.ts';
import { VSIX } from '../harness/vsix.ts';
import { openFile, pick, pickLabels, runCommand } from '../harness/workbench.ts';
import { removeWorkspace, RunbookPanel, workspaceWith } from './runbookPanel.ts';

const RUNBOOK = `# Around

**First**:

\`\`\`bash
echo one
\`\`\`

## Rollback

### Level 1: Undo (2 minutes)

\`\`\`bash
echo undone
\`\`\`
`;

describe('around the panel', () => {
  let workspace: string;
  let editor: Editor;

  beforeAll(async () => {
    workspace = await workspaceWith({ 'a.runbook.md': RUNBOOK, 'notes.md': '# Notes\n\n```bash\necho no\n```\n' });
    editor = await startEditor({ workspace, extensions: [VSIX] });
  });

  afterAll(async () => {
    await editor?.dispose();
    await removeWorkspace(workspace);
  });

  it('other Markdown has no lenses and no button', async () => {
    await openFile(editor.page, 'notes.md');
    await editor.page.locator('.view-lines').getByText('echo').first().waitFor();
    expect(await editor.page.locator('.codelens-decoration').count()).toBe(0);
    expect(await editor.page.locator('.editor-actions').getByRole('button', { name: 'Open as Panel' }).count()).toBe(0);
  });

  it('a lens asks to start a run, then runs its step', async () => {
    const { page } = editor;
    await openFile(page, 'a.runbook.md');
    await page.locator('.editor-actions').getByRole('button', { name: 'Open as Panel' }).first().waitFor();
    await page.locator('.codelens-decoration a').filter({ hasText: 'Run step' }).first().click();
    const panel = new RunbookPanel(page);
    await panel.frame.getByText(/started by you/).first().waitFor();
    await panel.step('First').getByText('open').first().waitFor({ state: 'attached' });
    await openFile(page, 'a.runbook.md');
    await runCommand(page, 'Runbook: Open Source');
    await page.locator('.codelens-decoration a').filter({ hasText: 'Run step' }).first().click();
    await runCommand(page, 'Runbook: Open as Panel');
    await panel.waitForStep('First', /exit 0/);
  });

  it('the tree lists the runbooks, and only those', async () => {
    const { page } = editor;
    await runCommand(page, 'View: Show Runbooks');
    const rows = page.locator('.pane-body .monaco-list-row').filter({ visible: true });
    await rows.filter({ hasText: '1 of 1 done' }).waitFor();
    expect(await rows.count()).toBe(1);
  });

  it('a rollback level is picked from the palette and its plan is shown', async () => {
    const { page } = editor;
    await runCommand(page, 'Runbook: Roll Back…');
    expect(await pickLabels(page)).toEqual(['Level 1: Undo']);
    await pick(page, 'Level 1: Undo');
    const panel = new RunbookPanel(page);
    await panel.frame.getByText('Plan, nothing has run').waitFor();
    await panel.press('Cancel');
  });

  it('a finished run leaves the status bar', async () => {
    const { page } = editor;
    const item = page.locator('.statusbar-item').filter({ hasText: 'Around 1/1' });
    await item.waitFor();
    await runCommand(page, 'Runbook: End Run…');
    await new RunbookPanel(page).frame.getByText(/completed/).first().waitFor();
    await item.waitFor({ state: 'hidden' });
  });
});
