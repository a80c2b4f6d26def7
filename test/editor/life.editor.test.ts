import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Editor, startEditor } from '../harness/editor.ts';
import { terminalNames, waitForTerminalText } from '../harness/terminal.ts';
import { watchTerminalLayout } from '../harness/terminalLayout.ts';
import { VSIX } from '../harness/vsix.ts';
import { closeAllEditors, openFile, reloadWindow, runCommand } from '../harness/workbench.ts';
import { removeWorkspace, RunbookPanel, workspaceWith } from './runbookPanel.ts';

/** A runbook with a step that goes on until a file is there: the tests say when it ends. */
const runbook = (finish: string): string => `# Long work

**Work for long**:

\`\`\`bash
echo working; until test -e ${finish}; do sleep 0.1; done; echo finished
\`\`\`

**And after that**:

\`\`\`bash
echo after
\`\`\`
`;

describe('a run outlives', () => {
  let workspace: string;
  let editor: Editor;
  let panel: RunbookPanel;
  let terminalsStored: (terminals: number) => Promise<void>;
  const finish = (name: string): void => writeFileSync(join(workspace, name), '');

  beforeAll(async () => {
    workspace = await workspaceWith({ 'long.runbook.md': runbook('one'), 'close.runbook.md': runbook('two'), 'type.runbook.md': runbook('three') });
    editor = await startEditor({ workspace, extensions: [VSIX] });
    terminalsStored = await watchTerminalLayout(editor.page);
  });

  afterAll(async () => {
    for (const name of ['one', 'two', 'three']) finish(name);
    await editor?.dispose();
    await removeWorkspace(workspace);
  });

  it('the window: a command is found running, and its end is seen', async () => {
    panel = await RunbookPanel.open(editor.page, 'long.runbook.md');
    await panel.start();
    await panel.runNext();
    await waitForTerminalText(editor.page, /^working/m);
    await terminalsStored(1);
    await reloadWindow(editor.page);
    await panel.waitForStep('Work for long', /running/);
    await panel.press('Show terminal');
    await waitForTerminalText(editor.page, /^working/m);
    expect(await terminalNames(editor.page)).toEqual([expect.stringMatching(/^Runbook \w{4}/)]);
    finish('one');
    await panel.waitForStep('Work for long', /exit 0/);
  });

  it('the window: the next step uses the same terminal', async () => {
    await panel.runNext();
    await panel.waitForStep('And after that', /exit 0/);
    expect(await terminalNames(editor.page)).toHaveLength(1);
    await panel.press('Finish run');
    await panel.frame.getByText(/completed/).first().waitFor();
  });

  it('its panel: closed and opened again, it shows where the run stands', async () => {
    panel = await RunbookPanel.open(editor.page, 'close.runbook.md');
    await panel.start();
    await panel.runNext();
    await panel.waitForStep('Work for long', /running/);
    await closeAllEditors(editor.page);
    await editor.page.locator('.statusbar-item').filter({ hasText: 'Long work 0/2' }).click();
    await panel.waitForStep('Work for long', /running/);
  });

  it('its terminal: closed in mid-step, the step is not called done', async () => {
    await panel.press('Show terminal');
    await waitForTerminalText(editor.page, /^working/m);
    await runCommand(editor.page, 'Terminal: Kill the Active Terminal Instance');
    await panel.waitForStep('Work for long', /The command was ended by SIGHUP/);
    finish('two');
    await panel.pressAt('Work for long', /^Retry/);
    await panel.waitForStep('Work for long', /exit 0/);
  });

  it('typing: the panel follows the document and keeps the state', async () => {
    panel = await RunbookPanel.open(editor.page, 'type.runbook.md');
    await panel.start();
    finish('three');
    await panel.runNext();
    await panel.waitForStep('Work for long', /exit 0/);
    await openFile(editor.page, 'type.runbook.md');
    await runCommand(editor.page, 'Runbook: Open Source');
    await editor.page.locator('.editor-instance .monaco-editor').first().click();
    await editor.page.keyboard.press('Control+End');
    await editor.page.keyboard.type('- [ ] Added while it runs\n');
    await runCommand(editor.page, 'Runbook: Open as Panel');
    await panel.step('Added while it runs').waitFor();
    await panel.waitForStep('Work for long', /exit 0/);
  });
});
