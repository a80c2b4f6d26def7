import type { TextDocument } from 'vscode';
import { readSource, type RunbookSource } from '../../core/language/source.ts';

/** What documents say, read once for each version of their text. */
export class Sources {
  readonly #read = new WeakMap<TextDocument, { readonly version: number; readonly source: RunbookSource }>();

  of(document: TextDocument): RunbookSource {
    const known = this.#read.get(document);
    if (known?.version === document.version) return known.source;
    const source = readSource(document.getText());
    this.#read.set(document, { version: document.version, source });
    return source;
  }
}
