/**
 * `npm run screenshots`: plays the demo in a real editor and takes its picture at every stage.
 *
 * All of them go to out/screenshots/; those that the documentation shows also to media/screenshots/. With
 * `--only-media` it takes only those.
 */
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Page } from 'playwright-core';
import { screenshot, setWindowSize } from './harness/browser.ts';
import { type ColourTheme, setColourTheme } from './harness/colourTheme.ts';
import { smallerPng } from './harness/smallerPng.ts';
import { layOutDemo, stopDemo } from './harness/demo.ts';
import { until } from './harness/deadline.ts';
import { type Editor, startEditor } from './harness/editor.ts';
import { buildVsix, REPOSITORY } from './harness/vsix.ts';
import { openFile, runCommand } from './harness/workbench.ts';
import { DemoStory } from './editor/demoStory.ts';

/** Pictures for the documentation: which stage, in which theme, 1400 pixels wide. */
const DOCUMENTED: Readonly<Record<string, string>> = {
  'idle-dark-1400': 'reading',
  'failed-dark-1400': 'failed',
  'plan-dark-1400': 'plan',
  'rolled-back-light-1400': 'rolled-back',
  'failed-contrast-1400': 'high-contrast',
  'record-light-1400': 'record',
  'writing-dark-1400': 'writing',
};

const SHORT = `# Rotate the signing key

## Phase 1: Change (5 min)

**Write the new key**:

\`\`\`bash
echo "key 2026-11" > var/key && cat var/key
\`\`\`

**Check that it is the new one**:

\`\`\`bash
grep -c 2026-11 var/key
\`\`\`

## Phase 2: Clean up

- [ ] The old key is revoked

## Rollback

### Level 1: Back to the old key (2 minutes)

\`\`\`bash
echo "key 2026-10" > var/key
\`\`\`
`;

const THEMES: readonly ColourTheme[] = ['light', 'contrast', 'dark'];
const HEIGHT = 1000;
const onlyMedia = process.argv.includes('--only-media');

const outer = mkdtempSync(join(tmpdir(), 'guided-runbooks-pictures-'));
const demo = layOutDemo(join(outer, 'orders'));
let editor: Editor | undefined;
try {
  editor = await startEditor({ workspace: demo.workspace, extensions: [await buildVsix()], width: 1400, height: HEIGHT });
  await play(editor.page, new DemoStory(editor.page));
} finally {
  await editor?.dispose();
  stopDemo(demo);
  rmSync(outer, { recursive: true, force: true });
}

/** The story once, with a look at every stage. */
async function play(page: Page, story: DemoStory): Promise<void> {
  await runCommand(page, 'View: Close Primary Side Bar');
  await openFile(page, 'deploy.runbook.md');
  await story.panel.frame.locator('.block').first().waitFor();
  await look(page, 'idle');
  await story.start();
  await story.panel.runNext();
  await story.done('Check the tools');
  await look(page, 'next');
  await story.goToDarkTraffic();
  const release = holdTraffic();
  await story.panel.runNext();
  await story.says('Send some traffic and check', /running/);
  await story.says('Send some traffic and check', /Waiting for the shop/);
  await look(page, 'running');
  await release(() => story.done('Send some traffic and check'));
  await story.passDarkTraffic();
  await look(page, 'failed');
  await story.lookAt(2);
  await look(page, 'plan', () => story.lookAt(2));
  if (onlyMedia) await story.lookAt(2);
  await story.panel.press('Roll back to level 2');
  await story.sheet.getByText('Rolling back', { exact: true }).waitFor();
  await take(page, 'rolling-back-dark-1400');
  await story.succeeded();
  const showEnd = async (): Promise<void> => {
    await story.panel.press(/^Roll back, level 2/);
    await story.succeeded();
  };
  await look(page, 'rolled-back', showEnd);
  if (onlyMedia) await showEnd();
  await story.endRolledBack();
  await look(page, 'ended');
  await runCommand(page, 'Runbook: Open Run Record…');
  await page.locator('.quick-input-widget .monaco-list-row').first().click();
  await story.panel.frame.locator('.timeline').waitFor();
  await runCommand(page, 'View: Toggle Panel Visibility');
  await look(page, 'record');
  if (!onlyMedia) await complete(page, story);
  await write(page, story);
}

/** Makes ops/traffic wait, so that what calls it is seen running. The result lets it go on, waits with the caller, and puts it back. */
function holdTraffic(): (until: () => Promise<void>) => Promise<void> {
  const place = (name: string): string => join(demo.workspace, name);
  renameSync(place('ops/traffic'), place('ops/traffic.real'));
  writeFileSync(place('ops/traffic'), '#!/bin/sh\necho "Waiting for the shop to answer"\nuntil test -e var/go; do sleep 0.2; done\nexec ops/traffic.real "$@"\n', { mode: 0o755 });
  return async (until) => {
    writeFileSync(place('var/go'), '');
    await until();
    renameSync(place('ops/traffic.real'), place('ops/traffic'));
    rmSync(place('var/go'));
  };
}

/** A short runbook from its start to its end as completed. */
async function complete(page: Page, story: DemoStory): Promise<void> {
  writeFileSync(join(demo.workspace, 'rotate.runbook.md'), SHORT);
  await openFile(page, 'rotate.runbook.md');
  await runCommand(page, 'Runbook: Open as Panel');
  await story.panel.step('Write the new key').waitFor();
  await story.panel.press('Start run');
  await story.panel.runNext();
  await story.done('Write the new key');
  await story.panel.runNext();
  await story.done('Check that it is the new one');
  await story.panel.tick('The old key is revoked');
  await story.says('The old key is revoked', /you · /);
  await look(page, 'all-done');
  await story.panel.press('Finish run');
  await story.panel.frame.getByText(/completed/).first().waitFor();
  await look(page, 'completed');
}

/** Somebody writes in the source of a runbook, with its panel beside it, and is told what can stand there. */
async function write(page: Page, story: DemoStory): Promise<void> {
  const text = `---\nrunbook: 1\n---\n${SHORT}`.replace('```bash\ngrep', '```bash {#new-key tiemout=30s}\ngrep').replace('- [ ] The old key is revoked', '- [ ] The old key is revoked <!-- {} -->');
  writeFileSync(join(demo.workspace, 'signing.md'), text);
  await openFile(page, 'signing.md');
  await runCommand(page, 'Runbook: Open Panel to the Side');
  await story.panel.step('Write the new key').waitFor();
  await page.locator('.squiggly-warning').first().waitFor();
  await setColourTheme(page, 'dark');
  const line = text.split('\n').findIndex((each) => each.includes('{}')) + 1;
  await page.keyboard.press('Control+g');
  await page.keyboard.type(`${String(line)}:${String((text.split('\n')[line - 1] ?? '').indexOf('{}') + 2)}`);
  await page.keyboard.press('Enter');
  await page.locator('.quick-input-widget').filter({ visible: true }).waitFor({ state: 'detached' });
  const proposed = page.locator('.suggest-widget .monaco-list-row').filter({ hasText: 'requires' }).first();
  await until(
    async () => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+Space');
      return proposed.waitFor({ timeout: 3_000 }).then(() => true, () => false);
    },
    { what: 'what can stand in the annotation', timeoutMs: 30_000 },
  );
  // Nothing under the pointer has anything to say there.
  await page.mouse.move(1_000, 760);
  await take(page, 'writing-dark-1400');
}

/** A picture of a stage in every theme and width. Ends in the dark and wide window in which the story goes on. */
async function look(page: Page, stage: string, again: () => Promise<void> = async () => {}): Promise<void> {
  for (const theme of THEMES) {
    if (onlyMedia && !(`${stage}-${theme}-1400` in DOCUMENTED)) continue;
    await setColourTheme(page, theme);
    // Choosing a theme presses Esc, which puts a plan away.
    await again();
    for (const width of onlyMedia ? [1400] : [700, 1400]) {
      await setWindowSize(page, width, HEIGHT);
      await take(page, `${stage}-${theme}-${width}`);
    }
  }
  if (onlyMedia) await setColourTheme(page, 'dark');
}

async function take(page: Page, name: string): Promise<void> {
  await settled(page);
  const path = await screenshot(page, name);
  console.log(path);
  const documented = DOCUMENTED[name];
  if (documented === undefined) return;
  const media = join(REPOSITORY, 'media', 'screenshots');
  await mkdir(media, { recursive: true });
  await writeFile(join(media, `${documented}.png`), smallerPng(await readFile(path)));
  console.log(`  for the documentation: ${basename(media)}/${documented}.png`);
}

/** Waits until two looks at the window, a little apart, are the same: fonts, colours and layout have come. */
async function settled(page: Page): Promise<void> {
  let before = '';
  const deadline = Date.now() + 3_000;
  await until(
    async () => {
      const now = (await page.screenshot({ type: 'jpeg', quality: 30 })).toString('base64');
      const same = now === before;
      before = now;
      // What counts seconds never stands still.
      return same || Date.now() > deadline;
    },
    { what: 'the window to stand still', everyMs: 250 },
  );
}
