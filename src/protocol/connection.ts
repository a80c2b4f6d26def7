/** What carries messages: a webview's `postMessage`, a page's, or a test's two queues. */
export interface Transport {
  /** May throw when the other end is gone. */
  post(message: unknown): void;
  /** Calls back with whatever arrives, unchecked. Returns the way to stop listening. */
  listen(listener: (message: unknown) => void): () => void;
}

export type Checked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string };

export interface ConnectionHandlers<Incoming> {
  /** Decides whether an arrived value is a message. */
  readonly check: (raw: unknown) => Checked<Incoming>;
  readonly receive: (message: Incoming) => void;
  /** Something was refused or a receiver threw; for the log. Holds no values of the message. */
  readonly refused: (problem: string) => void;
}

/**
 * One end of the line between host and panel. Both ends use this class: what
 * arrives is checked before anything else looks at it, a receiver that throws
 * does not end the connection, and after `dispose` nothing comes or goes.
 */
export class Connection<Incoming, Outgoing> {
  readonly #transport: Transport;
  readonly #handlers: ConnectionHandlers<Incoming>;
  readonly #stopListening: () => void;
  #closed = false;

  constructor(transport: Transport, handlers: ConnectionHandlers<Incoming>) {
    this.#transport = transport;
    this.#handlers = handlers;
    this.#stopListening = transport.listen((raw) => this.#arrived(raw));
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Sends a message; false when the connection is closed or the other end did not take it. */
  send(message: Outgoing): boolean {
    if (this.#closed) return false;
    try {
      this.#transport.post(message);
      return true;
    } catch (error) {
      this.#handlers.refused(`not sent: ${describe(error)}`);
      return false;
    }
  }

  dispose(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#stopListening();
  }

  #arrived(raw: unknown): void {
    if (this.#closed) return;
    try {
      const result = this.#handlers.check(raw);
      if (result.ok) this.#handlers.receive(result.value);
      else this.#handlers.refused(result.problem);
    } catch (error) {
      this.#handlers.refused(`receiver failed: ${describe(error)}`);
    }
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
