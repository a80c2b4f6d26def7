import type { RunSession, SessionSnapshot } from '../../session/api.ts';
import type { Releasable } from '../dispose.ts';

/** Calls back when others have written to the record of a run, or another window drives it; returns the way to stop. */
export type WatchRun = (runId: string, changed: () => void) => () => void;

/**
 * Keeps the run that is shown true to what others do: one that another window
 * drives goes on as it does there, a window that takes a run over or leaves it
 * is noticed, and what reviewers said comes with a pull, also after the end.
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
    this.#follow(null, false);
  }

  #update({ state, lockedBecause }: SessionSnapshot): void {
    this.#follow(state?.runId ?? null, lockedBecause !== null);
  }

  #follow(runId: string | null, isElsewhere: boolean): void {
    if (runId === this.#followed) return;
    this.#stop();
    this.#followed = runId;
    const refresh = (): void => void this.#session.refresh();
    this.#stop = runId === null ? () => undefined : this.#watch(runId, refresh);
    // What came between reading the record and watching it; our own part of it was not read.
    if (runId !== null && isElsewhere) refresh();
  }
}
