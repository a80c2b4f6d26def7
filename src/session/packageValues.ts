import { activeRollback } from '../core/rollback/progress.ts';
import { foregroundOf } from '../core/run/beside.ts';
import type { TakenValue } from '../core/run/events.ts';
import { rootIdOf, runsOfRoot } from '../core/run/package/packageRuns.ts';
import { takerOf, valuesToTake } from '../core/run/package/valuesToTake.ts';
import * as errors from '../core/userErrors.ts';
import type { SessionContext } from './context.ts';

/** What the other runs of a package state, taken into this run, and what of it nobody has agreed to run with yet. */
export class PackageValues {
  readonly #context: SessionContext;
  #unseen: readonly TakenValue[] = [];
  /** Whether a step is between two of its commands or attempts. */
  isUnderWay: () => boolean = () => false;

  constructor(context: SessionContext) {
    this.#context = context;
  }

  /**
   * Uses from here on what the other runs of the package state by now.
   * Before anything is shown or asked, so that it is what was seen that runs.
   * @returns everything that was taken since a person last agreed: leaving a question is no agreement
   */
  async take(): Promise<readonly TakenValue[]> {
    const values = await this.fresh();
    if (values.length > 0) await this.#context.record({ type: 'takeValues', values });
    const names = new Set(values.map(({ name }) => name));
    this.#unseen = [...this.#unseen.filter(({ name }) => !names.has(name)), ...values];
    return this.#unseen;
  }

  /** A person has read what was taken, and goes on with it. */
  seen(): void {
    this.#unseen = [];
  }

  /** What was shown is not what would run any more: another run of the package has stated something since. */
  async assertNothingNew(): Promise<void> {
    const values = await this.fresh();
    if (values.length > 0) throw errors.packageValuesChanged(values.map(({ name }) => name));
  }

  /** What others state and this run does not use yet. Nothing in the middle of a step or a rollback: its commands belong together. */
  async fresh(): Promise<readonly TakenValue[]> {
    const { ports, runbook, state } = this.#context;
    if (ports.packageRuns === undefined || state === null || state.ended !== null || activeRollback(state) !== null) return [];
    if (foregroundOf(state).length > 0 || this.isUnderWay()) return [];
    const { runs, unread } = await ports.packageRuns.read();
    // The newest statement may be in what could not be read: the notice above the steps says so. What has ended holds up nothing.
    if (unread.some(({ isOpen }) => isOpen)) return [];
    const others = runsOfRoot(runs, rootIdOf(state)).filter(({ runId }) => runId !== state.runId);
    return valuesToTake(takerOf(runbook, state), others).values;
  }
}
