import type { CommandOwner } from '../core/run/events.ts';
import { rollbackById } from '../core/rollback/progress.ts';
import { verdict } from '../core/run/outcome.ts';
import type { ExecutionState } from '../core/run/state.ts';
import type { Repetition } from '../core/view/input.ts';
import type { CommandRunner, Start } from './commandRunner.ts';
import type { SessionContext } from './context.ts';

/**
 * Starts commands, and those with `retry` again until they succeed. Each
 * attempt is an execution of its own. Nothing goes on by itself after a stop,
 * an unknown end, or anything else that a person does meanwhile.
 */
export class Repeater {
  readonly #context: SessionContext;
  readonly #runner: CommandRunner;
  #waiting: { readonly repetition: Repetition; readonly giveUp: () => void } | null = null;

  constructor(context: SessionContext, runner: CommandRunner) {
    this.#context = context;
    this.#runner = runner;
  }

  /** What waits for its next attempt, or null. */
  get repetition(): Repetition | null {
    return this.#waiting?.repetition ?? null;
  }

  /** Tries no more. */
  giveUp(): void {
    this.#waiting?.giveUp();
  }

  /**
   * As CommandRunner.start; `ended` tells of the last attempt.
   * @param mayGoOn asked right before the next attempt
   */
  async start(start: Start, mayGoOn: () => boolean): Promise<{ readonly ended: Promise<boolean> }> {
    const { repeat } = start.command.options;
    if (repeat === null) return this.#runner.start(start);
    const of = repeat.times;
    const { ended } = await this.#runner.start({ ...start, attempt: { number: 1, of } });
    return { ended: this.#follow(start, ended, mayGoOn) };
  }

  async #follow(start: Start, first: Promise<boolean>, mayGoOn: () => boolean): Promise<boolean> {
    const { repeat } = start.command.options;
    const acknowledged = start.acknowledged.filter((what) => what !== 'again' && what !== 'lost');
    let ended: Promise<boolean> | null = first;
    for (let number = 2; ended !== null; number += 1) {
      if (await ended) return true;
      if (repeat === null || number > repeat.times || !this.#mayRepeat(start.owner)) return false;
      if (!(await this.#wait({ owner: start.owner, next: { number, of: repeat.times }, everySeconds: repeat.everySeconds }))) return false;
      const attempt = { number, of: repeat.times };
      const goesOn = (): boolean => this.#waiting !== null && mayGoOn() && this.#mayRepeat(start.owner);
      const started: { readonly ended: Promise<boolean> } | null = await this.#context.tasks.inTurn(() => (goesOn() ? this.#startAttempt({ ...start, acknowledged, attempt }) : Promise.resolve(null))).finally(() => this.#stopWaiting());
      ended = started?.ended ?? null;
    }
    return false;
  }

  /** Stop may be pressed while the attempt is being recorded: then it is stopped as soon as there is something to stop. */
  async #startAttempt(start: Start): Promise<{ readonly ended: Promise<boolean> }> {
    const started = await this.#runner.start(start);
    const latest = latestOf(this.#context, start.owner);
    if (this.#waiting === null && latest !== null) await this.#runner.stop(latest.executionId, false);
    return started;
  }

  #stopWaiting(): void {
    this.#waiting = null;
    this.#context.changed();
  }

  /** Only what really failed is tried again: not what was stopped, lost, never begun, or not seen. */
  #mayRepeat(owner: CommandOwner): boolean {
    const { disposed, state } = this.#context;
    if (disposed || state === null || state.ended !== null || state.activeExecutionId !== null) return false;
    const last = latestOf(this.#context, owner);
    const kind = last?.outcome?.kind;
    return last !== null && last.stopRequested === 'no' && verdict(last) === 'failed' && (kind === 'exited' || kind === 'timedOut' || kind === 'answered' || kind === 'unanswered');
  }

  #wait(repetition: Repetition): Promise<boolean> {
    const context = this.#context;
    if (this.#waiting !== null) return Promise.resolve(false);
    return new Promise((resolve) => {
      const settle = (goesOn: boolean): void => {
        cancel();
        // Until the next attempt is on disk it is still waited for: what is tried again has not failed for good.
        if (!goesOn || context.disposed) this.#stopWaiting();
        resolve(goesOn && !context.disposed);
      };
      const cancel = context.ports.clock.after(repetition.everySeconds * 1000, () => settle(true));
      this.#waiting = { repetition, giveUp: () => settle(false) };
      context.changed();
    });
  }
}

/** The latest execution of a step or rollback. */
function latestOf({ state }: SessionContext, owner: CommandOwner): ExecutionState | null {
  if (state === null) return null;
  if (owner.kind === 'rollback') return state.executions.get(rollbackById(state, owner.rollbackId)?.executionIds.at(-1) ?? '') ?? null;
  const record = state.steps.get(owner.stepId);
  return state.executions.get((record?.isProbedLast === true ? record.probeIds : record?.executionIds)?.at(-1) ?? '') ?? null;
}
