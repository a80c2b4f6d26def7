import type { Transport } from '../../../src/protocol/connection.ts';

/** Two ends of a line in memory. What is posted is copied, as `postMessage` does, and waits until `deliver`. */
export class Loopback {
  readonly host: Transport;
  readonly panel: Transport;
  readonly #queue: { readonly to: 'host' | 'panel'; readonly message: unknown }[] = [];
  readonly #listeners = { host: new Set<(message: unknown) => void>(), panel: new Set<(message: unknown) => void>() };
  /** A gone end makes `post` throw, as a disposed webview does. */
  gone = false;

  constructor() {
    this.host = this.#end('host', 'panel');
    this.panel = this.#end('panel', 'host');
  }

  /** Delivers what waits, and what that causes. */
  deliver(): void {
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
      for (const listener of this.#listeners[next.to]) listener(next.message);
    }
  }

  /** Throws away what waits: a hidden panel. */
  lose(): void {
    this.#queue.length = 0;
  }

  /** Swaps the next two messages. */
  swap(): void {
    const first = this.#queue.shift();
    if (first) this.#queue.splice(1, 0, first);
  }

  #end(self: 'host' | 'panel', other: 'host' | 'panel'): Transport {
    return {
      post: (message) => {
        if (this.gone) throw new Error('webview is disposed');
        this.#queue.push({ to: other, message: structuredClone(message) });
      },
      listen: (listener) => {
        this.#listeners[self].add(listener);
        return () => this.#listeners[self].delete(listener);
      },
    };
  }
}
