import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { screenshot } from '../harness/browser.ts';
import { until } from '../harness/deadline.ts';
import { type Editor, startEditor } from '../harness/editor.ts';
import { VSIX } from '../harness/vsix.ts';
import { reloadWindow, runCommand } from '../harness/workbench.ts';
import { RunRecords } from './runRecord.ts';
import { removeWorkspace, RunbookPanel, workspaceWith } from './runbookPanel.ts';

const FILE = 'time.runbook.md';
const SHORT_MS = 15_000;

const RUNBOOK = `# Slow and sure

## Canary <!-- {#canary soak=15s} -->

- [ ] Open to a tenth <!-- {#tenth} -->

## Staging <!-- {#staging soak=2h} -->

- [ ] Open to half <!-- {#half} -->

## Live

- [ ] Open to everyone <!-- {#all} -->
`;

describe('time that has to pass', () => {
  let workspace: string;
  let editor: Editor;
  let panel: RunbookPanel;
  let records: RunRecords;

  const timeOf = (type: string, stepId: string): number => Date.parse(records.events().find(({ body }) => body.type === type && 'stepId' in body && body.stepId === stepId)?.time ?? '');
  const soakAt = (section: string): ReturnType<RunbookPanel['frame']['locator']> => panel.frame.locator(`.block[data-key="section:${section}"] .soak-words`);

  beforeAll(async () => {
    workspace = await workspaceWith({ [FILE]: RUNBOOK });
    records = new RunRecords(workspace);
    editor = await startEditor({ workspace, extensions: [VSIX] });
    panel = await RunbookPanel.open(editor.page, FILE);
    await panel.start();
  });

  afterAll(async () => {
    await editor?.dispose();
    await removeWorkspace(workspace);
  });

  it('is waited for over a reload of the window, and then the run goes on', async () => {
    await soakAt('canary').getByText('then a soak of 15s').waitFor();
    await panel.tick('Open to a tenth');
    await soakAt('canary').getByText(/soak until|over since/).first().waitFor();
    await reloadWindow(editor.page);
    await soakAt('canary').getByText(/over since/).waitFor({ timeout: 90_000 });
    await panel.tick('Open to half');
    await until(() => !Number.isNaN(timeOf('step.ticked', 'half')), { what: 'the next tick in the record' });
    expect(timeOf('step.ticked', 'half') - timeOf('step.ticked', 'tenth')).toBeGreaterThanOrEqual(SHORT_MS);
  });

  it('is seen in the panel and in the status bar, holds up what stands behind it, and goes on over a reload', async () => {
    await panel.waitForStep('Open to everyone', /waits for the soak of Staging, until/);
    expect(await panel.step('Open to everyone').getByRole('checkbox').count()).toBe(0);
    await editor.page.locator('.statusbar-item').filter({ hasText: /soaking .* left/ }).waitFor();
    await panel.frame.locator('.meta .soaking').getByText(/left/).waitFor();
    const words = (await soakAt('staging').innerText()).replace(/ · .*/s, '');
    expect(words).toMatch(/^\s*soak until /);
    await screenshot(editor.page, 'soaking');
    await reloadWindow(editor.page);
    await soakAt('staging').getByText(words.trim()).waitFor();
    await panel.waitForStep('Open to everyone', /waits for the soak of Staging, until/);
  });

  it('is ended early with a reason, which the record keeps', async () => {
    await runCommand(editor.page, 'Runbook: End Soak Early…');
    await panel.answer('half of the users are asleep', 'End the soak');
    await soakAt('staging').getByText(/ended early by you.*Reason: half of the users are asleep/).waitFor();
    await panel.tick('Open to everyone');
    await panel.press('Finish run');
    await panel.frame.getByText(/completed/).first().waitFor();
    expect(records.bodies().filter(({ type }) => type === 'soak.endedEarly')).toEqual([expect.objectContaining({ subject: { kind: 'section', sectionId: 'staging' }, reason: 'half of the users are asleep' })]);
    // Each window has a file of its own.
    const inOrder = [...records.events()].sort((a, b) => Date.parse(a.time) - Date.parse(b.time));
    expect(inOrder.map(({ body }) => body.type)).toEqual(['run.started', 'step.ticked', 'step.ticked', 'soak.endedEarly', 'step.ticked', 'run.ended']);
  });
});
