import { chmodSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { panelFrame } from '../harness/browser.ts';
import { until } from '../harness/deadline.ts';
import { type Editor, startEditor } from '../harness/editor.ts';
import { VSIX } from '../harness/vsix.ts';
import { closeAllEditors, runCommand } from '../harness/workbench.ts';
import { removeWorkspace, RunbookPanel, workspaceWith } from './runbookPanel.ts';
import { RunRecords } from './runRecord.ts';

const isRoot = process.getuid?.() === 0;
const STEP = '**Do it**:\n\n```bash {#do-it}\necho done\n```\n';
const LONG = '# Long\n\n**Wait**:\n\n```bash {#wait}\nuntil test -e finish; do sleep 0.1; done; exit 7\n```\n';
/** More than the editor hands to an extension. */
const HUGE_BYTES = 51 * 1024 * 1024;

describe('a document that is no good', () => {
  let workspace: string;
  let editor: Editor;

  beforeAll(async () => {
    workspace = await workspaceWith({
      'good.md': `# Good\n\n${STEP}`,
      'empty.md': '',
      'nul.md': `# Nul\n\n**Nul**:\n\n\`\`\`bash {#nul}\necho a\0b\n\`\`\`\n`,
      'long.md': LONG,
      '.vscode/settings.json': JSON.stringify({ 'workbench.editorAssociations': { '*.md': 'guidedRunbooks.panel' } }),
    });
    const latin1 = Buffer.concat([Buffer.from('# Latin-1\n\n**Broken**:\n\n```bash {#broken}\necho caf'), Buffer.from([0xe9, 0xff, 0xc0]), Buffer.from('\n```\n')]);
    writeFileSync(join(workspace, 'latin1.md'), latin1);
    writeFileSync(join(workspace, 'binary.md'), Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 7) % 256)));
    writeFileSync(join(workspace, 'huge.md'), Buffer.alloc(HUGE_BYTES, '# Huge\n\n- [ ] one\n\n'));
    writeFileSync(join(workspace, 'secret.md'), '# Secret\n');
    chmodSync(join(workspace, 'secret.md'), 0);
    editor = await startEditor({ workspace, extensions: [VSIX] });
  });

  afterAll(async () => {
    writeFileSync(join(workspace, 'finish'), '');
    await editor?.dispose();
    await removeWorkspace(workspace);
  });

  /** Opens a file; the window takes a moment until it can be told to. */
  const opened = (name: string): Promise<true> => until(() => editor.server.openFile(join(workspace, name)).then(() => true as const), { what: `the window to be told of ${name}` });

  /** Opens a file that cannot be shown and returns what the editor says instead. */
  async function complaint(name: string): Promise<string> {
    let told = 0;
    const places = editor.page.locator('.monaco-editor-pane-placeholder, .notification-toast .notification-list-item-message, .monaco-dialog-box .dialog-message-container').filter({ visible: true });
    const look = async (): Promise<string | undefined> => {
      // A window that is still starting may drop what it was told.
      if (Date.now() - told > 10_000) {
        await opened(name);
        told = Date.now();
      }
      return (await places.allInnerTexts()).join(' ').trim() || undefined;
    };
    const said = await until(look, { what: `the editor to say what is wrong with ${name}`, timeoutMs: 60_000 });
    await runCommand(editor.page, 'Notifications: Clear All Notifications');
    await closeAllEditors(editor.page);
    return said;
  }

  /** The extension still does its work. */
  async function stillWorks(): Promise<void> {
    await opened('good.md');
    await panelFrame(editor.page).getByText('echo done').first().waitFor();
    await closeAllEditors(editor.page);
  }

  it.each([
    'binary.md',
    'nul.md',
    'huge.md',
  ])('%s: a message in place of the panel, and other runbooks still open', async (name) => {
    expect(await complaint(name)).toMatch(/could not be opened/);
    await stillWorks();
  });

  it.skipIf(isRoot)(`a file without the right to read it: a clear message${isRoot ? ' (NOT TESTED: root may read everything)' : ''}`, async () => {
    expect(await complaint('secret.md')).toMatch(/permission/i);
    await stillWorks();
  });

  it('an empty file is a runbook without steps', async () => {
    await editor.server.openFile(join(workspace, 'empty.md'));
    await panelFrame(editor.page).locator('.header').waitFor();
    expect(await new RunbookPanel(editor.page).steps.count()).toBe(0);
    await closeAllEditors(editor.page);
  });

  it('bytes that are no UTF-8 are drawn as a code point, and have to be accepted', async () => {
    await editor.server.openFile(join(workspace, 'latin1.md'));
    const panel = new RunbookPanel(editor.page);
    await panel.step('Broken').locator('pre').getByText('U+FFFD').first().waitFor();
    await panel.start();
    await panel.runNext();
    const question = panel.frame.getByRole('dialog').filter({ visible: true });
    await question.getByRole('button', { name: /^Run, not available/ }).waitFor();
    await question.getByRole('button', { name: 'Cancel' }).click();
    expect(new RunRecords(workspace).started).toBe(0);
    await closeAllEditors(editor.page);
  });

  it('a document that vanishes in mid-run: it says so, and the result is recorded', async () => {
    await editor.server.openFile(join(workspace, 'long.md'));
    const panel = new RunbookPanel(editor.page);
    await panel.start();
    await panel.runNext();
    await panel.waitForStep('Wait', /running/);
    renameSync(join(workspace, 'long.md'), join(workspace, 'moved.txt'));
    await panel.frame.getByText('The runbook’s file is gone. The run goes on').first().waitFor();
    writeFileSync(join(workspace, 'finish'), '');
    const records = new RunRecords(workspace);
    expect(await until(() => records.outcomes('wait')[0] ?? undefined, { what: 'the end in the record' })).toEqual({ kind: 'exited', code: 7 });
    await panel.waitForStep('Wait', 'The command failed with exit 7');
    renameSync(join(workspace, 'moved.txt'), join(workspace, 'long.md'));
    await panel.frame.locator('.notice').getByText('The runbook’s file is gone').waitFor({ state: 'detached' });
    await panel.waitForStep('Wait', 'The command failed with exit 7');
    expect(readFileSync(join(workspace, 'long.md'), 'utf8')).toBe(LONG);
  });
});
