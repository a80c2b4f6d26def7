import { activeRollback } from '../core/rollback/progress.ts';
import type { RunState } from '../core/run/state.ts';
import type { Clock } from './ports.ts';

/** Notices when the rollback that is under way has used up its budget. It only says so. */
export class BudgetWatch {
  readonly #clock: Clock;
  readonly #onDidRunOver: () => void;
  #watched: string | null = null;
  #cancel: (() => void) | null = null;

  constructor(clock: Clock, onDidRunOver: () => void) {
    this.#clock = clock;
    this.#onDidRunOver = onDidRunOver;
  }

  isOver(state: RunState | null): boolean {
    const left = this.#left(state);
    return left !== null && left <= 0;
  }

  /** Looks again at what has to be watched. */
  update(state: RunState | null): void {
    const id = activeRollback(state)?.rollbackId ?? null;
    if (id === this.#watched) return;
    this.#watched = id;
    this.#cancel?.();
    const left = this.#left(state);
    this.#cancel = left === null || left <= 0 ? null : this.#clock.after(left, this.#onDidRunOver);
  }

  dispose(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  /** Milliseconds that are left of the budget, or null without one. */
  #left(state: RunState | null): number | null {
    const rollback = activeRollback(state);
    if (rollback?.budgetSeconds == null) return null;
    const started = Date.parse(rollback.startedAt);
    return Number.isNaN(started) ? null : started + rollback.budgetSeconds * 1000 - this.#clock.now();
  }
}
