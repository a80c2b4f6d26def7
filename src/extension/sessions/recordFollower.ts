import type { RunSession, SessionSnapshot } from '../../session/api.ts';
import type { Releasable } from '../dispose.ts';

/** Calls back when the record of a run has changed; returns the way to stop. */
export type WatchRun = (runId: string, changed: () => void) => () => void;

/**
 * Shows a run that another window drives as it goes on there: its record is
 * read again whenever its files change. A run of our own is not watched.
 */
export class RecordFollower implements Releasable {
  readonly #session: RunSession;
  readonly #watch: WatchRun;
  readonly #stopListening: () => void;
  #followed: string | null = null;
  #stop: () => void = () => undefined;

  constructor(session: RunSession, watch: WatchRun) {
    this.#session = session;
    this.#watch = watch;
    this.#stopListening = session.onDidChange((snapshot) => this.#update(snapshot));
    this.#update(session.snapshot);
  }

  dispose(): void {
    this.#stopListening();
    this.#follow(null);
  }

  #update({ state, lockedBecause }: SessionSnapshot): void {
    const isElsewhere = lockedBecause !== null && state !== null && state.ended === null;
    this.#follow(isElsewhere ? state.runId : null);
  }

  #follow(runId: string | null): void {
    if (runId === this.#followed) return;
    this.#stop();
    this.#followed = runId;
    const refresh = (): void => void this.#session.refresh();
    this.#stop = runId === null ? () => undefined : this.#watch(runId, refresh);
    // What came between reading the record and watching it.
    if (runId !== null) refresh();
  }
}
