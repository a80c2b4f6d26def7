import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { JsonlStore } from '../../src/node/record/jsonlStore.ts';
import { openWorkbench, screenshot } from '../harness/browser.ts';
import { until } from '../harness/deadline.ts';
import { type Editor, startEditor } from '../harness/editor.ts';
import { VSIX } from '../harness/vsix.ts';
import { MARY } from './recordedRuns.ts';
import { removeWorkspace, RunbookPanel, workspaceWith } from './runbookPanel.ts';
import { RunRecords } from './runRecord.ts';

const RUNBOOK = `# Two at it

- [ ] Tell the team <!-- {#tell} -->

**Work until told**:

\`\`\`bash {#work}
echo working; until test -e finish; do sleep 0.1; done; echo finished
\`\`\`

- [ ] Look at the graphs <!-- {#graphs} -->

**And after that**:

\`\`\`bash {#after}
echo after
\`\`\`
`;

/** Another window of the same person on the same machine and folder, with a browser profile of its own. */
describe('a run that is open in two windows', () => {
  let workspace: string;
  let editor: Editor;
  let second: Page;
  let one: RunbookPanel;
  let two: RunbookPanel;
  const records = (): RunRecords => new RunRecords(workspace);
  const drivenElsewhere = /Another window of this machine \(process \d+\) drives this run since/;
  /** Words that stand in several places at once are gone when the last of them is. */
  const gone = (words: Locator, what: string): Promise<true> => until(async () => (await words.count()) === 0 && (true as const), { what: `${what} to be gone` });
  const writers = (): string[] => {
    const runs = join(workspace, '.runbooks', 'runs');
    return readdirSync(join(runs, readdirSync(runs)[0] ?? '')).filter((name) => name.endsWith('.jsonl'));
  };

  beforeAll(async () => {
    workspace = await workspaceWith({ 'two.runbook.md': RUNBOOK });
    editor = await startEditor({ workspace, extensions: [VSIX] });
    one = await RunbookPanel.open(editor.page, 'two.runbook.md');
    await one.start();
    await one.tick('Tell the team');
    await one.waitForStep('Tell the team', /you/);
    second = await openWorkbench(editor.browser, editor.server);
    two = await RunbookPanel.open(second, 'two.runbook.md');
  });

  afterAll(async () => {
    writeFileSync(join(workspace, 'finish'), '');
    await editor?.dispose();
    await removeWorkspace(workspace);
  });

  it('is shown in the second as driven elsewhere, read only', async () => {
    await two.frame.getByText(drivenElsewhere).first().waitFor();
    await two.waitForStep('Tell the team', /you/);
    expect(await two.frame.getByRole('checkbox').count()).toBe(0);
    await two.frame.getByRole('button', { name: /^Run next step, not available/ }).first().waitFor();
    expect(await one.frame.getByText(drivenElsewhere).count()).toBe(0);
    expect(writers()).toHaveLength(1);
    await screenshot(second, 'second-window');
  });

  it('goes on in the second as it does in the first', async () => {
    await one.runNext();
    await two.waitForStep('Work until told', /running/);
    writeFileSync(join(workspace, 'finish'), '');
    await two.waitForStep('Work until told', /exit 0/);
    await one.waitForStep('Work until told', /exit 0/);
    await one.tick('Look at the graphs');
    await two.waitForStep('Look at the graphs', /you/);
    // Looking on writes nothing.
    expect(writers()).toHaveLength(1);
  });

  it('is taken over on request, and the first notices before it does anything', async () => {
    await two.press('Take over');
    await gone(two.frame.getByText(drivenElsewhere), 'the words about another window');
    await one.frame.getByText(drivenElsewhere).first().waitFor();
    expect(await one.frame.getByRole('checkbox').count()).toBe(0);
    await two.tick('Look at the graphs');
    await gone(one.step('Look at the graphs').locator('.by'), 'the tick');
    await one.press('Take over');
    await two.frame.getByText(drivenElsewhere).first().waitFor();
  });

  it('is left behind when the first window ends: the second says so, takes it over and finishes it', async () => {
    await editor.page.close({ runBeforeUnload: false });
    await two.frame.getByText('The window that drove this run is gone').first().waitFor({ timeout: 60_000 });
    await screenshot(second, 'second-window-alone');
    await two.press('Take over');
    await two.tick('Look at the graphs');
    await two.waitForStep('Look at the graphs', /you/);
    await two.runNext();
    await two.waitForStep('And after that', /exit 0/);
    await two.press('Finish run');
    await two.frame.getByText(/completed/).first().waitFor();
    expect(records().outcomes('after')).toEqual([{ kind: 'exited', code: 0 }]);
    expect(records().bodies().filter(({ type }) => type === 'command.started')).toHaveLength(2);
  });

  it('shows what a reviewer wrote in another clone, at its step and for the run, once it has been pulled', async () => {
    const git = (cwd: string, ...words: readonly string[]): string => execFileSync('git', ['-C', cwd, '-c', 'user.name=Test', '-c', 'user.email=t@example.org', ...words], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    git(workspace, 'init', '-q', '-b', 'main');
    git(workspace, 'add', '-A');
    git(workspace, 'commit', '-qm', 'Record');
    const clone = mkdtempSync(join(tmpdir(), 'guided-runbooks-clone-'));
    try {
      execFileSync('git', ['clone', '-q', workspace, clone]);
      await review(clone);
      git(clone, 'add', '-A');
      git(clone, 'commit', '-qm', 'Review');
      git(workspace, 'pull', '-q', '--no-rebase', clone, 'main');
    } finally {
      rmSync(clone, { recursive: true, force: true });
    }
    await two.step('Look at the graphs').getByText('Which graphs?').waitFor();
    const words = (await two.step('Look at the graphs').locator('.said').innerText()).replaceAll(/\s+/g, ' ');
    expect(words).toMatch(/Remark Mary Somerville · \S+.* Which graphs\?/);
    await two.frame.getByRole('region', { name: 'Notices' }).getByText('Rejected by Mary Somerville; more is said at 1 step.').waitFor();
    await screenshot(second, 'said-beside-run');
  });

  /** What a reviewer's own editor would have added to the record. */
  async function review(folder: string): Promise<void> {
    const runs = join(folder, '.runbooks', 'runs');
    const runId = readdirSync(runs)[0] ?? '';
    const claims = mkdtempSync(join(tmpdir(), 'guided-runbooks-claims-'));
    const store = new JsonlStore({ runs, boundary: folder, claims });
    await store.read(runId);
    const said = { run: runId, time: new Date().toISOString(), actor: MARY };
    await store.append({ ...said, id: 'mary-1', body: { type: 'remark.added', stepId: 'graphs', text: 'Which graphs?' } });
    await store.append({ ...said, id: 'mary-2', body: { type: 'approval.given', stepId: null, decision: 'rejected', note: 'The ticket is missing.' } });
    await store.dispose();
    rmSync(claims, { recursive: true, force: true });
  }
});
