import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { openWorkbench } from '../harness/browser.ts';
import { until } from '../harness/deadline.ts';
import { type Editor, startEditor } from '../harness/editor.ts';
import { VSIX } from '../harness/vsix.ts';
import { closeAllEditors } from '../harness/workbench.ts';
import { installProbe, type ProbedWindow, type ProbeTimes } from './probe.ts';

/** The two ways to look at the same Markdown file. */
export type Way = 'panel' | 'preview';

/** Both commands on one key each: a palette would add its own time to both. */
const KEYS: Readonly<Record<Way, { readonly key: string; readonly press: string; readonly command: string }>> = {
  panel: { key: 'ctrl+alt+1', press: 'Control+Alt+1', command: 'guidedRunbooks.openPanel' },
  preview: { key: 'ctrl+alt+2', press: 'Control+Alt+2', command: 'markdown.showPreview' },
};

/** Milliseconds from the key press. */
export interface Opening {
  readonly painted: number;
  readonly interactive: number;
}

/** A file by its place among those that the editor was started for: quick open would remember how it was last shown. */
const keyOfFile = (index: number): string => `${index + 3}`;

/** Starts an editor with our extension and these files, to be looked at in pages from `probedPage`. */
export async function startProbedEditor(files: Readonly<Record<string, string>>): Promise<Editor> {
  const editor = await startEditor({ extensions: [VSIX] });
  const bindings: { key: string; command: string; args?: string }[] = Object.values(KEYS).map(({ key, command }) => ({ key, command }));
  for (const [index, [name, text]] of Object.entries(files).entries()) {
    const path = join(editor.server.workspace, name);
    await writeFile(path, text);
    bindings.push({ key: `ctrl+alt+${keyOfFile(index)}`, command: 'vscode.open', args: `vscode-remote://${editor.server.authority}${path}` });
  }
  await writeFile(join(editor.server.folders.userData, 'User', 'keybindings.json'), JSON.stringify(bindings));
  await editor.page.context().close();
  return editor;
}

/** A window of its own on the workspace, with the probe in every frame. */
export async function probedPage({ browser, server }: Editor): Promise<Page> {
  const context: BrowserContext = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  await context.addInitScript(installProbe);
  return openWorkbench(browser, server, { context });
}

/** Opens the source of the file with this index, then looks at it in a way, and leaves it open. */
export async function measureOpening(page: Page, file: number, way: Way): Promise<Opening> {
  const line = page.locator('.editor-instance .monaco-editor .view-line').filter({ visible: true }).first();
  await until(
    async () => {
      await page.keyboard.press(`Control+Alt+${keyOfFile(file)}`);
      await line.waitFor({ timeout: 5_000 });
      return true;
    },
    { what: 'the source to be open', timeoutMs: 60_000 },
  );
  await line.click();
  // The source takes its colours in the background: not at the cost of what is measured.
  await page.waitForTimeout(1_500);
  await page.keyboard.press(KEYS[way].press);
  const frame = page.frameLocator('iframe.webview.ready').locator(':root');
  const times = await until(
    async () => {
      const seen = await frame.evaluate((): ProbeTimes => (window as unknown as ProbedWindow).benchTimes, undefined, { timeout: 5_000 });
      return seen.interactive > 0 && seen;
    },
    { what: `the ${way} to be drawn`, timeoutMs: 60_000, everyMs: 500 },
  );
  const pressed = await page.evaluate(() => (window as unknown as ProbedWindow).benchTimes.pressed);
  return { painted: times.painted - pressed, interactive: times.interactive - pressed };
}

export async function closeAll(page: Page): Promise<void> {
  await closeAllEditors(page);
}
