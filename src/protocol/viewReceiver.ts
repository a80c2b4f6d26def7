import type { PanelView } from '../core/view/viewModel.ts';
import type { HostMessage } from './messages.ts';
import { applyPatch } from './viewPatch.ts';

type ViewMessage = Extract<HostMessage, { type: 'snapshot' | 'patch' }>;

/** What a message did to the view. `keys` are the blocks that a patch holds, null for all of them. */
export type Received =
  | { readonly kind: 'changed'; readonly view: PanelView; readonly previous: PanelView | null; readonly keys: readonly string[] | null }
  | { readonly kind: 'dropped' };

/**
 * The panel's end of the revisions: a patch is applied only when it follows
 * the last one directly. After a gap the panel asks once for a snapshot and
 * drops patches until it has come.
 */
export class ViewReceiver {
  readonly #resync: () => void;
  #view: PanelView | null = null;
  #revision = -1;
  #waiting = false;

  /** @param resync asks the host for a snapshot */
  constructor(resync: () => void) {
    this.#resync = resync;
  }

  get view(): PanelView | null {
    return this.#view;
  }

  /** The revision that a person sees; -1 before the first. */
  get revision(): number {
    return this.#revision;
  }

  receive(message: ViewMessage): Received {
    if (message.type === 'snapshot') return this.#accept(message.view, message.revision, null);
    if (this.#view === null || message.revision !== this.#revision + 1) return this.#gap();
    let view: PanelView;
    try {
      view = applyPatch(this.#view, message);
    } catch {
      return this.#gap();
    }
    return this.#accept(view, message.revision, message.blocks?.map((block) => block.key) ?? []);
  }

  /** Asks again when an answer is still owed, for example because the panel was hidden. */
  remind(): void {
    if (this.#waiting) this.#resync();
  }

  #accept(view: PanelView, revision: number, keys: readonly string[] | null): Received {
    const previous = this.#view;
    this.#view = view;
    this.#revision = revision;
    this.#waiting = false;
    return { kind: 'changed', view, previous, keys };
  }

  #gap(): Received {
    if (!this.#waiting) {
      this.#waiting = true;
      this.#resync();
    }
    return { kind: 'dropped' };
  }
}
