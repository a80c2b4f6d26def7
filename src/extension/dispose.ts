import type { Disposable } from 'vscode';

/** Anything that can be let go of. */
export type Releasable = Pick<Disposable, 'dispose'>;

/**
 * Keeps what has to be let go of together. One that fails does not keep the
 * others, and what is added after the end is let go of at once.
 */
export class DisposableStore implements Releasable {
  readonly #kept = new Set<Releasable>();
  readonly #failed: (error: unknown) => void;
  #ended = false;

  /** @param failed is told of every disposal that throws */
  constructor(failed: (error: unknown) => void = () => undefined) {
    this.#failed = failed;
  }

  add<T extends Releasable>(item: T): T {
    if (this.#ended) this.#release(item);
    else this.#kept.add(item);
    return item;
  }

  /** Keeps a function that is called at the end. */
  defer(release: () => void): void {
    this.add({ dispose: release });
  }

  get isEnded(): boolean {
    return this.#ended;
  }

  dispose(): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const item of [...this.#kept].reverse()) this.#release(item);
    this.#kept.clear();
  }

  #release(item: Releasable): void {
    try {
      item.dispose();
    } catch (error) {
      this.#failed(error);
    }
  }
}
