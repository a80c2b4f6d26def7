import type { Uri, WebviewPanel } from 'vscode';
import * as errors from '../../core/userErrors.ts';
import { DisposableStore } from '../dispose.ts';
import type { WebviewServices } from '../panel/runbookPanel.ts';
import { recordFolderOf } from './recordFolder.ts';
import { RecordPanel } from './recordPanel.ts';
import { RecordedTexts } from './recordedTexts.ts';
import { RecordReview } from './recordReview.ts';

/** The records that are open. Each panel has a review of its own: there is nothing in it that two would have to share. */
export class Reviews {
  readonly #services: WebviewServices;
  readonly #storage: string;
  readonly #texts = new RecordedTexts();
  readonly #open = new Set<DisposableStore>();

  /** @param storage private folder of the extension */
  constructor(services: WebviewServices, storage: string) {
    this.#services = services;
    this.#storage = storage;
  }

  /** Fills a webview that the editor has made for a file of a record. */
  async attach(file: Uri, webview: WebviewPanel): Promise<void> {
    const place = recordFolderOf(file);
    if (place === undefined) throw errors.notARecord(file.fsPath);
    let isClosed = false;
    const closing = webview.onDidDispose(() => (isClosed = true));
    const review = await RecordReview.open(place, this.#storage);
    closing.dispose();
    // Closed while the record was being read: `onDidDispose` will not come again.
    if (isClosed) return review.dispose();
    const open = new DisposableStore((error) => this.#services.log.error(error, 'closing a record'));
    open.add(review);
    open.add(new RecordPanel(webview, review, this.#services, this.#texts));
    this.#open.add(open);
    webview.title = `Record: ${review.view.header.title}`;
    webview.onDidDispose(() => {
      this.#open.delete(open);
      open.dispose();
    });
  }

  dispose(): void {
    for (const open of this.#open) open.dispose();
    this.#open.clear();
    this.#texts.dispose();
  }
}
