import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { screenshot } from '../harness/browser.ts';
import { setColourTheme } from '../harness/colourTheme.ts';
import { type Editor, startEditor } from '../harness/editor.ts';
import { VSIX } from '../harness/vsix.ts';
import { openFile, runCommand } from '../harness/workbench.ts';
import { removeWorkspace, workspaceWith } from './runbookPanel.ts';

const PLAN = '---\nrunbook: 1\n---\n\n# Plan\n\n- [ ] Make room\n\n  ```bash {irreversible}\n  rm -rf "$DIR/releases"\n  ```\n\n- [ ] Install\n\n  ```bash\n  if ops/is-new; then\n    curl -fsSL https://example.com/install.sh | sh\n  ```\n\n## Rollback\n\n### Level 1: Back (2 min)\n\n```bash\nops/back\n```\n\n```bash {verify}\nops/look\n```\n';

describe('writing commands', () => {
  let workspace: string;
  let editor: Editor;

  beforeAll(async () => {
    workspace = await workspaceWith({ 'plan.md': PLAN });
    editor = await startEditor({ workspace, extensions: [VSIX] });
  });

  afterAll(async () => {
    await editor?.dispose();
    await removeWorkspace(workspace);
  });

  it('underlines what a shell cannot read and what is risky, and lists both with their codes', async () => {
    const { page } = editor;
    await openFile(page, 'plan.md');
    await page.locator('.monaco-editor .squiggly-error').first().waitFor({ state: 'attached' });
    await page.locator('.monaco-editor .squiggly-warning').nth(1).waitFor({ state: 'attached' });
    await runCommand(page, 'Problems: Focus on Problems View');
    const problems = page.locator('.markers-panel .monaco-list-row');
    for (const words of ['The “if” on line 1 of the block is never closed: “fi” is missing.', 'If DIR is empty or not set', 'What a server sends is run here unread']) await problems.filter({ hasText: words }).waitFor();
    expect(await page.locator('.markers-panel').getByText('shell-syntax').count()).toBe(1);
    for (const theme of ['dark', 'light'] as const) {
      await setColourTheme(page, theme);
      await screenshot(page, `shell-findings-${theme}`);
    }
  });
});
