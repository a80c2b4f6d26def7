import type { TextDocument } from 'vscode';
import { readSource, type RunbookSource } from '../../core/language/source.ts';

interface Read {
  readonly version: number;
  readonly source: RunbookSource;
}

/** What documents say, read once for each version of their text. */
export class Sources {
  readonly #read = new WeakMap<TextDocument, Read>();
  /** The last of each that was read as a runbook, and not only by its lines. */
  readonly #parsed = new WeakMap<TextDocument, Read>();

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
   * in the other case it is read once the answer is given.
   */
  lastOf(document: TextDocument): RunbookSource {
    const last = this.#parsed.get(document);
    if (last === undefined) return this.of(document);
    if (last.version !== document.version) setTimeout(() => !document.isClosed && void this.of(document).runbook, 0);
    return last.source;
  }
}
