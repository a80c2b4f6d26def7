import { type Disposable, EventEmitter, type TextDocumentContentProvider, Uri, workspace } from 'vscode';
import { keptTextScheme } from './contributions.ts';
import type { EngineLoader } from './engineLoader.ts';

/** The address of the text that the run of a runbook goes by. Its path ends as the runbook's does, so that it is shown as Markdown. */
export function keptTextUri(runbook: Uri): Uri {
  return Uri.from({ scheme: keptTextScheme, path: runbook.path, query: encodeURIComponent(runbook.toString()) });
}

/** The runbook of a kept text, which is never acted on itself; any other address as it is. */
export function runbookOf(uri: Uri): Uri {
  return uri.scheme === keptTextScheme ? Uri.parse(decodeURIComponent(uri.query), true) : uri;
}

/** Gives the editor the texts that runs go by, as read-only documents. */
export class KeptTextProvider implements TextDocumentContentProvider {
  readonly #engine: EngineLoader;
  readonly #changed = new EventEmitter<Uri>();
  readonly onDidChange = this.#changed.event;

  constructor(engine: EngineLoader) {
    this.#engine = engine;
    engine.whenLoaded(({ registry }) => {
      // A rebase makes it another text.
      registry.onDidChange(() => {
        for (const document of workspace.textDocuments) if (document.uri.scheme === keptTextScheme) this.#changed.fire(document.uri);
      });
    });
  }

  async provideTextDocumentContent(uri: Uri): Promise<string> {
    const runbook = runbookOf(uri);
    if (runbook.scheme === keptTextScheme) return '';
    const { registry } = await this.#engine.load();
    return registry.use(await workspace.openTextDocument(runbook), ({ session }) => session.baseText ?? '');
  }

  register(): Disposable {
    return workspace.registerTextDocumentContentProvider(keptTextScheme, this);
  }
}
