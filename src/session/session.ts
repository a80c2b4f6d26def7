import type { CommandOwner } from '../core/run/events.ts';
import { rootIdOf } from '../core/run/package/packageRuns.ts';
import { referenceWords } from '../core/run/package/partOfWords.ts';
import { runningOf } from '../core/run/running.ts';
import type { RunState } from '../core/run/state.ts';
import type { Runbook } from '../core/runbook/model.ts';
import * as errors from '../core/userErrors.ts';
import type { RunSession, SessionCommand, SessionOptions, SessionPorts, SessionSnapshot } from './api.ts';
import { BackgroundStops } from './backgroundStops.ts';
import { BudgetWatch } from './budgetWatch.ts';
import { askToEndSoak } from './endSoak.ts';
import { CommandRunner } from './commandRunner.ts';
import { SessionContext } from './context.ts';
import { LevelHashes } from './levelHashes.ts';
import { RollbackDriver } from './rollbackDriver.ts';
import { askToRebase } from './rebaseRun.ts';
import { Repeater } from './repeater.ts';
import { RunLife } from './runLife.ts';
import { rootsOf } from './startForm.ts';
import { actOnStep } from './stepActions.ts';
import { StepDriver } from './stepDriver.ts';
import { MonitorWatch } from './monitorWatch.ts';
import { TimeWatch } from './timeWatch.ts';
import { VerifyDriver } from './verifyDriver.ts';

/** A session for a runbook: reading it, and running it once a run is started or taken up. */
export function createSession(ports: SessionPorts, runbook: Runbook, text: string, options: SessionOptions): RunSession {
  return new Session(ports, runbook, text, options);
}

class Session implements RunSession {
  readonly #context: SessionContext;
  readonly #runner: CommandRunner;
  readonly #life: RunLife;
  readonly #repeater: Repeater;
  readonly #steps: StepDriver;
  readonly #verify: VerifyDriver;
  readonly #rollback: RollbackDriver;
  readonly #levels: LevelHashes;
  readonly #budget: BudgetWatch;
  readonly #time: TimeWatch;
  readonly #monitors: MonitorWatch;
  readonly #listeners = new Set<(snapshot: SessionSnapshot) => void>();
  readonly #outputListeners = new Set<(executionId: string, tail: string) => void>();
  readonly #liveOutput = new Map<string, string>();
  readonly #stopListening: () => void;
  #snapshot: SessionSnapshot | null = null;
  /** What went wrong when the record was last read again. */
  #unread: string | null = null;

  constructor(ports: SessionPorts, runbook: Runbook, text: string, options: SessionOptions) {
    this.#context = new SessionContext(ports, runbook, text, options, () => this.#changed());
    this.#runner = new CommandRunner(this.#context, () => this.#goNoFurther());
    const stops = new BackgroundStops(this.#context, this.#runner);
    this.#life = new RunLife(this.#context, this.#runner, stops);
    this.#repeater = new Repeater(this.#context, this.#runner);
    this.#steps = new StepDriver(this.#context, this.#repeater, stops);
    this.#context.packageValues.isUnderWay = () => this.#steps.isUnderWay || this.#repeater.repetition !== null;
    this.#verify = new VerifyDriver(this.#context, this.#repeater);
    this.#rollback = new RollbackDriver(this.#context, this.#repeater, (then) => this.#life.start(then));
    this.#levels = new LevelHashes((text) => ports.ids.sha256(text));
    this.#budget = new BudgetWatch(ports.clock, () => this.#changed());
    this.#monitors = new MonitorWatch(this.#context, () => this.#life.drives && this.#context.lockedBecause === null);
    this.#time = new TimeWatch(
      ports.clock,
      () => ({ runbook: this.#context.runbook, state: this.#context.state, drives: this.#life.drives && this.#context.lockedBecause === null }),
      () => this.#changed(),
      () => this.#context.inBackground(() => this.#context.record({ type: 'noteOverruns' })),
    );
    this.#context.backups.lookLater();
    this.#stopListening = ports.executor.onDidOutput((executionId, tail) => this.#output(executionId, tail));
  }

  get snapshot(): SessionSnapshot {
    this.#snapshot ??= this.#look();
    return this.#snapshot;
  }

  get baseText(): string | null {
    const { state, revisions } = this.#context;
    return state === null || state.ended !== null ? null : (revisions.base?.text ?? null);
  }

  onDidChange(listener: (snapshot: SessionSnapshot) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  onDidOutput(listener: (executionId: string, tail: string) => void): () => void {
    this.#outputListeners.add(listener);
    return () => this.#outputListeners.delete(listener);
  }

  setRunbook(runbook: Runbook, text: string): void {
    if (text === this.#context.revisions.text) return;
    this.#context.revisions.update(runbook, text);
    this.#context.backups.lookLater();
    this.#context.changed();
  }

  perform(command: SessionCommand): Promise<void> {
    const immediate = this.#immediately(command);
    if (immediate !== null) return this.#guarded(immediate);
    return this.#context.tasks.inTurn(() =>
      this.#guarded(async () => {
        await this.#runner.flush();
        // A question that is left for something else is not answered: what waited behind it does not go on.
        if (this.#context.prompts.view !== null) this.#goNoFurther();
        this.#context.prompts.close();
        await this.#do(command);
      }),
    );
  }

  answer(promptId: string, answers: Readonly<Record<string, string>> | null): Promise<void> {
    return this.#context.tasks.inTurn(() =>
      this.#guarded(async () => {
        const { prompts } = this.#context;
        if (answers !== null) return prompts.answer(promptId, answers);
        if (prompts.view?.id !== promptId) throw errors.promptGone();
        this.#goNoFurther();
        prompts.close();
      }),
    );
  }

  resume(runId: string): Promise<void> {
    return this.#context.tasks.inTurn(() => this.#guarded(() => this.#take(runId, false)));
  }

  refresh(): Promise<void> {
    return this.#context.tasks.inTurn(async () => {
      try {
        if (!this.#context.disposed) await this.#life.refresh();
        if (this.#unread !== null && this.#context.error === this.#unread) this.#context.succeeded();
        this.#unread = null;
      } catch (error) {
        this.#context.failed(error);
        this.#unread = this.#context.error;
      }
    });
  }

  lookAtRecords(): void {
    this.#context.backups.lookLater();
  }

  whenIdle(): Promise<void> {
    return this.#context.tasks.whenIdle();
  }

  dispose(): void {
    if (this.#context.disposed) return;
    this.#context.backups.dispose();
    this.#context.dispose();
    this.#repeater.giveUp();
    this.#runner.dispose();
    this.#budget.dispose();
    this.#time.dispose();
    this.#monitors.dispose();
    this.#stopListening();
    this.#life.dispose();
    this.#listeners.clear();
    this.#outputListeners.clear();
  }

  /** Stop and pause do not wait for anything. */
  #immediately(command: SessionCommand): (() => Promise<void>) | null {
    if (command.type === 'pause') return () => this.#pause();
    if (command.type === 'stopRollback') return () => this.#stop((owner) => owner.kind === 'rollback', false);
    if (command.type !== 'step' || (command.action !== 'stop' && command.action !== 'forceStop')) return null;
    return () => this.#stop((owner) => owner.kind === 'step' && owner.stepId === command.stepId, command.action === 'forceStop');
  }

  /** Without a run the plan can be read and not confirmed. One that would be a part of no other is for the person to start. */
  async #planAsPart(level: number, rootId: string | null): Promise<void> {
    const context = this.#context;
    const { state } = context;
    if (state !== null && state.ended === null) {
      // A level of tonight must not run in what was left open of another night.
      if (rootId !== null && rootIdOf(state) !== rootId) throw errors.partOfAnotherRun(context.runbook.title, ownPlace(state));
      return this.#rollback.show(level);
    }
    await this.#rollback.show(level);
    context.assertUnlocked();
    const { going, overtaken } = await rootsOf(context);
    if (![...going, ...overtaken].some(({ runId }) => runId === rootId)) return;
    await this.#life.start(() => this.#rollback.show(level), rootId);
  }

  async #do(command: SessionCommand): Promise<void> {
    if (command.type === 'planRollback' && command.joins !== undefined) return this.#planAsPart(command.level, command.joins.rootId);
    if (command.type === 'planRollback' || command.type === 'planRehearsal') return this.#rollback.show(command.level, command.type === 'planRehearsal');
    if (command.type === 'closeRollback') return this.#rollback.close();
    if (command.type === 'takeOver') return this.#take(this.#context.state?.runId ?? null, true);
    this.#context.assertUnlocked();
    if (endsRepetition(command)) {
      this.#repeater.giveUp();
      this.#verify.stop();
    }
    switch (command.type) {
      case 'startRun':
        this.#steps.leaveGroup();
        this.#verify.forget();
        return this.#life.start();
      case 'verify':
        return this.#verify.ask(command.sectionId);
      case 'runNext':
        return this.#steps.runNext(command.stepId);
      case 'runUntilGate':
        return this.#steps.runUntilGate();
      case 'endRun':
        return this.#life.end(false);
      case 'abandonRun':
        return this.#life.end(true);
      case 'confirmRollback':
      case 'confirmRehearsal':
        return this.#rollback.confirm({ ...command, isRehearsal: command.type === 'confirmRehearsal' }, null);
      case 'retryRollback':
        return this.#rollback.retry(null);
      case 'abandonRollback':
        return this.#rollback.abandon();
      case 'watchMonitors':
        return this.#monitors.ask();
      case 'stopMonitors':
        return this.#context.record({ type: 'stopMonitors' });
      case 'endSoak':
        return askToEndSoak(this.#context);
      case 'rebaseRun':
        return askToRebase(this.#context);
      case 'step':
        if (command.action === 'run' || command.action === 'retry') return this.#steps.run(command.stepId, command.revision, null);
        if (command.action !== 'stop' && command.action !== 'forceStop') return actOnStep(this.#context, command.action, command.stepId, command.revision);
    }
  }

  /** Begins nothing more by itself. What runs goes on. */
  #goNoFurther(): void {
    this.#context.runningOn = false;
    this.#steps.leaveGroup();
  }

  #pause(): Promise<void> {
    this.#goNoFurther();
    this.#verify.stop();
    return Promise.resolve();
  }

  #stop(isIt: (owner: CommandOwner) => boolean, force: boolean): Promise<void> {
    this.#context.assertUnlocked();
    this.#goNoFurther();
    this.#verify.stop();
    const waiting = this.#repeater.repetition;
    if (waiting !== null && isIt(waiting.owner)) {
      this.#repeater.giveUp();
      return Promise.resolve();
    }
    const { state } = this.#context;
    const execution = runningOf(state, isIt);
    if (execution === null) throw errors.nothingRuns();
    return this.#runner.stop(execution.executionId, force);
  }

  async #take(runId: string | null, takeOver: boolean): Promise<void> {
    if (runId === null) throw errors.noRun();
    const open = await this.#life.take(runId, takeOver);
    this.#context.inBackground(async () => {
      await this.#life.recover(open);
      if (this.#context.lockedBecause === null) await this.#context.tasks.inTurn(() => this.#rollback.resume());
    });
  }

  async #guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.#context.succeeded();
    } catch (error) {
      this.#context.failed(error);
      throw error;
    }
  }

  #changed(): void {
    this.#snapshot = null;
    this.#budget.update(this.#context.state);
    this.#time.update();
    this.#monitors.update();
    for (const listener of this.#listeners) tell(() => listener(this.snapshot));
  }

  #output(executionId: string, tail: string): void {
    const masked = this.#context.secrets.mask(tail);
    this.#liveOutput.set(executionId, masked);
    this.#snapshot = null;
    for (const listener of this.#outputListeners) tell(() => listener(executionId, masked));
  }

  #look(): SessionSnapshot {
    const context = this.#context;
    const { state, revisions } = context;
    for (const id of this.#liveOutput.keys()) if (state?.running.has(id) !== true) this.#liveOutput.delete(id);
    return {
      now: context.ports.clock.now(),
      runbook: revisions.runbook,
      revision: revisions.number,
      state,
      prompt: context.prompts.view,
      plan: this.#rollback.plan,
      rehearsable: this.#levels.of(revisions.runbook, revisions.text),
      runningOn: context.runningOn,
      overBudget: this.#budget.isOver(state),
      drift: context.drift,
      isEdited: state !== null && state.ended === null && revisions.isEdited,
      vanishedSteps: revisions.vanished(state),
      lockedBecause: context.lockedBecause,
      damage: this.#life.damage,
      liveOutput: new Map(this.#liveOutput),
      foundAgain: new Set(this.#runner.foundAgain),
      repetition: this.#repeater.repetition,
      verification: this.#verify.verification,
      monitors: this.#monitors.view,
      ...context.backups.seen,
      error: context.error,
    };
  }
}

/** Whether an act of a person takes the place of what goes on by itself. Looking, ticking and deciding do not. */
function endsRepetition(command: SessionCommand): boolean {
  if (command.type === 'step') return !['tick', 'untick', 'go'].includes(command.action);
  return command.type !== 'planRollback' && command.type !== 'planRehearsal' && command.type !== 'closeRollback' && command.type !== 'takeOver' && command.type !== 'watchMonitors' && command.type !== 'stopMonitors' && command.type !== 'endSoak';
}

/** `part of run K3PD of release.md`, or a run of its own. */
function ownPlace({ partOf }: RunState): string {
  return partOf === null ? 'a run of its own' : `part of ${referenceWords(partOf)}`;
}

/** A listener that throws must not make a recorded fact look like a failed one; its error still surfaces as unhandled. */
function tell(listener: () => void): void {
  try {
    listener();
  } catch (error) {
    void Promise.reject(error instanceof Error ? error : new Error(String(error)));
  }
}
