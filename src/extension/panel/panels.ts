import type { TextDocument, Uri, WebviewPanel } from 'vscode';
import type { SessionRegistry } from '../sessions/registry.ts';
import { type PanelServices, RunbookPanel } from './runbookPanel.ts';

/** The panels that are open, and who waits for one. */
export class Panels {
  readonly #registry: SessionRegistry;
  readonly #services: PanelServices;
  readonly #open = new Set<RunbookPanel>();
  /** Steps to bring into view in a panel that is still opening, by document. */
  readonly #owed = new Map<string, { readonly stepId: string; readonly focus: boolean }>();

  constructor(registry: SessionRegistry, services: PanelServices) {
    this.#registry = registry;
    this.#services = services;
  }

  /** Fills a webview that the editor has made for a document. */
  async attach(document: TextDocument, webview: WebviewPanel): Promise<void> {
    let isClosed = false;
    const closing = webview.onDidDispose(() => (isClosed = true));
    const hold = await this.#registry.hold(document);
    closing.dispose();
    // Closed while the session was being made: `onDidDispose` will not come again.
    if (isClosed) return hold.dispose();
    const panel = new RunbookPanel(webview, hold.session, this.#services);
    this.#open.add(panel);
    webview.onDidDispose(() => {
      this.#open.delete(panel);
      panel.dispose();
      hold.dispose();
    });
    const key = document.uri.toString();
    const owed = this.#owed.get(key);
    this.#owed.delete(key);
    if (owed !== undefined) panel.reveal(owed.stepId, owed.focus);
  }

  /** Whether a person can see the document's panel now. */
  isVisible(document: Uri): boolean {
    return this.#of(document).some((panel) => panel.isVisible);
  }

  /** Brings a step into view in the document's panel, or in the one that is about to open. */
  reveal(document: Uri, stepId: string, focus: boolean): void {
    const panels = this.#of(document);
    for (const panel of panels) panel.reveal(stepId, focus);
    if (panels.length === 0) this.#owed.set(document.toString(), { stepId, focus });
  }

  dispose(): void {
    for (const panel of this.#open) panel.dispose();
    this.#open.clear();
  }

  #of(document: Uri): readonly RunbookPanel[] {
    return [...this.#open].filter((panel) => panel.target.uri.toString() === document.toString());
  }
}
