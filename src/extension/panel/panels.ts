import { type TextDocument, type Uri, type WebviewPanel, workspace } from 'vscode';
import * as errors from '../../core/userErrors.ts';
import type { DocumentSession } from '../sessions/documentSession.ts';
import type { SessionRegistry } from '../sessions/registry.ts';
import { openPanel } from './openPanel.ts';
import { placeInRunbook } from './placeInRunbook.ts';
import { type PanelServices, RunbookPanel, type WebviewServices } from './runbookPanel.ts';

/** What to show in a panel: a step to bring into view, a place by its name, the plan of a rollback level. */
export type Showing =
  | { readonly kind: 'step'; readonly stepId: string; readonly focus: boolean }
  | { readonly kind: 'place'; readonly name: string }
  | { readonly kind: 'plan'; readonly level: number; readonly rootId: string | null };

/** The panels that are open, and who waits for one. */
export class Panels {
  readonly #registry: SessionRegistry;
  readonly #services: PanelServices;
  readonly #open = new Set<RunbookPanel>();
  /** What is to be shown in a panel that is still opening, by document. */
  readonly #owed = new Map<string, Showing>();

  constructor(registry: SessionRegistry, services: WebviewServices) {
    this.#registry = registry;
    this.#services = {
      ...services,
      openRunbook: (runbook, place) => this.open(runbook, place === null ? null : { kind: 'place', name: place }),
      openMember: (session, member, level) => this.openMember(session, member, level),
    };
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
    if (owed !== undefined) await this.#show(panel, owed);
  }

  /** Whether a person can see the document's panel now. */
  isVisible(document: Uri): boolean {
    return this.#of(document).some((panel) => panel.isVisible);
  }

  /** Brings a step into view in the document's panel, or in the one that is about to open. */
  reveal(document: Uri, stepId: string, focus: boolean): void {
    const panels = this.#of(document);
    for (const panel of panels) panel.reveal(stepId, focus);
    if (panels.length === 0) this.#owed.set(document.toString(), { kind: 'step', stepId, focus });
  }

  /** Opens a runbook in its panel, and shows something there. Nothing is started by it. */
  async open(document: Uri, showing: Showing | null): Promise<void> {
    // A file that is gone is said here: the editor's own page would not say what to do.
    await workspace.openTextDocument(document);
    const [panel] = this.#of(document);
    if (panel === undefined && showing !== null) this.#owed.set(document.toString(), showing);
    await openPanel(document);
    if (panel !== undefined && showing !== null) await this.#show(panel, showing);
  }

  /** Opens another runbook of the package of a session; at the plan of a level if one is named, with the page that starts a run of it as a part of the one that goes on. */
  async openMember(session: DocumentSession, member: string, level: number | null): Promise<void> {
    await this.open(session.memberUri(member), level === null ? null : { kind: 'plan', level, rootId: session.groupId });
  }

  dispose(): void {
    for (const panel of this.#open) panel.dispose();
    this.#open.clear();
  }

  async #show(panel: RunbookPanel, showing: Showing): Promise<void> {
    const { target } = panel;
    switch (showing.kind) {
      case 'step':
        return panel.reveal(showing.stepId, showing.focus);
      case 'place': {
        const { runbook } = target.session.snapshot;
        const block = placeInRunbook(runbook, showing.name);
        if (block === null) throw errors.linkPlaceUnknown(showing.name, runbook.title);
        return panel.revealBlock(block, true);
      }
      case 'plan':
        return target.perform({ type: 'planRollback', level: showing.level, revision: target.revision, joins: { rootId: showing.rootId } });
    }
  }

  #of(document: Uri): readonly RunbookPanel[] {
    return [...this.#open].filter((panel) => panel.target.uri.toString() === document.toString());
  }
}
