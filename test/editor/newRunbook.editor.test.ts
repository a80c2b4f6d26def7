import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../harness/deadline.ts';
import { type Editor, startEditor } from '../harness/editor.ts';
import { VSIX } from '../harness/vsix.ts';
import { answerInput, pick, pickLabels, runCommand } from '../harness/workbench.ts';
import { removeWorkspace, RunbookPanel, workspaceWith } from './runbookPanel.ts';

describe('a new runbook', () => {
  let workspace: string;
  let editor: Editor;

  beforeAll(async () => {
    workspace = await workspaceWith({ 'taken.runbook.md': '# Taken\n\n- [ ] Mine\n' });
    editor = await startEditor({ workspace, extensions: [VSIX] });
  });

  afterAll(async () => {
    await editor?.dispose();
    await removeWorkspace(workspace);
  });

  /** The name that is proposed, once the list of templates has made room for the question. */
  const asksForName = (): Promise<boolean> =>
    until(async () => (await editor.page.locator('.quick-input-widget input.input').inputValue()) === 'deploy.runbook.md', { what: 'the question for its name' });

  it('begins with a template, under a name of one’s own, and can be run as it is read', async () => {
    await runCommand(editor.page, 'Runbook: New…');
    expect(await pickLabels(editor.page)).toEqual(expect.arrayContaining(['Short', 'Deployment in phases with three ways back']));
    await pick(editor.page, 'Short');
    await asksForName();
    await answerInput(editor.page, 'ops/first.runbook.md');
    await editor.page.locator('.tab.active').filter({ hasText: 'first.runbook.md' }).waitFor();
    expect(readFileSync(join(workspace, 'ops/first.runbook.md'), 'utf8')).toContain('# Deploy NAME');
    await runCommand(editor.page, 'Runbook: Open as Panel');
    await new RunbookPanel(editor.page).frame.getByText('Somebody is on call for the next hour').waitFor();
  });

  it('takes no name that is taken or leads out, and writes nothing then', async () => {
    await runCommand(editor.page, 'Runbook: New…');
    await pick(editor.page, 'Short');
    await asksForName();
    const message = editor.page.locator('.quick-input-widget .quick-input-message');
    await answerInput(editor.page, 'taken.runbook.md');
    await message.filter({ hasText: 'is there already' }).waitFor();
    await answerInput(editor.page, '../out.runbook.md');
    await message.filter({ hasText: 'inside the workspace folder' }).waitFor();
    await editor.page.keyboard.press('Escape');
    expect(readFileSync(join(workspace, 'taken.runbook.md'), 'utf8')).toBe('# Taken\n\n- [ ] Mine\n');
    expect(existsSync(join(workspace, '../out.runbook.md'))).toBe(false);
  });
});
