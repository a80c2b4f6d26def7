import { EventEmitter, type TextDocument, type Uri } from 'vscode';
import { DisposableStore, type Releasable } from '../dispose.ts';
import type { DocumentSession } from './documentSession.ts';

interface Entry {
  readonly made: Promise<DocumentSession>;
  session: DocumentSession | undefined;
  users: number;
}

/**
 * One session for each document, shared by panels, CodeLenses and commands. A
 * session lives as long as somebody uses it or its run goes on.
 */
export class SessionRegistry {
  readonly #make: (document: TextDocument) => Promise<DocumentSession>;
  readonly #entries = new Map<string, Entry>();
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new EventEmitter<void>());
  /** Any session came, went or changed. */
  readonly onDidChange = this.#changed.event;

  constructor(make: (document: TextDocument) => Promise<DocumentSession>) {
    this.#make = make;
  }

  /** Sessions whose run goes on. */
  get active(): readonly DocumentSession[] {
    return [...this.#entries.values()].flatMap(({ session }) => (session?.isActive === true ? session : []));
  }

  /** All sessions that there are by now. */
  get all(): readonly DocumentSession[] {
    return [...this.#entries.values()].flatMap(({ session }) => session ?? []);
  }

  /** The document's session, if there is one already. */
  find(document: Uri): DocumentSession | undefined {
    return this.#entries.get(document.toString())?.session;
  }

  /** The document's session, made when there is none, and a hold on it that has to be released. */
  async hold(document: TextDocument): Promise<{ readonly session: DocumentSession } & Releasable> {
    const key = document.uri.toString();
    const entry = this.#entries.get(key) ?? this.#add(key, document);
    entry.users += 1;
    let held = true;
    const dispose = (): void => {
      if (!held) return;
      held = false;
      entry.users -= 1;
      this.#sweep(key, entry);
    };
    try {
      return { session: await entry.made, dispose };
    } catch (error) {
      dispose();
      throw error;
    }
  }

  /** Works with the document's session and lets it go afterwards. */
  async use<T>(document: TextDocument, work: (session: DocumentSession) => T | Promise<T>): Promise<T> {
    const hold = await this.hold(document);
    try {
      return await work(hold.session);
    } finally {
      hold.dispose();
    }
  }

  dispose(): void {
    for (const { session } of this.#entries.values()) session?.dispose();
    this.#entries.clear();
    this.#store.dispose();
  }

  #add(key: string, document: TextDocument): Entry {
    const entry: Entry = { made: this.#make(document), session: undefined, users: 0 };
    this.#entries.set(key, entry);
    entry.made.then(
      (session) => {
        entry.session = session;
        session.onDidChange(() => {
          this.#changed.fire();
          this.#sweep(key, entry);
        });
        this.#changed.fire();
        this.#sweep(key, entry);
      },
      () => this.#entries.delete(key),
    );
    return entry;
  }

  #sweep(key: string, entry: Entry): void {
    if (entry.users > 0 || entry.session === undefined || entry.session.isActive) return;
    if (this.#entries.get(key) !== entry) return;
    this.#entries.delete(key);
    entry.session.dispose();
    this.#changed.fire();
  }
}
