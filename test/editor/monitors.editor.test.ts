import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunEventBody } from '../../src/core/run/events.ts';
import { screenshot } from '../harness/browser.ts';
import { until } from '../harness/deadline.ts';
import { type Editor, startEditor } from '../harness/editor.ts';
import { VSIX } from '../harness/vsix.ts';
import { openFile, reloadWindow } from '../harness/workbench.ts';
import { RunRecords } from './runRecord.ts';
import { removeWorkspace, RunbookPanel, workspaceWith } from './runbookPanel.ts';

const FILE = 'monitors.runbook.md';

const runbook = (base: string): string => `---
runbook: 1
monitors:
  error_rate: { command: "curl -fsS ${base}/error_rate", every: 1s, unit: "%" }
triggers:
  - { when: "error_rate > 5%", for: 2s, level: 2 }
---

# Watch it

- [ ] Look at the dashboards

## Rollback

### Level 1: Feature toggle

\`\`\`bash
echo "toggled"
\`\`\`

### Level 2: Code

\`\`\`bash
echo "taken back"
\`\`\`
`;

describe('monitors and triggers', () => {
  let workspace: string;
  let editor: Editor;
  let server: Server;
  let panel: RunbookPanel;
  let records: RunRecords;
  let errorRate = '1.0';
  let asked = 0;

  const of = <Type extends RunEventBody['type']>(type: Type): Extract<RunEventBody, { type: Type }>[] => records.bodies().filter((body): body is Extract<RunEventBody, { type: Type }> => body.type === type);
  const askedAgain = async (): Promise<void> => {
    const before = asked;
    await until(() => asked > before + 1, { what: 'the monitor to be asked again' });
  };

  beforeAll(async () => {
    server = createServer((_, response) => {
      asked += 1;
      response.writeHead(200, { 'content-type': 'text/plain' }).end(`${errorRate}\n`);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    workspace = await workspaceWith({ 'notes.md': 'Nothing to run here.\n', [FILE]: runbook(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`) });
    records = new RunRecords(workspace);
    editor = await startEditor({ workspace, extensions: [VSIX] });
    panel = await RunbookPanel.open(editor.page, FILE);
    await panel.start();
  });

  afterAll(async () => {
    await editor?.dispose();
    server?.closeAllConnections();
    server?.close();
    await removeWorkspace(workspace);
  });

  it('asks nothing before a person has seen the command and agreed', async () => {
    await panel.frame.locator('.notice').getByText('Nothing is measured until you agree to the commands.').waitFor();
    await panel.press(/^Watch…/);
    const dialog = panel.frame.getByRole('dialog').filter({ visible: true });
    await dialog.getByText(/curl -fsS http:\/\/127\.0\.0\.1/).first().waitFor();
    expect(asked).toBe(0);
    await dialog.getByRole('button', { name: 'Watch', exact: true }).click();
    await panel.frame.locator('.notice').getByText('Watching 1 monitor.').waitFor();
    await panel.frame.locator('.chart-value').getByText('1 %').waitFor();
    expect(of('monitors.agreed').map(({ monitors }) => monitors.map(({ name }) => name))).toEqual([['error_rate']]);
  });

  it('is watched again after a reload, without another question', async () => {
    await reloadWindow(editor.page);
    await askedAgain();
    await panel.frame.locator('.chart-value').getByText('1 %').waitFor();
    expect(of('monitors.agreed')).toHaveLength(1);
  });

  it('a trigger fires: it is said everywhere, marks its level, and runs nothing', async () => {
    // The panel is behind another file: then the editor tells.
    await openFile(editor.page, 'notes.md');
    errorRate = '12.5';
    const told = editor.page.locator('.notifications-toasts .notification-list-item').filter({ hasText: /Error rate > 5 % for 2 s\. The runbook advises rollback level 2\. Nothing was run\./ });
    await told.first().waitFor({ timeout: 60_000 });
    await told.first().getByRole('button', { name: 'Show Runbook' }).click();
    await panel.frame.locator('.notice').getByText(/Error rate > 5 % for 2 s: has held since .*advises rollback level 2/).waitFor({ timeout: 60_000 });
    await panel.frame.getByRole('button', { name: /Roll back, level 2 .*advised/ }).waitFor();
    await screenshot(editor.page, 'trigger-fired');
    const [fired] = of('trigger.fired');
    expect(fired).toMatchObject({ words: 'Error rate > 5 % for 2 s', level: 2 });
    expect(fired?.samples.every(({ value }) => value === 12.5)).toBe(true);
    expect(of('rollback.started')).toEqual([]);
    expect(of('command.started')).toEqual([]);
  });

  it('is acted on by a person, and clears when the values are good again', async () => {
    await panel.press(/Roll back, level 2/);
    await panel.press('Roll back to level 2');
    await until(() => of('rollback.ended').length === 1, { what: 'the rollback to end', timeoutMs: 60_000 });
    expect(of('rollback.ended')).toMatchObject([{ outcome: 'succeeded' }]);
    expect(of('rollback.started')).toMatchObject([{ level: 2 }]);
    errorRate = '0.5';
    await until(() => of('trigger.cleared').length > 0, { what: 'the trigger to clear', timeoutMs: 60_000 });
    await panel.press('End run as rolled back');
    await until(() => of('run.ended').length === 1, { what: 'the end of the run' });
    const atEnd = asked;
    await panel.frame.locator('.chart').first().waitFor({ state: 'detached' });
    expect(asked - atEnd).toBeLessThanOrEqual(1);
  });
});
