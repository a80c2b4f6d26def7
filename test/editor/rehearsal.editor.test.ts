import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { screenshot, setWindowSize } from '../harness/browser.ts';
import { setColourTheme } from '../harness/colourTheme.ts';
import { until } from '../harness/deadline.ts';
import { type Editor, startEditor } from '../harness/editor.ts';
import { VSIX } from '../harness/vsix.ts';
import { removeWorkspace, RunbookPanel, workspaceWith } from './runbookPanel.ts';

const RUNBOOK = `---
runbook: 1
environments:
  staging: { env: { WHERE: staging } }
  production: { confirm: production, env: { WHERE: production } }
---
# Ship the orders service

- [ ] Announce it

**Deploy it**:

\`\`\`bash
echo "deploy $WHERE" >> done.txt
\`\`\`

## Rollback

### Level 1: Feature toggle (2 min)

\`\`\`bash
echo "toggle $WHERE" >> done.txt
\`\`\`

\`\`\`bash {check}
echo "probe $WHERE" >> done.txt
\`\`\`

### Level 2: Code rollback (15 min)

\`\`\`bash
echo "code $WHERE" >> done.txt
\`\`\`
`;

describe('rehearsing a rollback level, in the real editor', () => {
  let workspace: string;
  let editor: Editor;
  let panel: RunbookPanel;
  const done = (): readonly string[] => (existsSync(join(workspace, 'done.txt')) ? readFileSync(join(workspace, 'done.txt'), 'utf8').trim().split('\n') : []);
  const dialog = (): Locator => panel.frame.getByRole('dialog').filter({ visible: true });
  const level = (number: number): Locator => panel.frame.getByRole('button', { name: new RegExp(`^Roll back, level ${String(number)}`) });

  /** What a level's button says, in one line. */
  const said = async (number: number): Promise<string> => (await panel.frame.locator(`[data-button="level-${String(number)}"]`).innerText()).replaceAll(/\s+/g, ' ');

  async function start(environment: string): Promise<void> {
    await panel.press(/^Start (?:run|a new run)/);
    await dialog().locator('select').selectOption(environment);
    await dialog().getByRole('button', { name: 'Next', exact: true }).click();
    await dialog().getByText(`on ${environment}`).first().waitFor();
    if (environment === 'production') await dialog().getByRole('textbox').fill(environment);
    await dialog().getByRole('button', { name: /^Start (?:run|on production)$/ }).click();
    await panel.frame.locator('.env, .banner').getByText(environment).first().waitFor();
  }

  beforeAll(async () => {
    workspace = await workspaceWith({ 'ship.runbook.md': RUNBOOK });
    editor = await startEditor({ workspace, extensions: [VSIX] });
    panel = await RunbookPanel.open(editor.page, 'ship.runbook.md');
  });

  afterAll(async () => {
    await editor?.dispose();
    await removeWorkspace(workspace);
  });

  it('needs a run, and says so', async () => {
    await level(1).click();
    await panel.frame.getByRole('button', { name: /^Rehearse…, not available: Start a run first/ }).waitFor();
    await panel.press('Cancel');
  });

  it('really runs a level on staging, and the way forward stays as it is', async () => {
    await start('staging');
    await level(1).click();
    await panel.press('Rehearse…');
    await panel.frame.getByRole('heading', { name: 'Rehearse · level 1: Feature toggle' }).waitFor();
    await panel.frame.getByText('Rehearsal, nothing has run').waitFor();
    await panel.frame.getByText(/Every command below really runs in staging/).waitFor();
    await screenshot(editor.page, 'rehearsal-plan');
    expect(done()).toEqual([]);
    await panel.press('Rehearse level 1');
    await panel.frame.getByText('The rehearsal has come to its end. Nothing counts as rolled back.').waitFor();
    expect(done()).toEqual(['toggle staging', 'probe staging']);
    await screenshot(editor.page, 'rehearsal-done');
    await panel.press('Close');
    await until(async () => /rehearsed in staging just now/.test(await said(1)), { what: 'the button to say when it was rehearsed' });
    expect(await said(2)).not.toContain('rehearsed');
    for (const width of [800, 1400]) {
      await setWindowSize(editor.page, width, 1000);
      await screenshot(editor.page, `rehearsal-dock-${String(width)}`);
    }
    await panel.tick('Announce it');
    await panel.runNext();
    await panel.waitForStep('Deploy it', /exit 0/);
    await panel.press('Finish run');
    await panel.frame.getByText(/completed/).first().waitFor();
  });

  it('in production shows what would change something, and runs the check alone; the button keeps the one that ran', async () => {
    await start('production');
    await setColourTheme(editor.page, 'light');
    await level(1).click();
    await panel.frame.getByText(/This level was rehearsed in staging/).waitFor();
    await panel.press('Rehearse…');
    await panel.frame.getByText('only shown, not run').waitFor();
    await panel.frame.getByText(/production is guarded\. What changes something is shown/).waitFor();
    await screenshot(editor.page, 'rehearsal-production');
    await panel.press('Rehearse level 1');
    await panel.frame.getByText('The rehearsal has come to its end. Nothing counts as rolled back.').waitFor();
    expect(done().slice(2)).toEqual(['deploy staging', 'probe production']);
    await panel.press('Close');
    await until(async () => /rehearsed in part in production/.test(await said(1)), { what: 'the button to say when it was rehearsed' });
  });

  it('is stale once the level is another', async () => {
    writeFileSync(join(workspace, 'ship.runbook.md'), RUNBOOK.replace('toggle $WHERE', 'toggle off $WHERE'));
    await until(async () => /commands edited since rehearsal/.test(await said(1)), { what: 'the button to say when it was rehearsed' });
    await screenshot(editor.page, 'rehearsal-stale');
  });
});
