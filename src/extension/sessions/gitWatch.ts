import { EventEmitter, window } from 'vscode';
import type { GitState } from '../../core/run/events.ts';
import type { VersionControl } from '../../session/ports.ts';
import { DisposableStore } from '../dispose.ts';

/** The first question waits for so long, in milliseconds: starting git holds up the extension host while it draws the panel. */
const FIRST_LOOK_MS = 250;

/** Git's state and the person's name, asked when it may have changed: at the start and when the window is looked at again. */
export class GitWatch {
  readonly #versionControl: VersionControl;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new EventEmitter<void>());
  readonly onDidChange = this.#changed.event;
  #state: GitState | null = null;
  #actor: string | null = null;
  #asking = false;

  constructor(versionControl: VersionControl) {
    this.#versionControl = versionControl;
    this.#store.add(window.onDidChangeWindowState(({ focused }) => focused && this.refresh()));
    const first = setTimeout(() => this.refresh(), FIRST_LOOK_MS);
    this.#store.defer(() => clearTimeout(first));
  }

  get state(): GitState | null {
    return this.#state;
  }

  get actor(): string | null {
    return this.#actor;
  }

  refresh(): void {
    if (this.#asking) return;
    this.#asking = true;
    void this.#ask();
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #ask(): Promise<void> {
    try {
      const [state, actor] = await Promise.all([this.#versionControl.state(), this.#versionControl.actor()]);
      const isSame = JSON.stringify([state, actor.name]) === JSON.stringify([this.#state, this.#actor]);
      this.#state = state;
      this.#actor = actor.name;
      if (!isSame && !this.#store.isEnded) this.#changed.fire();
    } catch {
      // Without git nothing is shown about it; the record says the same through its own question.
    } finally {
      this.#asking = false;
    }
  }
}
