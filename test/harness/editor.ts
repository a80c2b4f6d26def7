import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openWorkbench, type WorkbenchOptions } from './browser.ts';
import { CodeServer, type CodeServerOptions } from './codeServer.ts';
import { ensureEditorTools } from './install.ts';

/** An editor with a person in front of it: a server, a browser, and the page that shows the one in the other. */
export interface Editor extends AsyncDisposable {
  readonly server: CodeServer;
  readonly browser: Browser;
  readonly page: Page;
  /** Ends the browser and the server and removes the server's folders. */
  dispose(): Promise<void>;
}

/** Starts an editor and opens its workspace. Close it with `await editor.dispose()` or `await using`. */
export async function startEditor(options: CodeServerOptions & WorkbenchOptions = {}): Promise<Editor> {
  const tools = await ensureEditorTools();
  const server = await CodeServer.start(tools, options);
  let browser: Browser | undefined;
  const dispose = async (): Promise<void> => {
    try {
      await browser?.close();
    } finally {
      await server.dispose();
    }
  };
  try {
    browser = await launchBrowser(tools.chromium);
    const page = await openWorkbench(browser, server, options);
    return { server, browser, page, dispose, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}
