import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { screenshot } from '../harness/browser.ts';
import { type Editor, startEditor } from '../harness/editor.ts';
import { terminalNames, waitForTerminalText } from '../harness/terminal.ts';
import { VSIX } from '../harness/vsix.ts';
import { removeWorkspace, RunbookPanel, workspaceWith } from './runbookPanel.ts';

const RUNBOOK = `# Deploy orders

## Pre-flight

- [ ] Backup checked
- [ ] Team told

## Phase 1: Go

**Carry on**:

\`\`\`bash
export COLOR=green
\`\`\`

**Use what was carried**:

\`\`\`bash
echo "color is $COLOR"
\`\`\`

**Fail until mended**:

\`\`\`bash
test -e mended || { echo "not mended"; exit 7; }
\`\`\`

**Never works**:

\`\`\`bash
exit 3
\`\`\`

**Cannot work here**:

\`\`\`bash
(exit 4)
\`\`\`

**Wait long**:

\`\`\`bash
echo waiting; sleep 300
\`\`\`

## Rollback

### Level 1: Undo it (< 2 minutes)

\`\`\`bash
echo undone > undone
\`\`\`
`;

describe('a run in the real editor', () => {
  let workspace: string;
  let editor: Editor;
  let panel: RunbookPanel;

  beforeAll(async () => {
    workspace = await workspaceWith({ 'deploy.runbook.md': RUNBOOK });
    editor = await startEditor({ workspace, extensions: [VSIX] });
    panel = await RunbookPanel.open(editor.page, 'deploy.runbook.md');
  });

  afterAll(async () => {
    await editor?.dispose();
    await removeWorkspace(workspace);
  });

  it('has run nothing and written nothing by being opened', async () => {
    expect(existsSync(join(workspace, '.runbooks'))).toBe(false);
    expect(await terminalNames(editor.page)).toEqual([]);
  });

  it('starts, and records who ticked what', async () => {
    await panel.start();
    await panel.tick('Backup checked');
    await panel.waitForStep('Backup checked', /you · \d\d:\d\d/);
    await panel.tick('Team told');
    await panel.waitForStep('Team told', /you · \d\d:\d\d/);
  });

  it('runs a command in the terminal and carries its environment on', async () => {
    await panel.runNext();
    await panel.waitForStep('Carry on', /exit 0/);
    await panel.runNext();
    await panel.waitForStep('Use what was carried', /exit 0/);
    await waitForTerminalText(editor.page, 'color is green');
    expect(await terminalNames(editor.page)).toEqual([expect.stringMatching(/^Runbook \w{4}/)]);
  });

  it('stays at a failure, and goes on once it is mended', async () => {
    await panel.runNext();
    await panel.waitForStep('Fail until mended', 'The command failed with exit 7');
    await screenshot(editor.page, 'story-failed');
    writeFileSync(join(workspace, 'mended'), '');
    await panel.pressAt('Fail until mended', /^Retry/);
    await panel.waitForStep('Fail until mended', /exit 0/);
  });

  it('skips with a reason', async () => {
    await panel.runNext();
    await panel.waitForStep('Never works', 'The command failed with exit 3');
    await panel.pressAt('Never works', /^Skip/);
    await panel.answer('not needed tonight', 'Skip');
    await panel.waitForStep('Never works', 'Reason: not needed tonight');
  });

  it('marks done with a reason', async () => {
    await panel.runNext();
    await panel.waitForStep('Cannot work here', 'The command failed with exit 4');
    await panel.pressAt('Cannot work here', /^Mark done/);
    await panel.answer('done by hand', 'Mark done');
    await panel.waitForStep('Cannot work here', 'Reason: done by hand');
  });

  it('stops a command, and does not call it done', async () => {
    await panel.runNext();
    await panel.waitForStep('Wait long', /running/);
    await waitForTerminalText(editor.page, 'waiting');
    await panel.pressAt('Wait long', /^Stop/);
    await panel.waitForStep('Wait long', 'The command was stopped by a person.');
  });

  it('rolls back after showing the plan', async () => {
    await panel.press(/^Roll back, level 1/);
    await panel.frame.getByText('Plan, nothing has run').waitFor();
    expect(existsSync(join(workspace, 'undone'))).toBe(false);
    await panel.press('Roll back to level 1');
    await panel.frame.getByText('Every command of this level has succeeded.').waitFor();
    expect(readFileSync(join(workspace, 'undone'), 'utf8')).toBe('undone\n');
    await screenshot(editor.page, 'story-rolled-back');
  });

  it('has recorded all of it, and left the runbook alone', () => {
    const runs = join(workspace, '.runbooks', 'runs');
    const [run] = readdirSync(runs);
    const lines = readdirSync(join(runs, run ?? '')).filter((name) => name.endsWith('.jsonl')).flatMap((name) => readFileSync(join(runs, run ?? '', name), 'utf8').trim().split('\n'));
    const types = lines.map((line) => (JSON.parse(line) as { readonly body: { readonly type: string } }).body.type);
    expect(types.filter((type) => type === 'command.started')).toHaveLength(8);
    expect(types.filter((type) => type === 'command.ended')).toHaveLength(8);
    expect(types).toEqual(expect.arrayContaining(['run.started', 'step.ticked', 'step.skipped', 'step.forced', 'command.stopRequested', 'rollback.started', 'rollback.ended']));
    expect(readFileSync(join(workspace, 'deploy.runbook.md'), 'utf8')).toBe(RUNBOOK);
  });
});
