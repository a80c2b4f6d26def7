import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkbench } from '../harness/browser.ts';
import { type Editor, startEditor } from '../harness/editor.ts';
import { VSIX } from '../harness/vsix.ts';
import { removeWorkspace, RunbookPanel, workspaceWith } from './runbookPanel.ts';
import { RunRecords } from './runRecord.ts';

const RUNBOOK = '# Trouble\n\n- [ ] One\n- [ ] Two\n- [ ] Three\n\n**Do it**:\n\n```bash {#do-it}\nexit 0\n```\n';

describe('two windows on one run', () => {
  let workspace: string;
  let editor: Editor;
  let first: RunbookPanel;
  let second: RunbookPanel;
  let records: RunRecords;

  beforeAll(async () => {
    workspace = await workspaceWith({ 'a.runbook.md': RUNBOOK });
    records = new RunRecords(workspace);
    editor = await startEditor({ workspace, extensions: [VSIX] });
    first = await RunbookPanel.open(editor.page, 'a.runbook.md');
    await first.start();
    await first.tick('One');
    await first.waitForStep('One', /you · /);
    second = await RunbookPanel.open(await openWorkbench(editor.browser, editor.server), 'a.runbook.md');
  });

  afterAll(async () => {
    await editor?.dispose();
    await removeWorkspace(workspace);
  });

  const ticks = (): number => records.bodies().filter(({ type }) => type === 'step.ticked').length;

  it('the second shows the run, says who drives it, and does nothing', async () => {
    await second.waitForStep('One', /you · /);
    await second.frame.getByRole('button', { name: 'Take over' }).first().waitFor();
    await second.frame.locator('.notice').getByText(/drives this run/).waitFor();
    expect(await second.step('Two').getByRole('checkbox').count()).toBe(0);
    expect(ticks()).toBe(1);
  });

  it('the second takes over and goes on where the first was', async () => {
    await second.press('Take over');
    await second.tick('Two');
    await second.waitForStep('Two', /you · /);
    expect(ticks()).toBe(2);
  });

  it('the first records nothing any more, and says why', async () => {
    // It notices by itself, before anybody acts there.
    await first.frame.getByText(/drives this run|Take the run over/).first().waitFor();
    await first.frame.getByRole('button', { name: 'Take over' }).first().waitFor();
    expect(await first.step('Three').getByRole('checkbox').count()).toBe(0);
    expect(ticks()).toBe(2);
  });

  it('the first takes it back: nothing of either is lost', async () => {
    await first.press('Take over');
    await first.waitForStep('Two', /you · /);
    await first.tick('Three');
    await first.waitForStep('Three', /you · /);
    await first.runNext();
    await first.waitForStep('Do it', /exit 0/);
    expect(ticks()).toBe(3);
    expect(records.bodies().filter(({ type }) => type === 'run.started')).toHaveLength(1);
  });
});

const mayMount = process.platform === 'linux' && process.getuid?.() === 0;

describe('a full disk', () => {
  let folder = '';
  let editor: Editor | undefined;

  afterAll(async () => {
    await editor?.dispose();
    if (folder === '') return;
    execFileSync('umount', ['--lazy', folder]);
    rmSync(folder, { recursive: true });
  });

  it.skipIf(!mayMount)(`shows nothing as done that is not recorded, and goes on once there is room${mayMount ? '' : ' (NOT TESTED: only root on Linux can mount a small disk)'}`, async (context) => {
    const small = mkdtempSync(join(tmpdir(), 'guided-runbooks-disk-'));
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', small], { stdio: 'pipe' });
    } catch {
      rmSync(small, { recursive: true });
      context.skip('this machine does not let root mount a disk');
    }
    folder = small;
    writeFileSync(join(folder, 'a.runbook.md'), RUNBOOK);
    editor = await startEditor({ workspace: folder, extensions: [VSIX] });
    const records = new RunRecords(folder);
    const panel = await RunbookPanel.open(editor.page, 'a.runbook.md');
    await panel.start();
    await panel.tick('One');
    await panel.waitForStep('One', /you · /);
    const filler = join(folder, 'filler');
    for (const size of [4096, 1]) fill(filler, size);
    await panel.tick('Two');
    for (let index = 0; index < 40 && !(await panel.frame.getByText(/Not recorded: /).first().isVisible()); index += 1) {
      // What is left of a page that the record has already takes a few lines.
      await panel.tick(index % 2 === 0 ? 'Three' : 'Two');
    }
    await panel.frame.getByText(/Not recorded: the disk is full/).first().waitFor();
    const ticked = records.bodies().filter(({ type }) => type === 'step.ticked' || type === 'step.unticked').length;
    rmSync(filler);
    await panel.tick('Two');
    await expect.poll(() => records.bodies().filter(({ type }) => type === 'step.ticked' || type === 'step.unticked').length, { timeout: 30_000 }).toBeGreaterThan(ticked);
    await panel.waitForStep('One', /you · /);
  });
});

/** Writes blocks of a size to the end of a file until there is no room for another. */
function fill(file: string, size: number): void {
  for (;;) {
    try {
      writeFileSync(file, Buffer.alloc(size, 'x'), { flag: 'a' });
    } catch {
      return;
    }
  }
}
