import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { screenshot, waitForWorkbench } from '../harness/browser.ts';
import { until } from '../harness/deadline.ts';
import { type Editor, startEditor } from '../harness/editor.ts';
import { VSIX } from '../harness/vsix.ts';
import { runCommand } from '../harness/workbench.ts';
import { removeWorkspace, RunbookPanel, workspaceWith } from './runbookPanel.ts';

/** The undo of the second step goes on until a file is there: the test says when. */
const RUNBOOK = `# Deploy

**Copy**:

\`\`\`bash {#copy}
echo copy >> done.txt
\`\`\`

\`\`\`bash {undo=copy}
echo undo-copy >> done.txt
\`\`\`

**Switch**:

\`\`\`bash {#switch}
echo switch >> done.txt; exit 3
\`\`\`

\`\`\`bash {undo=switch}
echo undo-switch >> done.txt; until test -e go-on; do sleep 0.1; done
\`\`\`

**Send**:

\`\`\`bash {#send irreversible=1}
echo send >> done.txt
\`\`\`

**Never reached**:

\`\`\`bash {#never}
echo never >> done.txt
\`\`\`

\`\`\`bash {undo=never}
echo undo-never >> done.txt
\`\`\`

## Rollback

### Level 1: Flag

\`\`\`bash
echo level-1 >> done.txt
\`\`\`
`;

const PATIENCE_MS = 60_000;

describe('undoing what started, in the real editor', () => {
  let workspace: string;
  let editor: Editor;
  let panel: RunbookPanel;
  const done = (): readonly string[] => (existsSync(join(workspace, 'done.txt')) ? readFileSync(join(workspace, 'done.txt'), 'utf8').trim().split('\n') : []);

  beforeAll(async () => {
    workspace = await workspaceWith({ 'deploy.runbook.md': RUNBOOK });
    editor = await startEditor({ workspace, extensions: [VSIX] });
    panel = await RunbookPanel.open(editor.page, 'deploy.runbook.md');
  });

  afterAll(async () => {
    writeFileSync(join(workspace, 'go-on'), '');
    await editor?.dispose();
    await removeWorkspace(workspace);
  });

  it('the point of no return is said before it is crossed', async () => {
    await panel.start();
    await panel.runNext();
    await panel.waitForStep('Copy', /exit 0/);
    await panel.pressAt('Send', /^Run/);
    const question = panel.frame.getByRole('dialog').filter({ visible: true });
    await question.getByText(/is the point of no return.*It closes rollback level 1/).waitFor();
    expect(done()).toEqual(['copy']);
    await screenshot(editor.page, 'no-return');
    await question.getByRole('checkbox').first().click();
    await question.getByRole('button', { name: 'Run', exact: true }).click();
    await panel.waitForStep('Send', /exit 0/);
    await panel.frame.getByText(/Past the point of no return/).first().waitFor();
    await panel.pressAt('Switch', /^Run/);
    await panel.waitForStep('Switch', 'The command failed with exit 3');
    await panel.frame.getByRole('button', { name: /^Roll back, level 1.*closed by/ }).waitFor();
  }, 3 * PATIENCE_MS);

  it('the plan holds what started, the last first, and says what stays', async () => {
    await panel.press(/^Undo what started/);
    const sheet = panel.frame.getByRole('dialog', { name: 'Undo what started' });
    await sheet.getByText('Plan, nothing has run').waitFor();
    const plan = await sheet.locator('.plan li').allInnerTexts();
    expect(plan.map((text) => /undo-\w+/.exec(text)?.[0])).toEqual(['undo-switch', 'undo-copy']);
    await sheet.getByText('Past the point of no return: cannot be taken back').waitFor();
    await screenshot(editor.page, 'undo-plan');
    expect(done()).toEqual(['copy', 'send', 'switch']);
  }, PATIENCE_MS);

  it('a reload in the middle repeats nothing, and the rest is undone', async () => {
    const sheet = panel.frame.getByRole('dialog', { name: 'Undo what started' });
    await sheet.getByRole('button', { name: /^Undo what started/ }).click();
    await until(() => done().includes('undo-switch'), { what: 'the first undo to begin' });
    const loaded = editor.page.waitForEvent('load');
    await runCommand(editor.page, 'Developer: Reload Window');
    await loaded;
    await waitForWorkbench(editor.page);
    await sheet.waitFor({ timeout: PATIENCE_MS });
    writeFileSync(join(workspace, 'go-on'), '');
    // What ended while nobody drove it is gone on with by a person, unless the window has found it in time.
    const goOn = sheet.getByRole('button', { name: /^Go on from here/ });
    await until(async () => {
      if (await goOn.isVisible()) await goOn.click();
      return done().includes('undo-copy');
    }, { what: 'the second undo', timeoutMs: PATIENCE_MS });
    await sheet.getByText('Every undo of it has succeeded.').waitFor({ timeout: PATIENCE_MS });
    expect(done()).toEqual(['copy', 'send', 'switch', 'undo-switch', 'undo-copy']);
    await sheet.getByText(/^What remains changed/).first().waitFor();
    await screenshot(editor.page, 'undo-done');
  }, 4 * PATIENCE_MS);

  it('a post-mortem begins with what the record knows of it, as a document to be written', async () => {
    await panel.frame.getByRole('dialog', { name: 'Undo what started' }).getByRole('button', { name: /^Close/ }).first().click();
    await runCommand(editor.page, 'Runbook: New Post-Mortem…');
    await editor.page.locator('.tab.active').filter({ hasText: 'Untitled' }).waitFor();
    const lines = editor.page.locator('.editor-group-container .view-lines').last();
    await lines.getByText('# Post-mortem:').first().waitFor();
    await lines.getByText('## Timeline').first().waitFor();
  }, PATIENCE_MS);
});
