import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { screenshot } from '../harness/browser.ts';
import { type Editor, startEditor } from '../harness/editor.ts';
import { VSIX } from '../harness/vsix.ts';
import { closeAllEditors, runCommand } from '../harness/workbench.ts';
import { ADA, git, MARY } from './recordedRuns.ts';
import { RunRecords } from './runRecord.ts';
import { removeWorkspace, RunbookPanel, workspaceWith } from './runbookPanel.ts';

const RUNBOOK = `# Two persons

- [ ] Dashboards look normal <!-- {evidence} -->

**Switch production over**:

\`\`\`bash {#switch by=@qa}
echo over
\`\`\`

## Go/No-Go <!-- {approvers=2} -->

- [ ] **Go**: both have looked
- [ ] **No-Go**: anything else
`;

let workspace: string;
let editor: Editor;

const GRACE = { name: 'Grace Hopper', email: 'grace@example.org' };

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

describe('a decision that two people have to agree to', () => {
  const approve = async (person: typeof ADA): Promise<void> => {
    isNow(person);
    // A record asks git who looks at it when it is opened.
    await closeAllEditors(editor.page);
    await runCommand(editor.page, 'Runbook: Open Run Record…');
    await editor.page.locator('.quick-input-widget .monaco-list-row').filter({ hasText: 'Two persons' }).first().click();
    const record = new RunbookPanel(editor.page);
    await record.frame.getByText(/^Record (?:complete|not intact)/).first().waitFor();
    await record.pressAt('Go: both have looked', /^Approve step…/);
    await record.answer(`Looked at by ${person.name}`, 'Approve');
    await record.waitForStep('Go: both have looked', `Looked at by ${person.name}`);
  };
  const backAsAda = async (): Promise<RunbookPanel> => {
    isNow(ADA);
    return RunbookPanel.open(editor.page, 'two.runbook.md');
  };

  it('waits for two, and for one more when the same person agrees twice', async () => {
    await new RunbookPanel(editor.page).waitForStep('Go: both have looked', 'waits for 2 approvals');
    await approve(MARY);
    await approve(MARY);
    await (await backAsAda()).waitForStep('Go: both have looked', 'waits for 1 more approval');
  });

  it('is taken once a second person has agreed, by the identities that git stated', async () => {
    await approve(GRACE);
    const panel = await backAsAda();
    await panel.waitForStep('Go: both have looked', 'approved by Mary Somerville, Grace Hopper');
    await screenshot(editor.page, 'two-persons-gate');
    await panel.pressAt('Go: both have looked', 'Go');
    await panel.waitForStep('Go: both have looked', /decided|Go/);
    const given = new RunRecords(workspace).bodies().filter(({ type }) => type === 'gate.decided');
    expect(given).toMatchObject([{ decision: 'go' }]);
  });
});
