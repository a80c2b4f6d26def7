import type { TextDocument } from 'vscode';
import { readSource, type RunbookSource } from '../../core/language/source.ts';

interface Read {
  readonly version: number;
  readonly source: RunbookSource;
}

/** Typing goes on for so long, in milliseconds, before a text is read anew for what may be asked next. */
const LATER_MS = 300;

/** What documents say, read once for each version of their text. */
export class Sources {
  readonly #read = new WeakMap<TextDocument, Read>();
  /** The last of each that was read as a runbook, and not only by its lines. */
  readonly #parsed = new WeakMap<TextDocument, Read>();
  readonly #waiting = new WeakSet<TextDocument>();

  of(document: TextDocument): RunbookSource {
    const known = this.#read.get(document);
    if (known?.version === document.version) return known.source;
    const { version } = document;
    const source = readSource(document.getText(), () => void this.#parsed.set(document, { version, source }));
    this.#read.set(document, { version, source });
    return source;
  }

  /**
   * What the document said when it was last read as a runbook: that may be a
   * few keystrokes ago, and costs nothing. The one of now when there is none;
   * in the other case it is read later.
   */
  lastOf(document: TextDocument): RunbookSource {
    const last = this.#parsed.get(document);
    if (last === undefined) return this.of(document);
    if (last.version !== document.version) this.#readLater(document);
    return last.source;
  }

  /** Not at once: the answer that was given with the old one is still on its way, and would wait for it. */
  #readLater(document: TextDocument): void {
    if (this.#waiting.has(document)) return;
    this.#waiting.add(document);
    setTimeout(() => {
      this.#waiting.delete(document);
      if (!document.isClosed) void this.of(document).runbook;
    }, LATER_MS);
  }
}
