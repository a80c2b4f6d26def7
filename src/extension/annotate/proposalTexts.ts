import { type Disposable, TabInputTextDiff, Uri, window, workspace } from 'vscode';
import type { Proposal } from '../../core/language/annotate/proposal.ts';
import { proposalScheme } from '../contributions.ts';
import { DisposableStore } from '../dispose.ts';

/** What is proposed for a document, and the text that it was made of. */
export interface OpenProposal {
  readonly document: Uri;
  readonly text: string;
  readonly proposals: readonly Proposal[];
}

/** Texts with proposals in them: read-only documents that last as long as they are open. */
export class ProposalTexts {
  readonly #open = new Map<string, { readonly proposal: OpenProposal; readonly text: string }>();
  #count = 0;

  register(): Disposable {
    const store = new DisposableStore();
    store.add(workspace.registerTextDocumentContentProvider(proposalScheme, { provideTextDocumentContent: (uri) => this.#open.get(uri.toString())?.text ?? '' }));
    store.add(workspace.onDidCloseTextDocument(({ uri }) => this.#open.delete(uri.toString())));
    return store;
  }

  /** @returns the address of the text */
  add(proposal: OpenProposal, text: string): Uri {
    const uri = Uri.from({ scheme: proposalScheme, path: proposal.document.path, query: String((this.#count += 1)) });
    this.#open.set(uri.toString(), { proposal, text });
    return uri;
  }

  find(uri: Uri): OpenProposal | undefined {
    return this.#open.get(uri.toString())?.proposal;
  }

  /** The one whose comparison is the active tab. */
  get inFront(): Uri | undefined {
    const input = window.tabGroups.activeTabGroup.activeTab?.input;
    return input instanceof TabInputTextDiff && input.modified.scheme === proposalScheme ? input.modified : undefined;
  }

  /** Closes its comparison, wherever that is. */
  async close(uri: Uri): Promise<void> {
    this.#open.delete(uri.toString());
    const tabs = window.tabGroups.all.flatMap((group) => group.tabs).filter(({ input }) => input instanceof TabInputTextDiff && input.modified.toString() === uri.toString());
    await window.tabGroups.close(tabs);
  }
}
