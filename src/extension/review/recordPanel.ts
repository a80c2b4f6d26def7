import { resolve } from 'node:path';
import { Uri, type WebviewPanel } from 'vscode';
import * as errors from '../../core/userErrors.ts';
import type { Connection } from '../../protocol/connection.ts';
import type { HostMessage, PanelMessage } from '../../protocol/messages.ts';
import { ViewPublisher } from '../../protocol/viewPublisher.ts';
import { DisposableStore } from '../dispose.ts';
import { fillPage } from '../panel/fillPage.ts';
import { openLink } from '../panel/openLink.ts';
import { openPanel } from '../panel/openPanel.ts';
import { panelConnection } from '../panel/panelConnection.ts';
import type { WebviewServices } from '../panel/runbookPanel.ts';
import type { RecordedTexts } from './recordedTexts.ts';
import type { RecordReview } from './recordReview.ts';

/** One webview that shows a record. There is no way from here to anything that runs. */
export class RecordPanel {
  readonly #review: RecordReview;
  readonly #services: WebviewServices;
  readonly #texts: RecordedTexts;
  readonly #store: DisposableStore;
  readonly #publisher: ViewPublisher;
  readonly #connection: Connection<PanelMessage, HostMessage>;

  constructor(panel: WebviewPanel, review: RecordReview, services: WebviewServices, texts: RecordedTexts) {
    this.#review = review;
    this.#services = services;
    this.#texts = texts;
    this.#store = new DisposableStore((error) => services.log.error(error, 'closing a record'));
    const { webview } = panel;
    this.#connection = panelConnection(webview, services, (message) => this.#receive(message));
    const { view } = review;
    this.#publisher = new ViewPublisher((message) => this.#connection.send(message), () => new Date().toISOString(), view, 0);
    this.#store.add(this.#connection);
    this.#store.add(review.onDidChange(() => this.#publisher.publish(review.view, 0)));
    fillPage(webview, services.extensionUri, this.#publisher.snapshot);
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #receive(message: PanelMessage): Promise<void> {
    const { session } = this.#review;
    switch (message.type) {
      case 'ready':
      case 'resync':
        return this.#publisher.sendSnapshot();
      case 'review':
        if (this.#publisher.documentRevision(message.revision) === null) return this.#refuse(message.type);
        return this.#tell(`doing “${message.action}”`, session.perform({ type: message.action, stepId: message.stepId }));
      case 'prompt':
        return this.#tell('answering a question', session.answer(message.promptId, message.answers));
      case 'recordedOutput':
        return this.#showOutput(message.executionId);
      case 'run':
        return message.action === 'openSource' ? this.#showText(null) : this.#refuse(message.action);
      case 'source':
        return this.#showText(message.line);
      case 'link': {
        const { state, runbook } = session.snapshot;
        const place = await openLink(message.href, Uri.file(resolve(this.#review.place.base, state.file)), runbook, (file) => openPanel(file));
        if (place !== null) this.#connection.send({ type: 'reveal', blockKey: place, focus: false });
        return;
      }
      case 'seen':
        // A record has no source beside it.
        return;
      case 'fault':
        return this.#services.log.error(message.message, 'the panel failed');
      default:
        return this.#refuse(message.type);
    }
  }

  async #showText(line: number | null): Promise<void> {
    const text = await this.#review.text();
    if (text === null) throw errors.notKept();
    await this.#texts.show(`${this.#review.place.runId}/runbook.md`, text, line);
  }

  async #showOutput(executionId: string): Promise<void> {
    const text = await this.#review.output(executionId);
    if (text === null) throw errors.notKept();
    await this.#texts.show(`${this.#review.place.runId}/output/${executionId}.txt`, text, null);
  }

  #refuse(what: string): void {
    this.#services.log.warn(`“${what}” was asked for at a record, and refused`);
  }

  /** Errors of the session stand in its snapshot, so the panel shows them. */
  async #tell(doing: string, work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      this.#services.errors.report(error, doing, this.#review.session.snapshot.error !== null);
    }
  }
}
