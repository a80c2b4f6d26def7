/** Work that is going on: actions one after the other, and what runs beside them. */
export class Tasks {
  readonly #going = new Set<Promise<unknown>>();
  #last: Promise<unknown> = Promise.resolve();

  /** Does it after everything that was queued before, whether that went well or not. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work, work);
    this.#last = turn.catch(() => undefined);
    return this.track(turn);
  }

  /** Counts it as going on until it settles. */
  track<T>(work: Promise<T>): Promise<T> {
    const settled = work.then(
      () => undefined,
      () => undefined,
    );
    this.#going.add(settled);
    void settled.then(() => this.#going.delete(settled));
    return work;
  }

  /** Resolves once nothing goes on any more. */
  async whenIdle(): Promise<void> {
    while (this.#going.size > 0) await Promise.all(this.#going);
  }
}
