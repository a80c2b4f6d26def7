import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../harness/deadline.ts';
import { type Editor, startEditor } from '../harness/editor.ts';
import { VSIX } from '../harness/vsix.ts';
import { reloadWindow } from '../harness/workbench.ts';
import { removeWorkspace, RunbookPanel, workspaceWith } from './runbookPanel.ts';
import { RunRecords } from './runRecord.ts';

const ENVIRONMENTS = 'environments:\n  staging: { env: { WHERE: "http://staging" } }\n  production: { confirm: production, env: { WHERE: "http://production" } }\n';
const CHECKLIST = `---
title: Checklist
package: [verify.runbook.md, rollback.runbook.md, gone.runbook.md]
${ENVIRONMENTS}inputs:
  VERSION: { pattern: "v\\\\d+" }
---
# Checklist

Look at the [load test](verify.runbook.md#load) too.

**Deploy**:

\`\`\`bash {#deploy}
echo "$VERSION" > deployed
\`\`\`

**After the verification**:

\`\`\`bash {#after}
printenv MEASURED VERSION > after
\`\`\`
`;
const VERIFY = `---
title: Verification
package: [checklist.runbook.md, rollback.runbook.md]
${ENVIRONMENTS}inputs:
  VERSION: {}
---
# Verification

**Measure**:

\`\`\`bash {#measure capture=MEASURED}
echo "$VERSION at $WHERE"
\`\`\`

**Load test**:

\`\`\`bash {#load}
true
\`\`\`
`;
const ROLLBACK = `---
title: Rollback procedures
package: [checklist.runbook.md, verify.runbook.md]
---
# Rollback procedures

## Rollback

### Level 1: Back (2 minutes)

\`\`\`bash
printenv VERSION WHERE MEASURED > back
\`\`\`
`;

describe('a package of runbooks', () => {
  let workspace: string;
  let editor: Editor;
  let panel: RunbookPanel;
  let records: RunRecords;
  const dialog = (): Locator => panel.frame.locator('dialog[open]');
  const confirm = (label: string): Promise<void> => dialog().getByRole('button', { name: label, exact: true }).click();
  const member = (title: string): Locator => panel.frame.getByRole('navigation', { name: 'Package' }).getByRole('button', { name: new RegExp(`^Open ${title}`) });
  const shows = (title: string): Promise<void> => panel.frame.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
  const read = (name: string): readonly string[] => readFileSync(join(workspace, name), 'utf8').trim().split('\n');

  beforeAll(async () => {
    workspace = await workspaceWith({ 'release/checklist.runbook.md': CHECKLIST, 'release/verify.runbook.md': VERIFY, 'release/rollback.runbook.md': ROLLBACK });
    records = new RunRecords(workspace);
    editor = await startEditor({ workspace, extensions: [VSIX] });
  });

  afterAll(async () => {
    await editor?.dispose();
    await removeWorkspace(workspace);
  });

  it('stands below the title, and says what is not there', async () => {
    panel = await RunbookPanel.open(editor.page, 'checklist.runbook.md');
    await member('Verification: no run').waitFor();
    await member('Rollback procedures: no run').waitFor();
    await member('gone.runbook.md: .*no such file').waitFor();
    await panel.press('Start run');
    await dialog().locator('select').selectOption('staging');
    await confirm('Next');
    await dialog().locator('[data-input="input:VERSION"]').locator('input').or(dialog().locator('input[data-input="input:VERSION"]')).fill('v7');
    await confirm('Start run');
    await panel.frame.getByText(/started by you/).first().waitFor();
    await member('Verification: not started').waitFor();
    await panel.runNext();
    await panel.waitForStep('Deploy', /exit 0/);
  });

  it('opens another runbook at a step, whose run is part of the first and is asked nothing twice', async () => {
    await panel.frame.getByText('load test').first().click();
    await shows('Verification');
    await until(() => panel.step('Load test').evaluate((element) => element.contains(document.activeElement)), { what: 'the keyboard to be at the step that the link names' });
    await member('Checklist: 1 of 2 · a run started here is part of it').waitFor();
    await panel.press('Start run');
    await dialog().getByText('Part of the run of “Checklist”').waitFor();
    const page = await dialog().innerText();
    for (const words of ['environment and 1 value', 'environment staging', 'VERSION = v7']) expect(page).toContain(words);
    await confirm('Start run');
    await panel.frame.getByText(/started by you/).first().waitFor();
    await panel.runNext();
    await panel.waitForStep('Measure', /exit 0/);
    const [start] = records.bodies('release/verify.runbook.md');
    expect(start).toMatchObject({ type: 'run.started', partOf: { file: 'release/checklist.runbook.md' }, environment: { name: 'staging' } });
  });

  it('hands what was captured there to the next command here, over a reload too', async () => {
    await member('Checklist').click();
    await shows('Checklist');
    await member('Verification: 1 of 2').waitFor();
    await reloadWindow(editor.page);
    await shows('Checklist');
    await member('Verification: 1 of 2').waitFor();
    await panel.runNext();
    await dialog().getByText('MEASURED = v7 at http://staging, from run').waitFor();
    await confirm('Run');
    await panel.waitForStep('After the verification', /exit 0/);
    expect(read('after')).toEqual(['v7 at http://staging', 'v7']);
    expect(records.bodies('release/checklist.runbook.md').find(({ type }) => type === 'values.taken')).toMatchObject({ values: [{ name: 'MEASURED', value: 'v7 at http://staging', from: { file: 'release/verify.runbook.md' } }] });
  });

  it('docks the levels of the package; one opens there and runs as a part of this run', async () => {
    await panel.frame.getByRole('button', { name: /Roll back, level 1 · Back/ }).click();
    await shows('Rollback procedures');
    const sheet = panel.frame.locator('.sheet.rollback');
    await sheet.getByText('printenv VERSION WHERE MEASURED').waitFor();
    expect(records.bodies('release/rollback.runbook.md')).toEqual([]);
    await dialog().getByText('Part of the run of “Checklist”').waitFor();
    expect(await dialog().innerText()).toContain('environment and 2 values');
    await confirm('Start run');
    await sheet.getByRole('button', { name: /^Roll back to level 1/, disabled: false }).first().click();
    await until(() => existsSync(join(workspace, 'back')) && records.bodies('release/rollback.runbook.md').some((body) => body.type === 'rollback.ended' && body.outcome === 'succeeded'), { what: 'the level to have run' });
    expect(read('back')).toEqual(['v7', 'http://staging', 'v7 at http://staging']);
    await member('Checklist').click();
    await shows('Checklist');
    await member('Rollback procedures: rolled back, level 1').waitFor();
    await panel.frame.getByText('Rolled back in “Rollback procedures”').first().waitFor();
  });
});
