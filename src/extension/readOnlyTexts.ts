import { commands, type Disposable, Uri, workspace } from 'vscode';

const SCHEME = 'guided-runbooks-text';
/** So many texts are kept; an older one that is still open stays as it was drawn. */
const KEPT = 20;

/** Markdown texts that are made here, shown as a preview, and belong to no file. */
export class ReadOnlyTexts {
  readonly #texts = new Map<string, string>();
  #count = 0;

  register(): Disposable {
    return workspace.registerTextDocumentContentProvider(SCHEME, { provideTextDocumentContent: ({ query }) => this.#texts.get(query) ?? '' });
  }

  /** @param name for the tab */
  async show(name: string, markdown: string): Promise<void> {
    const key = String((this.#count += 1));
    this.#texts.set(key, markdown);
    const [oldest] = this.#texts.keys();
    if (this.#texts.size > KEPT && oldest !== undefined) this.#texts.delete(oldest);
    const uri = Uri.from({ scheme: SCHEME, path: `/${name.replaceAll(/[\\/]/g, '-')}.md`, query: key });
    await commands.executeCommand('markdown.showPreview', uri);
  }
}
