import type { PanelView } from '../core/view/viewModel.ts';
import type { HostMessage } from './messages.ts';
import { diffView } from './viewPatch.ts';

/**
 * The host's end of the revisions: sends a snapshot when the panel asks and a
 * patch when the view changed, and remembers which document revision a person
 * saw at each message, so that an action can be held against it.
 */
export class ViewPublisher {
  readonly #send: (message: HostMessage) => void;
  readonly #now: () => string;
  #view: PanelView;
  #revision = 0;
  /** Message revisions from which on a document revision was shown, ascending. */
  readonly #documents: { readonly from: number; readonly revision: number }[];

  /** @param now the host's clock, ISO 8601 */
  constructor(send: (message: HostMessage) => void, now: () => string, view: PanelView, documentRevision: number) {
    this.#send = send;
    this.#now = now;
    this.#view = view;
    this.#documents = [{ from: 0, revision: documentRevision }];
  }

  /** The whole view, for embedding it in the page and for `ready` and `resync`. */
  get snapshot(): Extract<HostMessage, { type: 'snapshot' }> {
    return { type: 'snapshot', revision: this.#revision, sentAt: this.#now(), view: this.#view };
  }

  sendSnapshot(): void {
    this.#send(this.snapshot);
  }

  /** Sends what changed. Does nothing when nothing did. */
  publish(view: PanelView, documentRevision: number): void {
    const patch = diffView(this.#view, view);
    const sameDocument = this.#documents.at(-1)?.revision === documentRevision;
    if (patch === null && sameDocument) return;
    this.#view = view;
    this.#revision += 1;
    if (!sameDocument) this.#documents.push({ from: this.#revision, revision: documentRevision });
    this.#send({ type: 'patch', revision: this.#revision, sentAt: this.#now(), ...patch });
  }

  /** The document revision that was on show at a message's revision; null for one that was never sent. */
  documentRevision(seen: number): number | null {
    if (seen > this.#revision) return null;
    return this.#documents.findLast((entry) => entry.from <= seen)?.revision ?? null;
  }
}
