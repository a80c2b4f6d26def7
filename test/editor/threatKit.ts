import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { reloadWorkbench } from '../harness/browser.ts';
import { until } from '../harness/deadline.ts';
import type { Editor } from '../harness/editor.ts';
import type { RunbookPanel } from './runbookPanel.ts';

/** Every hostile text tries to make a file with this in its name: another one each time, so that what an earlier run has left is not taken for ours. */
export const MARK = `PWNED${randomBytes(2).toString('hex')}`;

/** What would run, end a quote or a line, press keys or end a paste if a shell ever read it. */
export const HOSTILE_NAME = `ws $(touch ${MARK}-a) \`touch ${MARK}-b\` ';touch ${MARK}-c;'";touch ${MARK}-d;#" !x \t\x03\x1b[201~\ntouch ${MARK}-e\n`;

/** A workspace whose folder has a hostile name, in a folder of its own; remove that one. */
export async function hostileWorkspace(files: Readonly<Record<string, string>>): Promise<{ readonly outer: string; readonly workspace: string }> {
  const outer = mkdtempSync(join(tmpdir(), 'guided-runbooks-threats-'));
  const workspace = join(outer, HOSTILE_NAME);
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(workspace, name)), { recursive: true });
    await writeFile(join(workspace, name), text);
  }
  return { outer, workspace };
}

/** Files that hostile texts have made, wherever a shell of the editor could have stood. */
export function marks(editor: Editor, ...folders: readonly string[]): readonly string[] {
  const { root, home, userData } = editor.server.folders;
  return [root, home, userData, tmpdir(), ...folders].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.startsWith(MARK))
      .map((name) => join(folder, name)),
  );
}

interface ForgeWindow {
  readonly forge: (message: unknown) => void;
  readonly sent: unknown[];
  readonly heard: unknown[];
}

/** Loads the page anew so that a script in the panel's place could be played: `forge` posts what it would. */
export async function takePanelOver(editor: Editor): Promise<void> {
  await editor.page.addInitScript(() => {
    interface Api {
      postMessage(message: unknown): void;
    }
    let real: (() => Api) | undefined;
    const sent: unknown[] = [];
    const heard: unknown[] = [];
    Object.assign(window, { sent, heard });
    Object.defineProperty(window, 'acquireVsCodeApi', {
      configurable: true,
      set: (acquire: () => Api) => (real = acquire),
      get: () =>
        real &&
        ((): Api => {
          const api = (real as () => Api)();
          // Not before: the editor writes the document anew, which takes every listener away.
          window.addEventListener('message', (event) => heard.push(event.data));
          Object.assign(window, { forge: (message: unknown) => api.postMessage(message) });
          return {
            ...api,
            postMessage: (message) => {
              sent.push(structuredClone(message));
              api.postMessage(message);
            },
          };
        }),
    });
  });
  await reloadWorkbench(editor.page);
}

/** Posts messages to the host as a script in the panel would. */
export async function forge(panel: RunbookPanel, ...messages: readonly unknown[]): Promise<void> {
  await panel.frame.locator('body').evaluate((_, all) => {
    for (const message of all) (window as unknown as ForgeWindow).forge(message);
  }, messages);
}

/** The messages that the panel has sent by itself. */
export async function sentMessages(panel: RunbookPanel): Promise<readonly Readonly<Record<string, unknown>>[]> {
  return panel.frame.locator('body').evaluate(() => (window as unknown as ForgeWindow).sent as Record<string, unknown>[]);
}

/** The revision that the panel shows. */
export async function shownRevision(panel: RunbookPanel): Promise<number> {
  return panel.frame.locator('body').evaluate(() => {
    const revisions = (window as unknown as ForgeWindow).heard.flatMap((message) => {
      const { revision } = (message ?? {}) as { readonly revision?: unknown };
      return typeof revision === 'number' ? [revision] : [];
    });
    return Math.max(0, ...revisions);
  });
}

/** Waits until the host has answered something that was asked after everything else: `resync` is answered with a snapshot. */
export async function hostHasRead(panel: RunbookPanel): Promise<void> {
  const snapshots = (): Promise<number> =>
    panel.frame.locator('body').evaluate(() => (window as unknown as ForgeWindow).heard.filter((message) => (message as { readonly type?: unknown } | null)?.type === 'snapshot').length);
  const before = await snapshots();
  await forge(panel, { type: 'resync' });
  await until(async () => (await snapshots()) > before, { what: 'the host to answer the panel' });
}

/** Names of the editor's open tabs. */
export function tabNames(page: Page): Promise<string[]> {
  return page.locator('.tabs-container .tab').evaluateAll((tabs) => tabs.map((tab) => tab.getAttribute('data-resource-name') ?? ''));
}
