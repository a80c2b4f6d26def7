import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { screenshot } from '../harness/browser.ts';
import { type Editor, startEditor } from '../harness/editor.ts';
import { terminalNames } from '../harness/terminal.ts';
import { VSIX } from '../harness/vsix.ts';
import { runCommand } from '../harness/workbench.ts';
import { removeWorkspace, RunbookPanel, workspaceWith } from './runbookPanel.ts';

const RUNBOOK = '# Hostile\n\n## Do it\n\n```bash\ntouch ran\n```\n';

describe('in Restricted Mode', () => {
  let workspace: string;
  let editor: Editor;
  let panel: RunbookPanel;

  beforeAll(async () => {
    workspace = await workspaceWith({
      'hostile.runbook.md': RUNBOOK,
      '.vscode/settings.json': JSON.stringify({ 'guidedRunbooks.terminal.shellPath': '/bin/false' }),
    });
    editor = await startEditor({ workspace, extensions: [VSIX], restricted: true });
    panel = await RunbookPanel.open(editor.page, 'hostile.runbook.md');
  });

  afterAll(async () => {
    await editor?.dispose();
    await removeWorkspace(workspace);
  });

  it('a runbook can be read', async () => {
    await panel.frame.getByText('touch ran').first().waitFor();
    await panel.frame.getByText(/^Restricted Mode/).first().waitFor();
    await screenshot(editor.page, 'restricted');
  });

  it('its buttons say why they do nothing', async () => {
    await panel.frame.getByRole('button', { name: /^Start run, not available: This workspace is in Restricted Mode/ }).first().waitFor();
  });

  it('commands of the palette are refused, too', async () => {
    await runCommand(editor.page, 'Runbook: Start Run');
    await panel.frame.getByText(/so nothing was run/).first().waitFor();
    expect(existsSync(join(workspace, 'ran'))).toBe(false);
    expect(existsSync(join(workspace, '.runbooks'))).toBe(false);
    expect(await terminalNames(editor.page)).toEqual([]);
  });
});
