import { askBeforeRequest, askBeforeStep } from '../core/run/asks.ts';
import { fillRequest, isRequest } from '../core/checks/fillRequest.ts';
import { isProbe } from '../core/checks/checkSteps.ts';
import { firstCommandToRun, isSettled, ownStatusOf } from '../core/run/derived.ts';
import { assertReady } from '../core/run/decideStep.ts';
import { ACKNOWLEDGED, assertConsent, whatRuns } from '../core/run/decideCommand.ts';
import { unacknowledged } from '../core/run/drift/acknowledge.ts';
import { placeholderValues } from '../core/run/knownValues.ts';
import { askedNeeds } from '../core/run/needs.ts';
import { foregroundOf, freeLane, mayStartBeside } from '../core/run/beside.ts';
import { nextStep, runsByItself, waitOf } from '../core/run/order.ts';
import { isInForeground, runningOf } from '../core/run/running.ts';
import { askBeforeWrite } from '../core/run/fileWrite.ts';
import { askBeforeBackups } from '../core/status/askBackups.ts';
import { backupFactOf, sameBackups } from '../core/status/chooseBackup.ts';
import type { Answers } from '../core/run/question.ts';
import type { BackupFact } from '../core/run/events.ts';
import type { ExecutionState, RunState } from '../core/run/state.ts';
import type { Command, Step } from '../core/runbook/model.ts';
import { askWithTaken } from '../core/run/package/askWithTaken.ts';
import * as errors from '../core/userErrors.ts';
import type { BackgroundStops } from './backgroundStops.ts';
import type { SessionContext } from './context.ts';
import { GroupRun } from './groupRun.ts';
import { asksForSecrets } from './keptSecrets.ts';
import type { Repeater } from './repeater.ts';
import { sameCommands } from './revisions.ts';

/** Runs the commands of steps, one after the other, and goes on by itself while that is wanted. */
export class StepDriver {
  readonly #context: SessionContext;
  readonly #repeater: Repeater;
  readonly #stops: BackgroundStops;
  readonly #group: GroupRun;

  constructor(context: SessionContext, repeater: Repeater, stops: BackgroundStops) {
    this.#context = context;
    this.#repeater = repeater;
    this.#stops = stops;
    this.#group = new GroupRun(context, (stepId) => this.run(stepId, context.revisions.number, null));
  }

  /** Runs the next step, which has to be the one that the person saw (when that is said). */
  async runNext(seen: string | undefined): Promise<void> {
    const { runbook, revisions } = this.#context;
    const state = this.#running();
    const step = nextStep(runbook, state, this.#now);
    if (step === null || (seen !== undefined && seen !== step.id)) throw errors.notNext(step?.title ?? null);
    if (step.kind === 'gate') throw errors.nextIsGate(step.title);
    if (step.commands.length === 0) throw errors.nextIsManual(step.title);
    if (startsGroup(state, step)) return this.#group.begin(step);
    await this.run(step.id, revisions.number, null);
  }

  /** Whether a step has begun and not ended, also between two of its commands or attempts. */
  get isUnderWay(): boolean {
    return this.#group.isUnderWay;
  }

  /** Begins no further step of a group that is being run. */
  leaveGroup(): void {
    this.#group.leave();
  }

  /** Goes on until a failure, a gate, an attestation or a manual step. */
  async runUntilGate(): Promise<void> {
    this.#context.runningOn = true;
    if (!(await this.#goOn())) {
      const step = nextStep(this.#context.runbook, this.#running(), this.#now);
      if (step !== null && waitOf(this.#context.runbook, this.#running(), step, this.#now)?.kind === 'soak') assertReady(this.#context.runbook, this.#running(), step, this.#now);
      throw step === null ? errors.notNext(null) : step.kind === 'gate' ? errors.nextIsGate(step.title) : errors.nextIsManual(step.title);
    }
  }

  /** Runs a step, or asks what has to be asked first. `shownEdit`: hash of the edit that was shown with the question. */
  async run(stepId: string, revision: number, answers: Answers | null, shownEdit: string | null = null): Promise<void> {
    const context = this.#context;
    const taken = answers === null ? await context.packageValues.take() : [];
    if (answers !== null) await context.packageValues.assertNothingNew();
    const step = context.revisions.seen(stepId, revision);
    const state = this.#running();
    if (step.commands.length === 0) throw errors.nothingToRun(step.title);
    const before = runningOf(state, (owner) => owner.kind === 'step' && owner.stepId === stepId);
    if (before !== null && isInForeground(before)) throw errors.stepRuns(step.title);
    if (!mayStartBeside(context.runbook, state, step)) throw errors.alreadyRunning(whatRuns(context.runbook, state));
    // A check out of its order waits for nothing: it only looks.
    const probe = isProbe(context.runbook, state, step, this.#now);
    if (probe) assertConsent(state, step);
    else assertReady(context.runbook, state, step, this.#now);
    const edited = unacknowledged(state, context.drift, { kind: 'step', stepId });
    if (answers !== null && (edited?.sha256 ?? null) !== shownEdit) throw errors.staleStep(step.title);
    const question = askWithTaken(step, askBeforeStep(state, step, { documentShell: context.runbook.frontMatter.shell, edited }), taken);
    const answered = new Set(answers === null ? [] : [...answers.acknowledged, ...[...answers.fields.keys()].map((name) => `field:${name}`)]);
    const isAnswered = question === null || (answers !== null && [...question.implied, ...question.inputs.map(({ name }) => name)].every((name) => answered.has(name)));
    if (!isAnswered) {
      const shown = context.revisions.number;
      return context.prompts.ask(question, (given) => this.run(stepId, shown, given, edited?.sha256 ?? null));
    }
    if (answers !== null) context.packageValues.seen();
    if (this.#showsRequest(step, answers ?? NO_ANSWERS, revision, shownEdit)) return;
    // What is not going to run is not recorded as read before it ran.
    context.ports.assertTrusted();
    const shown = context.revisions.number;
    if (await asksForSecrets(context, () => this.run(stepId, shown, answers, shownEdit))) return;
    if (edited !== null) await context.record({ type: 'acknowledgeDrift', subject: { kind: 'step', stepId }, sha256: edited.sha256 });
    for (const [name, value] of answers?.fields ?? []) await context.record({ type: 'fillField', name, value });
    if (before !== null) await this.#endBefore(step, before);
    await this.#startAt(step, probe ? 0 : firstIndex(state, step), answers?.acknowledged ?? [], { probe });
    if (this.#group.runs(step.parallel) && answers !== null) await this.#group.fill();
  }

  /** What runs in the background is ended before it is started again: never two of it. */
  async #endBefore(step: Step, before: ExecutionState): Promise<void> {
    if ((await this.#stops.stop([before])).length > 0) throw errors.backgroundStillRuns([step.title]);
  }

  /** A request into which values were put is shown exactly as it will be sent. Says whether it asked. */
  #showsRequest(step: Step, answers: Answers, revision: number, shownEdit: string | null): boolean {
    const command = step.commands[0];
    if (command === undefined || !isRequest(command) || command.placeholders.length === 0 || answers.acknowledged.includes(ACKNOWLEDGED.request)) return false;
    const filled = (): string => fillRequest(command, placeholderValues({ ...this.#running(), fields: new Map([...this.#running().fields, ...answers.fields]) }, askedNeeds(command, step.commands, this.#context.runbook.frontMatter.shell)));
    const text = filled();
    this.#context.prompts.ask(askBeforeRequest(step, command, text), () => {
      // A value that was captured meanwhile makes it another request.
      if (filled() !== text) throw errors.staleStep(step.title);
      return this.run(step.id, revision, { ...answers, acknowledged: [...answers.acknowledged, ACKNOWLEDGED.request] }, shownEdit);
    });
    return true;
  }

  /** Shows what would become of a file. What is confirmed is that difference: another content by then is refused. */
  async #asksToWrite(step: Step, index: number, path: string, command: Command, acknowledged: readonly string[]): Promise<void> {
    const context = this.#context;
    if (samePath(path, context.options.file)) throw errors.fileIsRunbook(path);
    const now = await context.ports.files.look(path);
    if (samePath(now.realPath, context.options.file)) throw errors.fileIsRunbook(path);
    const shown = context.revisions.number;
    const question = askBeforeWrite(step, command, path, now);
    context.prompts.ask(question, (answers) => {
      const current = context.revisions.seen(step.id, shown);
      if (!sameCommands(current, step)) throw errors.staleStep(step.title);
      context.ports.assertTrusted();
      return this.#startAt(step, index, [...acknowledged, ...answers.acknowledged], { before: now.sha256 });
    });
  }

  /** Shows which backups it would remove or restore. What is confirmed is those: others by then are refused. With nothing to remove nothing is asked. */
  async #asksForBackups(step: Step, index: number, command: Command, acknowledged: readonly string[]): Promise<void> {
    const context = this.#context;
    await context.backups.look();
    const choice = context.backups.choose(command);
    if (choice === null || choice.act === 'makes') return;
    const fact = backupFactOf(choice);
    if (choice.act === 'prunes' && choice.pruning.goes.length === 0) return this.#startAt(step, index, acknowledged, { backup: fact });
    const shown = context.revisions.number;
    context.prompts.ask(askBeforeBackups(step, command, choice, context.backups.past.odd.length, this.#now), async (answers) => {
      if (!sameCommands(context.revisions.seen(step.id, shown), step)) throw errors.staleStep(step.title);
      context.ports.assertTrusted();
      await context.backups.look();
      const now = context.backups.factFor(command);
      if (now === null || !sameBackups(now, fact)) throw errors.backupsChanged(step.title);
      return this.#startAt(step, index, [...acknowledged, ...answers.acknowledged], { backup: fact });
    });
  }

  async #startAt(step: Step, index: number, acknowledged: readonly string[], { probe = false, before, backup }: StartFacts = {}): Promise<void> {
    const command = step.commands[index];
    if (command === undefined) throw errors.staleStep(step.title);
    const path = command.options.file;
    if (path !== undefined && before === undefined) return this.#asksToWrite(step, index, path, command, acknowledged);
    const { backup: use } = command.options;
    if (use !== undefined && use.act !== 'makes' && backup === undefined) return this.#asksForBackups(step, index, command, acknowledged);
    const place = step.background ? { background: true } as const : step.parallel === null ? {} : { lane: freeLane(this.#running()) };
    const start = { owner: { kind: 'step', stepId: step.id }, index, count: step.commands.length, command, askedWith: step.commands, title: step.title, acknowledged, ...place, ...(probe ? { probe } : {}), ...(before === undefined ? {} : { before }), ...(backup === undefined ? {} : { backup }), ...(step.check ? ({ check: true } as const) : {}) } as const;
    const { ended } = await this.#repeater.start(start, () => this.#isStillThere(step));
    if (!probe) this.#group.started(step);
    this.#context.inBackground(async () => {
      const ok = await ended.catch((error: unknown) => {
        this.#group.ended(step);
        throw error;
      });
      if (probe) return;
      await this.#context.tasks.inTurn(() => this.#after(step, index, acknowledged, ok));
    });
  }

  /** Goes on after a command has ended: with the step's next command, else with the next step. */
  async #after(step: Step, index: number, acknowledged: readonly string[], ok: boolean): Promise<void> {
    const context = this.#context;
    this.#group.ended(step);
    if (!ok || context.disposed) return this.#stopGoingOn();
    if (index + 1 < step.commands.length) {
      const now = context.runbook.steps.find(({ id }) => id === step.id);
      if (now === undefined || !sameCommands(now, step)) throw errors.changedWhileRunning(step.title);
      return this.#startAt(step, index + 1, acknowledged.filter((what) => !ONCE.has(what)));
    }
    if (this.#group.runs(step.parallel) && !(await this.#group.fill())) return;
    // The last of several that ran at the same time goes on.
    if (context.runningOn && foregroundOf(context.state).length === 0) await this.#goOn();
  }

  /** Starts the next step if it may be run without a person. Says whether it did (or asked). */
  async #goOn(): Promise<boolean> {
    const { runbook, revisions } = this.#context;
    const state = this.#running();
    const step = nextStep(runbook, state, this.#now);
    if (step === null || !runsByItself(state, step) || waitOf(runbook, state, step, this.#now) !== null) {
      this.#stopGoingOn();
      return false;
    }
    if (startsGroup(state, step)) await this.#group.begin(step);
    else await this.run(step.id, revisions.number, null);
    return true;
  }

  /** Whether the next attempt would run what the person saw, where the person saw it. */
  #isStillThere(step: Step): boolean {
    const { runbook, state } = this.#context;
    const now = runbook.steps.find(({ id }) => id === step.id);
    return now !== undefined && sameCommands(now, step) && state?.activeRollbackId === null;
  }

  get #now(): number {
    return this.#context.ports.clock.now();
  }

  #stopGoingOn(): void {
    this.#group.leave();
    this.#context.runningOn = false;
  }

  #running(): RunState {
    const { state } = this.#context;
    if (state === null) throw errors.noRun();
    if (state.ended !== null) throw errors.runEnded();
    return state;
  }
}

/** What is known of one start beside its step. */
interface StartFacts {
  readonly probe?: boolean;
  readonly before?: string | null;
  readonly backup?: BackupFact;
}

/** What was accepted for one command of a step and says nothing of the next. */
const ONCE: ReadonlySet<string> = new Set(['again', 'lost', ACKNOWLEDGED.file, ACKNOWLEDGED.chooses, ACKNOWLEDGED.unread]);

/** The same file whatever case a disk may take for the same. */
function samePath(a: string, b: string): boolean {
  return a.toLowerCase() === b.replaceAll('\\', '/').toLowerCase();
}

const NO_ANSWERS: Answers = { fields: new Map(), acknowledged: [], reason: null, values: new Map() };

/** Whether running a step as the next one is running its whole group: not when something has to be made good first. */
function startsGroup(state: RunState, step: Step): boolean {
  return step.parallel !== null && runsByItself(state, step);
}

/** Where a step begins: at its first command when everything in it is done already. */
function firstIndex(state: RunState, step: Step): number {
  if (isSettled(ownStatusOf(state, step))) return 0;
  return firstCommandToRun(state, step) % step.commands.length;
}
