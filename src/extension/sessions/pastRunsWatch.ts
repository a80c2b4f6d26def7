import { durationsOf, type PastDurations } from '../../core/report/pastDurations.ts';
import type { Rehearsal } from '../../core/rollback/rehearsals.ts';
import type { RunState } from '../../core/run/state.ts';
import type { Runbook } from '../../core/runbook/model.ts';
import type { PastRun } from '../../node/record/pastRuns.ts';

/** The first look waits for so long, in milliseconds: the panel is painted before. */
const FIRST_LOOK_MS = 1000;

type PastRuns = readonly PastRun[];

/** What other runs of a runbook say of it: how long its steps took, and which levels were rehearsed. Looked up when the panel stands, and again when a run has ended. */
export class PastRunsWatch {
  readonly #read: () => Promise<PastRuns>;
  readonly #first: NodeJS.Timeout;
  #runs: PastRuns = [];
  #rehearsals: readonly Rehearsal[] = [];
  #known: { readonly runbook: Runbook; readonly runs: PastRuns; readonly durations: PastDurations } | undefined;
  #endedRun: string | null = null;
  #isEnded = false;
  #listener: () => void = () => undefined;

  /** @param read gives the other runs, newest first, and never rejects */
  constructor(read: () => Promise<PastRuns>) {
    this.#read = read;
    this.#first = setTimeout(() => void this.#look(), FIRST_LOOK_MS);
  }

  /** Calls back (the last one who asked) when something else is known. */
  onDidChange(listener: () => void): void {
    this.#listener = listener;
  }

  /** As far as they are known by now. */
  get rehearsals(): readonly Rehearsal[] {
    return this.#rehearsals;
  }

  /** By step, as far as it is known by now. */
  durationsOf(runbook: Runbook): PastDurations {
    if (this.#known?.runbook !== runbook || this.#known.runs !== this.#runs) this.#known = { runbook, runs: this.#runs, durations: durationsOf(runbook, this.#runs.map(({ successes }) => successes)) };
    return this.#known.durations;
  }

  /** Looks again when a run has ended since. */
  follow(state: RunState | null): void {
    if (state === null || state.ended === null || state.runId === this.#endedRun) return;
    this.#endedRun = state.runId;
    void this.#look();
  }

  dispose(): void {
    this.#isEnded = true;
    clearTimeout(this.#first);
  }

  async #look(): Promise<void> {
    const runs = await this.#read();
    if (this.#isEnded || (runs.length === 0 && this.#runs.length === 0)) return;
    this.#runs = runs;
    this.#rehearsals = runs.flatMap(({ rehearsals }) => rehearsals);
    this.#listener();
  }
}
