import { type Disposable, type TextDocument, window, workspace } from 'vscode';
import type { ContextKeys } from './contextKeys.ts';
import { DisposableStore } from './dispose.ts';
import { isRunbookDocument } from './runbookFiles.ts';

/** Keeps the context key that puts the panel's button on the editors of runbooks. */
export function followActiveSource(keys: ContextKeys): Disposable {
  const store = new DisposableStore();
  const update = (): void => {
    const document: TextDocument | undefined = window.activeTextEditor?.document;
    keys.set('sourceIsRunbook', document !== undefined && isRunbookDocument(document));
  };
  store.add(window.onDidChangeActiveTextEditor(update));
  store.add(workspace.onDidSaveTextDocument(update));
  update();
  return store;
}
