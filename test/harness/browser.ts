import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type FrameLocator, type Page } from 'playwright-core';
import type { CodeServer } from './codeServer.ts';

/** Chromium without a sandbox of its own (it does not start as root otherwise) and without calls to anywhere. */
const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

const READY_MS = 60_000;

/** Starts a headless Chromium; `program` comes from `ensureEditorTools`. */
export async function launchBrowser(program: string): Promise<Browser> {
  return chromium.launch({ executablePath: program, args: FLAGS });
}

export interface WorkbenchOptions {
  readonly width?: number;
  readonly height?: number;
  /** A context of an earlier page, to keep what the workbench stored in that browser; a new one unless told. */
  readonly context?: BrowserContext;
  /** Handed to the workbench, for instance `[['openFile', 'vscode-remote://…']]`. */
  readonly payload?: readonly (readonly [key: string, value: string])[];
}

/** Opens the server's workspace in a page of its own and returns once the workbench can be used. */
export async function openWorkbench(browser: Browser, server: CodeServer, options: WorkbenchOptions = {}): Promise<Page> {
  const { width = 1400, height = 900, payload = [] } = options;
  const context = options.context ?? (await browser.newContext({ viewport: { width, height } }));
  const page = await context.newPage();
  await page.setViewportSize({ width, height });
  await page.goto(server.url(payload), { timeout: READY_MS });
  await waitForWorkbench(page);
  return page;
}

/**
 * Loads the page again, as the browser's own button does, and returns once the workbench can be used. The workbench
 * stores what it shows every five seconds and has no time for it then: tabs that were opened just before may be
 * lost, which `reloadWindow` (workbench.ts) avoids.
 */
export async function reloadWorkbench(page: Page): Promise<void> {
  await page.reload({ timeout: READY_MS });
  await waitForWorkbench(page);
}

/** Returns once the parts of the workbench are drawn and the extensions are known (not yet: activated). */
export async function waitForWorkbench(page: Page): Promise<void> {
  await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: READY_MS });
  // The workbench's own mark: before it, a file opens with the text editor whatever an extension registers.
  await page.waitForFunction(() => performance.getEntriesByName('code/didLoadExtensions').length > 0, undefined, { timeout: READY_MS });
}

/** The document of the webview that is shown: a locator, for the inner frame is replaced when the view loads. */
export function panelFrame(page: Page): FrameLocator {
  return page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
}

/** Sets the size of the window, in CSS pixels. */
export async function setWindowSize(page: Page, width: number, height: number): Promise<void> {
  await page.setViewportSize({ width, height });
}

/** Takes a picture of the whole window into `out/screenshots/NAME.png` and returns its path. */
export async function screenshot(page: Page, name: string): Promise<string> {
  const folder = join(import.meta.dirname, '..', '..', 'out', 'screenshots');
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path });
  return path;
}
