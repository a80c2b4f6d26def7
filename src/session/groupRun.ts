import { askBeforeStep } from '../core/run/asks.ts';
import { foregroundOf, groupOf, mayStartBeside, MOST_AT_ONCE } from '../core/run/beside.ts';
import { unacknowledged } from '../core/run/drift/acknowledge.ts';
import { runsByItself, waitOf } from '../core/run/order.ts';
import { runningOf } from '../core/run/running.ts';
import type { RunState } from '../core/run/state.ts';
import type { Step } from '../core/runbook/model.ts';
import type { SessionContext } from './context.ts';

/**
 * A parallel group that is being run as a whole: its steps begin one after the
 * other without waiting for each other, as many at once as there may be. What
 * asks first comes first, so that nothing waits for an answer beside others.
 */
export class GroupRun {
  readonly #context: SessionContext;
  readonly #run: (stepId: string) => Promise<void>;
  /** Steps that are under way, also between two of their commands. */
  readonly #going = new Set<string>();
  #parallel: string | null = null;

  /** `run` starts a step, or asks what has to be asked before. */
  constructor(context: SessionContext, run: (stepId: string) => Promise<void>) {
    this.#context = context;
    this.#run = run;
  }

  /** Whether any step is under way, in a group or alone. */
  get isUnderWay(): boolean {
    return this.#going.size > 0;
  }

  /** Whether this group is being run as a whole. */
  runs(parallel: string | null): boolean {
    return parallel !== null && parallel === this.#parallel;
  }

  /** Begins with the group of a step. */
  async begin({ parallel }: Step): Promise<void> {
    this.#parallel = parallel;
    await this.fill();
  }

  /** Begins no further step. What runs goes on. */
  leave(): void {
    this.#parallel = null;
  }

  started({ id }: Step): void {
    this.#going.add(id);
  }

  ended({ id }: Step): void {
    this.#going.delete(id);
  }

  /** Begins what may begin now. Says whether the group is over: nothing of it runs, and nothing of it may begin. */
  async fill(): Promise<boolean> {
    for (let step = this.#next(); step !== null; step = this.#next()) {
      try {
        await this.#run(step.id);
      } catch (error) {
        this.leave();
        throw error;
      }
      if (this.#context.prompts.view !== null) return false;
    }
    const isOver = this.#parallel !== null && this.#going.size === 0 && foregroundOf(this.#context.state).length === 0;
    if (isOver) this.leave();
    return isOver;
  }

  #next(): Step | null {
    const { runbook, state, disposed } = this.#context;
    if (disposed || state === null || state.ended !== null || this.#parallel === null || this.#going.size >= MOST_AT_ONCE) return null;
    const ready = groupOf(runbook, this.#parallel).filter((step) => this.#isReady(state, step));
    return ready.find((step) => this.#asks(state, step)) ?? ready[0] ?? null;
  }

  #isReady(state: RunState, step: Step): boolean {
    const { runbook } = this.#context;
    const isUnderWay = this.#going.has(step.id) || runningOf(state, (owner) => owner.kind === 'step' && owner.stepId === step.id) !== null;
    return !isUnderWay && runsByItself(state, step) && waitOf(runbook, state, step, this.#context.ports.clock.now()) === null && mayStartBeside(runbook, state, step);
  }

  #asks(state: RunState, step: Step): boolean {
    const { runbook, drift } = this.#context;
    try {
      return askBeforeStep(state, step, { documentShell: runbook.frontMatter.shell, edited: unacknowledged(state, drift, { kind: 'step', stepId: step.id }) }) !== null;
    } catch {
      // What cannot be asked cannot be run: running it says why.
      return true;
    }
  }
}
