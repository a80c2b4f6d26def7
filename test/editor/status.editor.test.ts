import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { screenshot, setWindowSize } from '../harness/browser.ts';
import { setColourTheme } from '../harness/colourTheme.ts';
import { until } from '../harness/deadline.ts';
import { type Editor, startEditor } from '../harness/editor.ts';
import { VSIX } from '../harness/vsix.ts';
import { runCommand } from '../harness/workbench.ts';
import { removeWorkspace, RunbookPanel, workspaceWith } from './runbookPanel.ts';

const CLI = join(import.meta.dirname, '..', '..', 'dist', 'cli.js');

const RUNBOOK = `---
runbook: 1
environments:
  staging: {}
backups:
  orders-db: { description: Orders, keep: { staging: 2 } }
---
# Ship the orders service

**Back up**:

\`\`\`bash {#backup backup=orders-db capture=BACKUP_NAME}
mkdir -p backups
n=$(($(cat count 2>/dev/null || echo 0) + 1))
echo "$n" > count
echo "orders of $n" > "backups/orders-$n"
echo "orders-$n"
\`\`\`

**Remove old backups**:

\`\`\`bash {#prune prune=orders-db}
printf '%s\\n' "$BACKUPS_TO_PRUNE" | while read -r name; do rm "backups/$name"; done
\`\`\`

**Deploy**:

\`\`\`bash {#deploy capture=VERSION deploys=VERSION}
echo "1.8.$(cat count)"
\`\`\`

**Look at it**:

\`\`\`bash {#look check}
test -d backups
\`\`\`

## Rollback

### Level 1: Put the data back (2 min)

\`\`\`bash {restore=orders-db capture=RELEASE deploys=RELEASE}
cp "backups/$BACKUP" restored.txt
echo "1.7.0"
\`\`\`
`;

describe('backups and what is deployed, in the real editor', () => {
  let workspace: string;
  let editor: Editor;
  let panel: RunbookPanel;
  const backups = (): readonly string[] => (existsSync(join(workspace, 'backups')) ? readdirSync(join(workspace, 'backups')).sort() : []);
  const dialog = (): Locator => panel.frame.getByRole('dialog').filter({ visible: true });
  const rows = (): Locator => editor.page.locator('.pane-body .monaco-list-row').filter({ visible: true });
  const status = (...args: readonly string[]): string => spawnSync(process.execPath, [CLI, 'status', ...args], { cwd: workspace, encoding: 'utf8' }).stdout;

  async function start(): Promise<void> {
    await panel.press(/^Start (?:run|a new run)/);
    await dialog().getByRole('button', { name: 'Start run', exact: true }).click();
    await panel.frame.locator('.env').getByText('staging').first().waitFor();
    await panel.waitForStep('Back up', 'Run');
  }

  async function finish(): Promise<void> {
    await panel.waitForStep('Look at it', /exit 0/);
    await panel.press('Finish run');
    await panel.frame.getByText(/completed/).first().waitFor();
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

  it('keeps two: with nothing too many the step is done without running, then the oldest is shown and removed, and a level restores that of its run', async () => {
    for (const number of [1, 2]) {
      await start();
      await panel.press('Run until the next gate');
      await panel.waitForStep('Remove old backups', /not run: no backup of orders-db is too many/);
      await finish();
      expect(backups()).toHaveLength(number);
    }
    await start();
    await panel.press('Run until the next gate');
    await dialog().getByText('Remove 1 backup of orders-db').first().waitFor();
    await dialog().getByText(/^orders-1 · made/).waitFor();
    await dialog().getByText(/^orders-3 · made .*, which has not ended$|^orders-3 · made/).first().waitFor();
    expect(backups()).toEqual(['orders-1', 'orders-2', 'orders-3']);
    await screenshot(editor.page, 'status-prune');
    await dialog().getByRole('button', { name: 'Remove 1 backup', exact: true }).click();
    await panel.waitForStep('Look at it', /exit 0/);
    expect(backups()).toEqual(['orders-2', 'orders-3']);
    await panel.frame.locator('[data-button="level-1"]').getByText(/backup .* · orders-3/).waitFor();
    await panel.frame.getByRole('button', { name: /^Roll back, level 1/ }).click();
    await panel.frame.getByText(/Restores the backup orders-3 of orders-db, made .* by this run/).waitFor();
    await screenshot(editor.page, 'status-plan');
  });

  it('says what is deployed in the view, the header and the command line, and what a rollback put back', async () => {
    const { page } = editor;
    await panel.press('Cancel');
    await panel.frame.locator('.deployed').getByText(/deployed: 1\.8\.3/).waitFor();
    expect(status('staging')).toMatch(/Deployed: +1\.8\.3\n[^]*Last check: +passed \(1 check\)[^]*Last backup: +orders-3 of orders-db/);
    await runCommand(page, 'Runbooks: Focus on Environments View');
    await rows().filter({ hasText: /^staging1\.8\.3/ }).waitFor();
    await rows().filter({ hasText: /^Last backuporders-3 of orders-db/ }).waitFor();
    await screenshot(page, 'status-view-dark');
    await panel.frame.getByRole('button', { name: /^Roll back, level 1/ }).click();
    await panel.press('Roll back to level 1');
    await panel.frame.getByText('Every command of this level has succeeded.').waitFor();
    expect(readFileSync(join(workspace, 'restored.txt'), 'utf8')).toBe('orders of 3\n');
    await rows().filter({ hasText: /^Deployed1\.7\.0/ }).waitFor();
    await until(() => Promise.resolve(/Deployed: +1\.7\.0\n/.test(status('staging'))), { what: 'the command line to say what the rollback put back' });
    await setColourTheme(page, 'light');
    await setWindowSize(page, 1000, 800);
    await screenshot(page, 'status-view-light');
    await rows().filter({ hasText: /^Run/ }).first().click();
    await page.locator('.tab.active').filter({ hasNotText: 'ship.runbook.md' }).first().waitFor();
  });
});
