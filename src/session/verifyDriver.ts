import { askBeforeChecks } from '../core/run/askChecks.ts';
import { isRequest } from '../core/checks/fillRequest.ts';
import { checkSteps, isProbe } from '../core/checks/checkSteps.ts';
import { consentOf, isGiven } from '../core/run/consent.ts';
import { unacknowledged } from '../core/run/drift/acknowledge.ts';
import { withTaken } from '../core/run/package/askWithTaken.ts';
import type { Answers } from '../core/run/question.ts';
import type { RunState } from '../core/run/state.ts';
import type { Command, Step } from '../core/runbook/model.ts';
import * as errors from '../core/userErrors.ts';
import type { Verification } from '../core/view/input.ts';
import type { SessionContext } from './context.ts';
import { asksForSecrets } from './keptSecrets.ts';
import type { Repeater } from './repeater.ts';
import { sameCommands } from './revisions.ts';

function isReserved(state: RunState, step: Step): boolean {
  const consent = consentOf(state, step);
  return consent !== null && !isGiven(consent);
}

/** Runs all checks of a section or of the whole run, one after the other, whatever they say. */
export class VerifyDriver {
  readonly #context: SessionContext;
  readonly #repeater: Repeater;
  #verification: Verification | null = null;
  #askedWith: readonly Command[] = [];

  constructor(context: SessionContext, repeater: Repeater) {
    this.#context = context;
    this.#repeater = repeater;
  }

  /** The checks that are being run together, or were last. */
  get verification(): Verification | null {
    return this.#verification;
  }

  /** Shows exactly what would be run, and asks. */
  async ask(sectionId: string | null): Promise<void> {
    const context = this.#context;
    const taken = await context.packageValues.take();
    const { runbook, state, drift, revisions } = context;
    if (state === null) throw errors.noRun();
    if (state.ended !== null) throw errors.runEnded();
    if (state.activeExecutionId !== null) throw errors.stopFirst();
    const title = sectionId === null ? null : (runbook.sections.find(({ id }) => id === sectionId)?.title ?? null);
    const all = checkSteps(runbook, sectionId);
    if (all.length === 0) throw errors.noChecks(title);
    // What has to be dealt with by itself: an edit, a request with values in it, what is reserved for others.
    const isUnread = (step: Step): boolean => isReserved(state, step) || isToBeRead(step);
    const isToBeRead = ({ id, commands }: Step): boolean => unacknowledged(state, drift, { kind: 'step', stepId: id }) !== null || commands.some((command) => isRequest(command) && command.placeholders.length > 0);
    const steps = all.filter((step) => !isUnread(step));
    const unread = all.filter(isUnread);
    if (steps.length === 0) throw errors.checksToRead(all[0]?.title ?? '');
    const shown = revisions.number;
    context.prompts.ask(withTaken(askBeforeChecks(state, title, steps, unread, runbook.frontMatter.shell), taken), async (answers) => {
      for (const step of steps) revisions.seen(step.id, shown);
      await context.packageValues.assertNothingNew();
      context.packageValues.seen();
      context.ports.assertTrusted();
      const begin = (): Promise<void> => this.#begin(title, steps, unread, answers);
      if (!(await asksForSecrets(context, begin))) await begin();
    });
  }

  async #begin(title: string | null, steps: readonly Step[], unread: readonly Step[], answers: Answers): Promise<void> {
    const context = this.#context;
    for (const [name, value] of answers.fields) await context.record({ type: 'fillField', name, value });
    this.#show({ title, checks: steps.map(({ id, title: words }) => ({ stepId: id, title: words, executionId: null })), isOver: false, leftOut: unread.map(({ title: words }) => words) });
    this.#askedWith = steps.flatMap(({ commands }) => commands);
    await this.#next(steps, answers);
  }

  /** Begins no further check. */
  stop(): void {
    if (this.#verification !== null && !this.#verification.isOver) this.#show({ ...this.#verification, isOver: true });
  }

  /** Another run begins: what was verified in the last one says nothing of it. */
  forget(): void {
    this.#verification = null;
  }

  async #next([step, ...rest]: readonly Step[], answers: Answers): Promise<void> {
    const context = this.#context;
    const { runbook, state } = context;
    if (this.#verification === null || this.#verification.isOver || context.disposed) return;
    if (step === undefined || state === null || state.ended !== null || state.activeExecutionId !== null) return this.stop();
    const now = runbook.steps.find(({ id }) => id === step.id);
    const command = now?.commands[0];
    if (now === undefined || command === undefined || !sameCommands(now, step)) return this.#next(rest, answers);
    const probe = isProbe(runbook, state, step, context.ports.clock.now()) ? ({ probe: true } as const) : {};
    const goesOn = (): boolean => this.#verification !== null && !this.#verification.isOver;
    const { ended } = await this.#repeater.start({ owner: { kind: 'step', stepId: step.id }, index: 0, count: 1, command, askedWith: this.#askedWith, title: step.title, acknowledged: answers.acknowledged, check: true, ...probe }, goesOn);
    const started = context.state?.activeExecutionId ?? null;
    this.#show({ ...this.#verification, checks: this.#verification.checks.map((check) => (check.stepId === step.id ? { ...check, executionId: started } : check)) });
    context.inBackground(async () => {
      try {
        await ended;
      } catch (error) {
        this.stop();
        throw error;
      }
      const last = context.state?.steps.get(step.id);
      const execution = (last?.isProbedLast === true ? last.probeIds : last?.executionIds)?.at(-1) ?? null;
      if (this.#verification !== null) this.#show({ ...this.#verification, checks: this.#verification.checks.map((check) => (check.stepId === step.id ? { ...check, executionId: execution } : check)) });
      await context.tasks.inTurn(() => this.#next(rest, answers));
    });
  }

  #show(verification: Verification): void {
    this.#verification = verification;
    this.#context.changed();
  }
}
