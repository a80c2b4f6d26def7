import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { panelFrame } from '../harness/browser.ts';
import { type Editor, startEditor } from '../harness/editor.ts';
import { VSIX } from '../harness/vsix.ts';
import { closeAllEditors, openFile, runCommand } from '../harness/workbench.ts';

const RUNBOOK = '# Ship it\n\n## Build\n\n```bash\necho building\n```\n';

describe('the packaged extension', () => {
  let workspace: string;
  let editor: Editor;

  beforeAll(async () => {
    workspace = await mkdtemp(join(tmpdir(), 'guided-runbooks-smoke-'));
    await mkdir(join(workspace, '.vscode'));
    await writeFile(join(workspace, 'notes.md'), '# Notes\n\nNothing to run.\n');
    await writeFile(join(workspace, 'ship.runbook.md'), RUNBOOK);
    await writeFile(join(workspace, 'chosen.runbook.md'), RUNBOOK);
    const associations = { 'chosen.runbook.md': 'guidedRunbooks.panel' };
    await writeFile(join(workspace, '.vscode', 'settings.json'), JSON.stringify({ 'workbench.editorAssociations': associations }));
    editor = await startEditor({ workspace, extensions: [VSIX] });
  });

  afterAll(async () => {
    await editor?.dispose();
    await rm(workspace, { recursive: true, force: true });
  });

  it('leaves Markdown to the text editor, runbooks included', async () => {
    for (const name of ['notes.md', 'ship.runbook.md']) {
      await openFile(editor.page, name);
      await editor.page.locator('.editor-instance .monaco-editor').first().waitFor();
      expect(await editor.page.locator('iframe.webview').count()).toBe(0);
    }
  });

  it('shows a runbook as a panel when asked to', async () => {
    await openFile(editor.page, 'ship.runbook.md');
    await runCommand(editor.page, 'Runbook: Open as Panel');
    await panelFrame(editor.page).getByText('Ship it').first().waitFor();
  });

  it('shows a runbook as a panel when the settings say so', async () => {
    await closeAllEditors(editor.page);
    await openFile(editor.page, 'chosen.runbook.md');
    await panelFrame(editor.page).getByText('echo building').first().waitFor();
  });
});
