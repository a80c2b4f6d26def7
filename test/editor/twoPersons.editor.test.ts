import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { screenshot } from '../harness/browser.ts';
import { type Editor, startEditor } from '../harness/editor.ts';
import { VSIX } from '../harness/vsix.ts';
import { runCommand } from '../harness/workbench.ts';
import { ADA, git, MARY } from './recordedRuns.ts';
import { RunRecords } from './runRecord.ts';
import { removeWorkspace, RunbookPanel, workspaceWith } from './runbookPanel.ts';

const RUNBOOK = `# Two persons

- [ ] Dashboards look normal <!-- {evidence} -->

**Switch production over**:

\`\`\`bash {#switch by=@qa}
echo over
\`\`\`

- [ ] Told the team
`;

let workspace: string;
let editor: Editor;

const isNow = ({ name, email }: typeof ADA): void => {
  git(workspace, 'config', 'user.name', name);
  git(workspace, 'config', 'user.email', email ?? '');
};

beforeAll(async () => {
  workspace = await workspaceWith({ 'two.runbook.md': RUNBOOK });
  git(workspace, 'init', '--quiet', '--initial-branch=main');
  isNow(ADA);
  editor = await startEditor({ workspace, extensions: [VSIX] });
});
afterAll(async () => {
  await editor?.dispose();
  await removeWorkspace(workspace);
});

describe('a step that is reserved for somebody else', () => {
  it('asks for evidence where the runbook does, and keeps it', async () => {
    const panel = await RunbookPanel.open(editor.page, 'two.runbook.md');
    await panel.start();
    await panel.tick('Dashboards look normal');
    await panel.answer('https://example.org/dashboard', 'Tick');
    await panel.waitForStep('Dashboards look normal', 'https://example.org/dashboard');
  });

  it('waits, says for whom, and cannot be run by the one who runs the rest', async () => {
    const panel = new RunbookPanel(editor.page);
    await panel.waitForStep('Switch production over', 'waits for 1 approval by @qa');
    await panel.waitForStep('Switch production over', /^Reserved for others: somebody who takes no part/);
    await panel.frame.getByRole('button', { name: /^Run next step, not available: .*waits for 1 approval by @qa/ }).first().waitFor();
    await screenshot(editor.page, 'two-persons-waiting');
    await runCommand(editor.page, 'Runbook: Run Next Step');
    expect(new RunRecords(workspace).started).toBe(0);
  });

  it('is agreed to in the record by somebody who takes no part, and then runs', async () => {
    isNow(MARY);
    await runCommand(editor.page, 'Runbook: Open Run Record…');
    await editor.page.locator('.quick-input-widget .monaco-list-row').filter({ hasText: 'Two persons' }).first().click();
    const record = new RunbookPanel(editor.page);
    await record.frame.getByText(/^Record (?:complete|not intact)/).first().waitFor();
    await record.pressAt('Switch production over', /^Approve step…/);
    await record.answer('Looked at it', 'Approve');
    await record.waitForStep('Switch production over', 'Looked at it');
    isNow(ADA);
    const panel = await RunbookPanel.open(editor.page, 'two.runbook.md');
    await panel.waitForStep('Switch production over', 'approved by Mary Somerville');
    await screenshot(editor.page, 'two-persons-agreed');
    await panel.press(/^Run next step/);
    await panel.waitForStep('Switch production over', /exit 0/);
    const records = new RunRecords(workspace);
    expect(records.bodies().filter(({ type }) => type === 'approval.given')).toMatchObject([{ stepId: 'switch', decision: 'approved', consent: true }]);
    expect(records.started).toBe(1);
  });
});
