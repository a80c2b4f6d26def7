import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../harness/deadline.ts';
import { type Editor, startEditor } from '../harness/editor.ts';
import { VSIX } from '../harness/vsix.ts';
import { openFile, runCommand } from '../harness/workbench.ts';
import { removeWorkspace, workspaceWith } from './runbookPanel.ts';

const ODD = '# Deploy\n\n- [ ] Tell the team\n\n**Deploy**:\n\n```bash {#deploy timeuot=5m}\nops/deploy <version>\n```\n\n**Again**:\n\n```bash {requires=deplyo timeout=5m timeout=6m}\nops/deploy <version> --again\n```\n\n## Rollback\n\n### Level 1: Back\n\n```bash\nops/back\n```\n';

describe('findings in the source of a runbook', () => {
  let workspace: string;
  let editor: Editor;

  beforeAll(async () => {
    workspace = await workspaceWith({ 'odd.runbook.md': ODD });
    editor = await startEditor({ workspace, extensions: [VSIX] });
    await openFile(editor.page, 'odd.runbook.md');
  });

  afterAll(async () => {
    await editor?.dispose();
    await removeWorkspace(workspace);
  });

  it('are underlined, gone to by keyboard, and corrected by it', async () => {
    const { page } = editor;
    await page.locator('.squiggly-warning').first().waitFor();
    await runCommand(page, 'Go to Next Problem in Files (Error, Warning, Info)');
    const widget = page.locator('.marker-widget');
    await widget.getByText('Did you mean #deploy?').waitFor();
    await runCommand(page, 'Quick Fix...');
    const menu = page.locator('.action-widget');
    await menu.getByText('Change to “deploy”').waitFor();
    await menu.getByText('Hide unknown-step in this document').waitFor();
    await page.keyboard.press('Enter');
    await runCommand(page, 'File: Save');
    await until(() => readFileSync(join(workspace, 'odd.runbook.md'), 'utf8').includes('{requires=deploy timeout=5m'), { what: 'the corrected word in the file' });
  });

  it('lead from their code to what is known of it, which cannot be edited', async () => {
    const { page } = editor;
    await runCommand(page, 'Go to Next Problem in Files (Error, Warning, Info)');
    const link = page.locator('.marker-widget a.code-link');
    await link.waitFor();
    const code = (await link.textContent())?.trim() ?? '';
    // As a person does: the link opens with a click.
    await link.click();
    expect(code).not.toBe('');
    await page.locator('.tab.active').filter({ hasText: `${code}.md` }).waitFor();
    const shown = page.locator('.editor-instance .view-lines').filter({ hasText: `# ${code}` });
    await shown.waitFor();
    await page.keyboard.type('x');
    await page.getByText('read-only').first().waitFor();
  });
});
