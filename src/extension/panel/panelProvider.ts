import { type CustomTextEditorProvider, type Disposable, type TextDocument, type WebviewPanel, window } from 'vscode';
import { panelViewType } from '../contributions.ts';
import type { ErrorReporter } from '../errors.ts';
import type { EngineLoader } from '../engineLoader.ts';

/**
 * The panel as a custom *text* editor: the editor restores it after a reload,
 * keeps the document open beneath it and tells of every keystroke. It is
 * registered with priority "option" and never edits, so Markdown files keep
 * their own editor and stay clean.
 */
export class PanelProvider implements CustomTextEditorProvider {
  readonly #engine: EngineLoader;
  readonly #errors: ErrorReporter;

  constructor(engine: EngineLoader, errors: ErrorReporter) {
    this.#engine = engine;
    this.#errors = errors;
  }

  register(): Disposable {
    return window.registerCustomEditorProvider(panelViewType, this, {
      supportsMultipleEditorsPerDocument: true,
      webviewOptions: { enableFindWidget: true, retainContextWhenHidden: false },
    });
  }

  /** Returns before the document is read: the editor puts the frame into place when this has resolved, and does so meanwhile. */
  resolveCustomTextEditor(document: TextDocument, panel: WebviewPanel): void {
    void this.#errors.guard('opening a runbook', async () => (await this.#engine.load()).panels.attach(document, panel));
  }
}
