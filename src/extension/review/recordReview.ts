import { join } from 'node:path';
import { env, EventEmitter, workspace } from 'vscode';
import { parseRunbook } from '../../core/runbook/parse.ts';
import { timelineOf } from '../../core/report/buildTimeline.ts';
import { buildReviewView } from '../../core/view/review/buildReviewView.ts';
import type { PanelView } from '../../core/view/viewModel.ts';
import { Git } from '../../node/git.ts';
import { SystemIds } from '../../node/idSource.ts';
import { JsonlStore } from '../../node/record/jsonlStore.ts';
import { systemClock } from '../../node/systemClock.ts';
import type { ReviewSnapshot } from '../../session/review/reviewApi.ts';
import { ReviewSession } from '../../session/review/reviewSession.ts';
import { DisposableStore } from '../dispose.ts';
import { timeFormat } from '../sessions/timeFormat.ts';
import type { RecordFolder } from './recordFolder.ts';
import { recordReader } from './recordReader.ts';
import { watchRecord } from './recordWatch.ts';

/** A record that is open: its session, what it looks like, and its files as they change. */
export class RecordReview {
  readonly place: RecordFolder;
  readonly session: ReviewSession;
  readonly #files: JsonlStore;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new EventEmitter<void>());
  readonly onDidChange = this.#changed.event;
  readonly #formatTime = timeFormat(env.language, () => Date.now());
  #view: { readonly of: ReviewSnapshot; readonly view: PanelView } | undefined;

  private constructor(place: RecordFolder, session: ReviewSession, files: JsonlStore) {
    this.place = place;
    this.session = session;
    this.#files = files;
    this.#store.defer(() => void files.dispose());
    this.#store.defer(() => session.dispose());
    this.#store.defer(session.onDidChange(() => this.#changed.fire()));
    // What went wrong stands in the session's snapshot.
    this.#store.add(watchRecord(place, () => void session.refresh().catch(() => undefined)));
  }

  /** @param storage private folder of the extension. Rejects with a UserError when there is no record to read. */
  static async open(place: RecordFolder, storage: string): Promise<RecordReview> {
    const files = new JsonlStore({ runs: place.runs, boundary: place.boundary, claims: join(storage, 'claims') });
    const versionControl = new Git({ base: place.base, isTrusted: () => workspace.isTrusted });
    try {
      const session = await ReviewSession.open({ reader: recordReader(place, files), store: files, versionControl, clock: systemClock, ids: new SystemIds(), parse: parseRunbook });
      return new RecordReview(place, session, files);
    } catch (error) {
      await files.dispose();
      throw error;
    }
  }

  get view(): PanelView {
    const { snapshot } = this.session;
    if (this.#view?.of !== snapshot) {
      const timeline = timelineOf(snapshot.runbook, snapshot.events);
      this.#view = { of: snapshot, view: buildReviewView({ ...snapshot, timeline, formatTime: this.#formatTime }) };
    }
    return this.#view.view;
  }

  /** The runbook's text that was kept, or null. */
  text(): Promise<string | null> {
    return this.#files.readText(this.place.runId, this.session.snapshot.state.rebases.at(-1)?.textSha256);
  }

  /** What is kept of an execution's output, or null. */
  output(executionId: string): Promise<string | null> {
    return this.#files.readOutput(this.place.runId, executionId);
  }

  dispose(): void {
    this.#store.dispose();
  }
}
