import { type Disposable, type TextDocument, workspace } from 'vscode';
import { DisposableStore } from '../dispose.ts';
import type { EngineLoader } from '../engineLoader.ts';
import type { ErrorReporter } from '../errors.ts';
import { isRunbookDocument } from '../runbookFiles.ts';

/** How far down a change can make a runbook of a document: its front matter. */
const HEAD_LINES = 60;

/**
 * Loads the engine, and with it the help for writing, as soon as a runbook is
 * open as text. Other Markdown is only looked at by its name and first lines.
 */
export function loadForRunbooks(engine: EngineLoader, errors: ErrorReporter): Disposable {
  const store = new DisposableStore();
  const look = (document: TextDocument): void => {
    if (!isRunbookDocument(document)) return;
    store.dispose();
    void errors.guard('loading the help for writing runbooks', async () => void (await engine.load()));
  };
  store.add(workspace.onDidOpenTextDocument(look));
  store.add(
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.some(({ range }) => range.start.line < HEAD_LINES)) look(document);
    }),
  );
  engine.whenLoaded(() => store.dispose());
  for (const document of workspace.textDocuments) look(document);
  return store;
}
