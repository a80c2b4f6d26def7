import { type Disposable, type TextDocumentContentProvider, Uri, window, workspace } from 'vscode';
import { recordedTextScheme } from '../contributions.ts';

/** How many texts are kept for tabs that are open; older ones are opened again from the record. */
const KEPT = 50;

/** Texts of records as read-only documents: opened as files they could be edited, and the record would be damaged. */
export class RecordedTexts implements TextDocumentContentProvider {
  readonly #texts = new Map<string, string>();
  readonly #registered: Disposable;

  constructor() {
    this.#registered = workspace.registerTextDocumentContentProvider(recordedTextScheme, this);
  }

  /** @param path how the tab is called, e.g. `<run id>/output/<execution id>.txt` */
  async show(path: string, text: string, line: number | null): Promise<void> {
    const uri = Uri.from({ scheme: recordedTextScheme, path: `/${path}` });
    this.#texts.delete(uri.toString());
    this.#texts.set(uri.toString(), text);
    const [oldest] = this.#texts.keys();
    if (this.#texts.size > KEPT && oldest !== undefined) this.#texts.delete(oldest);
    const document = await workspace.openTextDocument(uri);
    const place = line === null ? undefined : document.lineAt(Math.min(Math.max(0, line - 1), document.lineCount - 1)).range;
    await window.showTextDocument(document, place === undefined ? {} : { selection: place });
  }

  provideTextDocumentContent(uri: Uri): string {
    return this.#texts.get(uri.toString()) ?? 'Close this tab and open the text from its record again.';
  }

  dispose(): void {
    this.#registered.dispose();
  }
}
