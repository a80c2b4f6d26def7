import { window, workspace } from 'vscode';
import type { EngineLoader } from '../engineLoader.ts';
import { columnOfPanel, openPanel } from '../panel/openPanel.ts';
import { isOnDisk } from '../workspacePaths.ts';
import { runFoldersOf } from './recordPlace.ts';
import { unfinishedFiles } from './unfinishedFiles.ts';

/**
 * Takes up the runs that were going on when the window was last closed. The
 * sessions themselves find their run and what was running in it; this only
 * opens their documents, and says so once.
 *
 * @param storage the extension's global storage folder
 */
export async function resumeRuns(engine: EngineLoader, storage: string): Promise<void> {
  const files: string[] = [];
  for (const folder of workspace.workspaceFolders ?? []) {
    if (!isOnDisk(folder.uri)) continue;
    for (const { runs } of Object.values(runFoldersOf(folder.uri, storage))) files.push(...(await unfinishedFiles(runs, folder.uri.fsPath)));
  }
  // A record may name any file of the workspace: one that cannot be opened does not keep the others from it.
  const results = await Promise.allSettled([...new Set(files)].map((file) => resume(engine, file)));
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}

async function resume(engine: EngineLoader, file: string): Promise<void> {
  const document = await workspace.openTextDocument(file);
  const { registry } = await engine.load();
  await registry.use(document, async (session) => {
    // A panel that the editor has brought back says it all by itself.
    if (!session.isActive || columnOfPanel(document.uri) !== undefined) return;
    const { title } = session.session.snapshot.runbook;
    void offer(`The run of “${title}” is not finished.`, () => openPanel(document.uri));
  });
}

async function offer(message: string, open: () => Promise<void>): Promise<void> {
  const label = 'Open Panel';
  if ((await window.showInformationMessage(message, label)) === label) await open();
}
