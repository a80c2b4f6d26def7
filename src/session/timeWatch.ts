import { budgetsUnderWay } from '../core/run/overruns.ts';
import { runningSoaks } from '../core/run/soak.ts';
import type { RunState } from '../core/run/state.ts';
import type { Runbook } from '../core/runbook/model.ts';
import type { Clock } from './ports.ts';

/** It looks again after so long at the latest, in milliseconds: machines sleep, and clocks are set. */
const LOOKS_EVERY_MS = 30_000;

/** What the watch acts on. */
export interface Watched {
  readonly runbook: Runbook;
  readonly state: RunState | null;
  /** Whether this window drives the run: only then something is recorded. */
  readonly drives: boolean;
}

/** Notices when a soak is over and when a budget is used up. It runs nothing. */
export class TimeWatch {
  readonly #clock: Clock;
  readonly #look: () => Watched;
  readonly #onDidPass: () => void;
  readonly #onDidRunOver: () => void;
  #cancel: (() => void) | null = null;
  #ringsAt = 0;

  /** @param onDidPass a soak is over, or time has gone on; `onDidRunOver`: something in a run that is driven here is over its budget */
  constructor(clock: Clock, look: () => Watched, onDidPass: () => void, onDidRunOver: () => void) {
    this.#clock = clock;
    this.#look = look;
    this.#onDidPass = onDidPass;
    this.#onDidRunOver = onDidRunOver;
  }

  /** Looks again at what has to be waited for. */
  update(): void {
    const { runbook, state } = this.#look();
    if (state === null || state.ended !== null) return this.dispose();
    const now = this.#clock.now();
    const moments = [...runningSoaks(runbook, state, now).map(({ until }) => Date.parse(until)), ...budgetsUnderWay(runbook, state).map(({ dueMs }) => dueMs + 1)];
    if (moments.length === 0) return this.dispose();
    // What is due already is tried again no sooner: a disk that refuses must not be asked without end.
    const left = Math.min(...moments.map((moment) => (moment > now ? moment - now : LOOKS_EVERY_MS)), LOOKS_EVERY_MS);
    // Never later than it would have been: with every change another thirty seconds it would not come at all.
    if (this.#cancel !== null && this.#ringsAt <= now + left && this.#ringsAt >= now) return;
    this.dispose();
    this.#ringsAt = now + left;
    this.#cancel = this.#clock.after(left, () => this.#ring());
  }

  dispose(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #ring(): void {
    this.#cancel = null;
    const { runbook, state, drives } = this.#look();
    if (state === null || state.ended !== null) return;
    const now = this.#clock.now();
    if (drives && budgetsUnderWay(runbook, state).some(({ dueMs }) => now > dueMs)) this.#onDidRunOver();
    this.#onDidPass();
  }
}
