import { realpath } from 'node:fs/promises';
import { Uri, workspace, type WorkspaceFolder } from 'vscode';
import { contains } from '../node/executionCwd.ts';

/** Whether a document lives in a file that commands could stand beside. */
export function isOnDisk(uri: Uri): boolean {
  return uri.scheme === 'file';
}

/** The workspace folder that a runbook belongs to; undefined outside all of them. */
export function folderOf(uri: Uri): WorkspaceFolder | undefined {
  return isOnDisk(uri) ? workspace.getWorkspaceFolder(uri) : undefined;
}

/**
 * The file behind a path, when its real place is inside the real place of a
 * workspace folder: `..`, absolute paths and symbolic links that lead out do
 * not count. Undefined otherwise, and when there is no such file.
 */
export async function insideWorkspace(path: string): Promise<Uri | undefined> {
  const real = await realpath(path).catch(() => undefined);
  if (real === undefined) return undefined;
  for (const folder of workspace.workspaceFolders ?? []) {
    if (!isOnDisk(folder.uri)) continue;
    const root = await realpath(folder.uri.fsPath).catch(() => undefined);
    if (root !== undefined && contains(root, real)) return Uri.file(real);
  }
  return undefined;
}
