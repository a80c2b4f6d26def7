import { type CustomDocument, type CustomReadonlyEditorProvider, type Disposable, type Uri, type WebviewPanel, window } from 'vscode';
import { recordViewType } from '../contributions.ts';
import type { ErrorReporter } from '../errors.ts';
import type { EngineLoader } from '../engineLoader.ts';

/**
 * A record in the panel, as a custom editor that cannot save: the editor brings
 * it back after a reload, and the files keep their own editor besides.
 */
export class RecordProvider implements CustomReadonlyEditorProvider {
  readonly #engine: EngineLoader;
  readonly #errors: ErrorReporter;

  constructor(engine: EngineLoader, errors: ErrorReporter) {
    this.#engine = engine;
    this.#errors = errors;
  }

  register(): Disposable {
    return window.registerCustomEditorProvider(recordViewType, this, { webviewOptions: { enableFindWidget: true, retainContextWhenHidden: false } });
  }

  openCustomDocument(uri: Uri): CustomDocument {
    return { uri, dispose: () => undefined };
  }

  /** Returns before the record is read, so that the frame is put into place meanwhile. */
  resolveCustomEditor({ uri }: CustomDocument, panel: WebviewPanel): void {
    void this.#errors.guard('opening a record', async () => (await this.#engine.load()).reviews.attach(uri, panel));
  }
}
