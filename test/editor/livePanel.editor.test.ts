import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { screenshot } from '../harness/browser.ts';
import { setColourTheme } from '../harness/colourTheme.ts';
import { until } from '../harness/deadline.ts';
import { type Editor, startEditor } from '../harness/editor.ts';
import { VSIX } from '../harness/vsix.ts';
import { runCommand } from '../harness/workbench.ts';
import { removeWorkspace, RunbookPanel, workspaceWith } from './runbookPanel.ts';

const COUNT = 60;
const STEPS = Array.from({ length: COUNT }, (_, index) => `**Step number ${index}**:\n\n\`\`\`bash\necho ${index}\n\`\`\`\n`);
const LONG = `---\nrunbook: 1\ntitle: Long\n---\n\n# Long\n\n${STEPS.join('\n')}`;
const WAIT = '# Wait\n\n**Wait for it**:\n\n```bash\nuntil [ -f go ]; do sleep 0.2; done\n```\n\n- [ ] Look\n';

const isInSource = (page: Page): Promise<boolean> => page.evaluate(() => document.activeElement?.closest('.monaco-editor') != null);
const sourceShows = (page: Page, text: string): Promise<boolean> => page.locator('.editor-group-container').first().locator('.view-line', { hasText: text }).first().isVisible();

describe('a panel beside its source', () => {
  let workspace: string;
  let editor: Editor;
  let panel: RunbookPanel;

  beforeAll(async () => {
    workspace = await workspaceWith({ 'long.runbook.md': LONG, 'wait.runbook.md': WAIT });
    editor = await startEditor({ workspace, extensions: [VSIX] });
  });

  afterAll(async () => {
    await editor?.dispose();
    await removeWorkspace(workspace);
  });

  const here = (title: string) => panel.frame.locator('.block.here', { hasText: title });

  it('goes to the step at the cursor, and the keyboard stays in the source', async () => {
    const { page } = editor;
    panel = await RunbookPanel.open(page, 'long.runbook.md');
    await runCommand(page, 'View: Move Editor into Next Group');
    await until(async () => (await page.locator('.editor-group-container').count()) === 2, { what: 'the panel to stand beside its source' });
    await runCommand(page, 'View: Focus First Editor Group');
    await until(() => isInSource(page), { what: 'the source to have the keyboard' });
    await page.keyboard.press('Control+End');
    await here(`Step number ${COUNT - 1}`).waitFor();
    await until(() => here(`Step number ${COUNT - 1}`).evaluate((element) => element.getBoundingClientRect().top < window.innerHeight), { what: 'the last step to be in sight' });
    expect(await isInSource(page)).toBe(true);
    expect(await sourceShows(page, `Step number ${COUNT - 1}`)).toBe(true);
    await screenshot(page, 'live-dark');
    await setColourTheme(page, 'light');
    await screenshot(page, 'live-light');
  });

  it('shows in the source what a person scrolls to, without moving keyboard or cursor', async () => {
    const { page } = editor;
    await runCommand(page, 'View: Focus First Editor Group');
    await until(() => isInSource(page), { what: 'the source to have the keyboard' });
    await panel.frame.locator('.block.here').hover();
    await page.mouse.wheel(0, -100_000);
    await until(() => sourceShows(page, 'Step number 1**'), { what: 'the source to show the beginning' });
    expect(await isInSource(page)).toBe(true);
    await here(`Step number ${COUNT - 1}`).waitFor();
  });

  it('keeps the last text that could be read while the front matter is broken, and starts nothing by it', async () => {
    const { page } = editor;
    await runCommand(page, 'View: Focus First Editor Group');
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('End');
    await page.keyboard.type(': [');
    await panel.frame.locator('p', { hasText: 'The front matter cannot be read since it was edited' }).waitFor();
    expect(await panel.steps.count()).toBe(COUNT);
    expect(await panel.frame.locator('[data-button=startRun]').first().getAttribute('aria-disabled')).toBe('true');
    expect(await isInSource(page)).toBe(true);
    await screenshot(page, 'live-stale');
    for (let press = 0; press < 3; press += 1) await page.keyboard.press('Backspace');
    await panel.frame.locator('p', { hasText: 'The front matter cannot be read since it was edited' }).waitFor({ state: 'detached' });
  });

  it('leaves the keyboard to a list that is open beside it while its buttons come and go', async () => {
    const { page } = editor;
    await runCommand(page, 'View: Close All Editors');
    const waiting = await RunbookPanel.open(page, 'wait.runbook.md');
    await waiting.start();
    await waiting.press('Run next step');
    await waiting.step('Wait for it').getByRole('button', { name: 'Stop' }).first().focus();
    await page.keyboard.press('F1');
    const list = page.locator('.quick-input-widget').filter({ visible: true });
    await list.waitFor();
    await writeFile(join(workspace, 'go'), '');
    await waiting.waitForStep('Wait for it', /exit 0/);
    expect(await list.isVisible()).toBe(true);
    expect(await page.evaluate(() => document.activeElement?.closest('.quick-input-widget') != null)).toBe(true);
  });
});
