import { isDerived, isSettled, notTaken, ownStatusOf, statusOf, withDescendants } from '../run/derived.ts';
import { forwardSteps, nextStep, NO_CLOCK, type Wait, waitOf, waitWords } from '../run/order.ts';
import { gateKey } from '../run/runbookIndex.ts';
import type { RunState, StepRecord } from '../run/state.ts';
import type { Runbook, Step } from '../runbook/model.ts';
import type { ViewInput } from './input.ts';
import { type RunbookTree, treeOf } from './tree.ts';
import type { StepViewStatus } from './viewModel.ts';
import { quoted } from './words.ts';

export interface Count {
  /** Done or skipped. */
  readonly done: number;
  /** Failed or unknown. */
  readonly failed: number;
  readonly total: number;
}

/** Where each step stands in one state of a run, looked up once. */
export class Progress {
  readonly tree: RunbookTree;
  /** Steps of the way forward that are counted, in document order; a gate counts once. */
  readonly counted: readonly Step[];
  /** The step to take next; null without a run. */
  readonly next: Step | null;
  readonly #runbook: Runbook;
  readonly #state: RunState | null;
  readonly #now: number;
  readonly #formatTime: ViewInput['formatTime'];

  /** @param clock when it is looked at (milliseconds since 1970), and how a time is said */
  constructor(runbook: Runbook, state: RunState | null, { now = NO_CLOCK, formatTime }: Pick<ViewInput, 'now' | 'formatTime'>) {
    this.#now = now;
    this.#formatTime = formatTime;
    this.tree = treeOf(runbook);
    this.#runbook = runbook;
    this.#state = state;
    this.counted = forwardSteps(runbook).filter((step) => this.isCounted(step));
    this.next = state === null ? null : nextStep(runbook, state, now);
  }

  /** What the record says of a step, or null. */
  record(stepId: string): StepRecord | null {
    return this.#state?.steps.get(stepId) ?? null;
  }

  /** The status that is shown: of the step and all below it. */
  status(step: Step): StepViewStatus {
    const status = statusOf(this.#runbook, this.#state, step.id);
    return status === 'open' && this.waits(step) !== null ? 'waiting' : status;
  }

  /** The status that its buttons go by: of the step's own commands or tick. */
  ownStatus(step: Step): StepViewStatus {
    return ownStatusOf(this.#state, step);
  }

  /** What it waits for; null when nothing, or without a run. */
  waitOf(step: Step): Wait | null {
    return this.#state === null ? null : waitOf(this.#runbook, this.#state, step, this.#now);
  }

  /** Why it cannot be taken now, in words; null when it can, or without a run. */
  waits(step: Step): string | null {
    const wait = this.waitOf(step);
    // Said as a point in time, so that it stays true while it stands there.
    if (wait?.kind === 'soak' && wait.until !== null) return `waits for the soak of ${wait.title}, until ${this.#formatTime(wait.until)}`;
    return wait === null ? null : waitWords(wait);
  }

  /** Whether only the consent of others is lacking. */
  waitsForConsent(step: Step): boolean {
    // Looked at for every step that is drawn: only few are reserved.
    return this.#state !== null && step.reservation !== null && this.waitOf(step)?.kind === 'consent';
  }

  /** Why it cannot be skipped with all that is below it, in words; null when it can, or without a run. */
  unskippable(step: Step): string | null {
    if (this.#state === null) return null;
    const parts = withDescendants(this.#runbook, step).filter((part) => !this.isDerived(part));
    const gate = parts.find((part) => part.kind === 'gate' && !isSettled(ownStatusOf(this.#state, part)));
    if (gate !== undefined) return `${quoted(gate.title)} has to be decided first.`;
    const running = parts.find((part) => ownStatusOf(this.#state, part) === 'running');
    if (running !== undefined) return `${quoted(running.title)} is running.`;
    const wait = this.waitOf(step);
    return wait?.kind === 'noGo' || wait?.kind === 'rollback' ? waitWords(wait) : null;
  }

  /** Whether it follows its sub-steps and cannot be acted on itself. */
  isDerived(step: Step): boolean {
    return isDerived(this.#runbook, step);
  }

  /** Whether another choice of its gate was taken. */
  notTaken(step: Step): boolean {
    return notTaken(this.#state, step);
  }

  /** Sub-steps that are settled, and all of them. */
  ofChildren(step: Step): { readonly done: number; readonly total: number } {
    const statuses = this.tree.childrenOf(step.id).map((child) => statusOf(this.#runbook, this.#state, child.id));
    return { done: statuses.filter(isSettled).length, total: statuses.length };
  }

  count(steps: readonly Step[]): Count {
    const statuses = steps.map((step) => (this.#isDecided(step) ? 'done' : ownStatusOf(this.#state, step)));
    return {
      done: statuses.filter(isSettled).length,
      failed: statuses.filter((status) => status === 'failed' || status === 'unknown').length,
      total: statuses.length,
    };
  }

  /** Whether every step of the way forward is settled. */
  get isComplete(): boolean {
    return this.counted.every((step) => this.#isDecided(step) || isSettled(ownStatusOf(this.#state, step)));
  }

  /** Whether a step is a unit of progress: not a parent that follows its sub-steps, and the first choice of its gate. */
  isCounted(step: Step): boolean {
    if (isDerived(this.#runbook, step)) return false;
    return step.kind !== 'gate' || this.tree.gates.get(gateKey(step))?.choices[0]?.id === step.id;
  }

  #isDecided(step: Step): boolean {
    return step.kind === 'gate' && this.#state?.gates.has(gateKey(step)) === true;
  }
}
