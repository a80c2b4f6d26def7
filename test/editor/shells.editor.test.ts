import { describe, expect, it } from 'vitest';
import { startEditor } from '../harness/editor.ts';
import { waitForTerminalText } from '../harness/terminal.ts';
import { VSIX } from '../harness/vsix.ts';
import { removeWorkspace, RunbookPanel, workspaceWith } from './runbookPanel.ts';

const RUNBOOK = '# Shells\n\n**First**:\n\n```bash\nexport NAME=carried; echo one\n```\n\n**Second**:\n\n```bash\necho "it is $NAME"; exit 5\n```\n';

/** Plays with a terminal whose shell is this program. */
async function withShell(shellPath: string, play: (panel: RunbookPanel) => Promise<void>): Promise<void> {
  const settings = JSON.stringify({ 'guidedRunbooks.terminal.shellPath': shellPath });
  const workspace = await workspaceWith({ 'a.runbook.md': RUNBOOK, '.vscode/settings.json': settings });
  try {
    await using editor = await startEditor({ workspace, extensions: [VSIX] });
    const panel = await RunbookPanel.open(editor.page, 'a.runbook.md');
    await panel.start();
    await panel.runNext();
    await play(panel);
  } finally {
    await removeWorkspace(workspace);
  }
}

describe('the terminal’s shell', () => {
  it('may be one that tells the editor nothing: results are known, output is not', async () => {
    await withShell('/bin/dash', async (panel) => {
      await panel.waitForStep('First', /exit 0/);
      await panel.runNext();
      await panel.waitForStep('Second', 'The command failed with exit 5');
      await panel.waitForStep('Second', /Its output was not observed here/);
      await waitForTerminalText(panel.page, 'it is carried');
    });
  });

  it.each(['/bin/false', '/nonexistent/shell'])('that is %s runs nothing, and the step says so', async (shell) => {
    await withShell(shell, async (panel) => {
      await panel.waitForStep('First', /Nothing was run/);
      expect(await panel.step('First').innerText()).toMatch(/guidedRunbooks\.terminal\.shellPath/);
    });
  });
});
