import { RelativePattern, Uri, window, workspace } from 'vscode';
import { concernsStatus } from '../../core/status/concernsStatus.ts';
import type { RunSession } from '../../session/api.ts';
import { DisposableStore } from '../dispose.ts';

/** Has a session look again at what other runs say of backups and of what is deployed: when their records change, and when the window is looked at again. */
export class StatusWatch {
  readonly #session: RunSession;
  readonly #store = new DisposableStore();
  #isWatching = false;

  /** @param runs the folders of recorded runs, absolute */
  constructor(session: RunSession, runs: readonly string[]) {
    this.#session = session;
    this.#store.defer(session.onDidChange(() => this.#watch(runs)));
    this.#watch(runs);
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** Begins once the runbook has to do with it. */
  #watch(runs: readonly string[]): void {
    if (this.#isWatching || !concernsStatus(this.#session.snapshot.runbook)) return;
    this.#isWatching = true;
    this.#store.add(window.onDidChangeWindowState(({ focused }) => focused && this.#session.lookAtRecords()));
    for (const folder of runs) {
      const watcher = this.#store.add(workspace.createFileSystemWatcher(new RelativePattern(Uri.file(folder), '*/*.jsonl')));
      for (const happened of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete]) this.#store.add(happened((file) => this.#changed(file)));
    }
  }

  /** What the session's own run has done it knows without reading. */
  #changed(file: Uri): void {
    const own = this.#session.snapshot.state?.runId;
    if (own == null || !file.path.split('/').includes(own)) this.#session.lookAtRecords();
  }
}
