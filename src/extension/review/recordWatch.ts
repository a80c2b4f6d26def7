import { join } from 'node:path';
import { RelativePattern, Uri, window, workspace } from 'vscode';
import { DisposableStore, type Releasable } from '../dispose.ts';
import type { RecordFolder } from './recordFolder.ts';

/** Files settle for so long before they are read again, in milliseconds: a pull changes many at once. */
const SETTLE_MS = 150;

/**
 * Calls back when a record may have changed: its files, what is committed, what
 * the editor trusts, and whenever the window is looked at again.
 */
export function watchRecord({ folder, base }: RecordFolder, changed: () => void): Releasable {
  const store = new DisposableStore();
  let settling: NodeJS.Timeout | undefined;
  const soon = (): void => {
    clearTimeout(settling);
    settling = setTimeout(changed, SETTLE_MS);
  };
  store.defer(() => clearTimeout(settling));
  const patterns = [new RelativePattern(Uri.file(folder), '**'), new RelativePattern(Uri.file(join(base, '.git')), 'logs/HEAD')];
  for (const pattern of patterns) {
    const watcher = store.add(workspace.createFileSystemWatcher(pattern));
    for (const event of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete]) event(soon);
  }
  store.add(window.onDidChangeWindowState(({ focused }) => focused && soon()));
  store.add(workspace.onDidGrantWorkspaceTrust(soon));
  return store;
}
