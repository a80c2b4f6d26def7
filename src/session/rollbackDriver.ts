import { activeRollback, rollbackProgress } from '../core/rollback/progress.ts';
import type { RollbackPlan } from '../core/rollback/plan.ts';
import { UNDO_LEVEL } from '../core/rollback/levelName.ts';
import { withBackups } from '../core/rollback/planBackups.ts';
import { planOfBegunUndo } from '../core/rollback/planUndo.ts';
import { closedBy } from '../core/rollback/remains.ts';
import { planRehearsal } from '../core/rollback/planRehearsal.ts';
import { planRollback } from '../core/rollback/planRollback.ts';
import type { BackupFact } from '../core/run/events.ts';
import type { Command } from '../core/runbook/model.ts';
import { unacknowledged } from '../core/run/drift/acknowledge.ts';
import type { Change } from '../core/run/drift/compare.ts';
import { askBeforeRollback, askReason, type RollbackStart } from '../core/run/asks.ts';
import type { Answers } from '../core/run/question.ts';
import type { RollbackState } from '../core/run/state.ts';
import * as errors from '../core/userErrors.ts';
import type { SessionContext } from './context.ts';
import { asksForSecrets } from './keptSecrets.ts';
import type { Repeater } from './repeater.ts';

/** The plan that a person saw and confirmed. */
export interface Confirmed {
  readonly level: number;
  readonly planId: string;
  readonly isRehearsal: boolean;
}

/** Plans rollbacks and rehearsals of them, runs a confirmed one command by command, and goes on with an interrupted one. */
export class RollbackDriver {
  readonly #context: SessionContext;
  readonly #repeater: Repeater;
  readonly #startRun: (then: () => Promise<void>) => Promise<void>;
  #plan: RollbackPlan | null = null;

  /** `startRun` begins a run record, for a rollback without one, and goes on once it has begun. */
  constructor(context: SessionContext, repeater: Repeater, startRun: (then: () => Promise<void>) => Promise<void>) {
    this.#context = context;
    this.#repeater = repeater;
    this.#startRun = startRun;
  }

  /** The plan that is looked at or that runs. */
  get plan(): RollbackPlan | null {
    return this.#plan;
  }

  /** Shows what rolling back to a level, or rehearsing that, would run. Runs nothing. */
  async show(level: number, isRehearsal = false): Promise<void> {
    const failure = await this.#taken();
    await this.#context.backups.look();
    const { state } = this.#context;
    const active = activeRollback(state);
    if (state !== null && active !== null && rollbackProgress(state, active).phase === 'running') throw errors.alreadyRunning('The rollback');
    const isActive = active?.level === level && (level === UNDO_LEVEL || ((active.rehearsal !== null) === isRehearsal && active.commands.some(({ backup }) => backup !== undefined)));
    this.#look(active !== null && isActive ? this.#planOf(active) : this.#planNow(level, isRehearsal));
    if (failure !== null) throw failure;
  }

  close(): void {
    this.#look(null);
  }

  /**
   * A plan can be looked at in a window that does not drive the run: then nothing is taken. It can also be read
   * when its record cannot be written, for its commands may have to be typed by hand: what went wrong is said beside it.
   */
  async #taken(): Promise<Error | null> {
    if (this.#context.lockedBecause !== null) return null;
    try {
      await this.#context.packageValues.take();
      return null;
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  /** Values that came since the plan was shown are taken, shown, and not run with. */
  async #assertValuesSeen(level: number, isRehearsal: boolean): Promise<void> {
    const fresh = await this.#context.packageValues.fresh();
    if (fresh.length === 0) return;
    await this.#context.packageValues.take();
    this.#look(this.#planNow(level, isRehearsal));
    throw errors.packageValuesChanged(fresh.map(({ name }) => name));
  }

  /** Runs the plan that was shown, if it is still the same. `shownEdit`: hash of the edit that was shown with a question. Begins a run record when there is no run; a rehearsal needs one. */
  async confirm({ level, planId, isRehearsal }: Confirmed, answers: Answers | null, shownEdit: string | null = null): Promise<void> {
    if (this.#context.state?.activeExecutionId != null) throw errors.stopFirst();
    await this.#assertValuesSeen(level, isRehearsal);
    const { ports, state } = this.#bound();
    await this.#context.backups.look();
    const plan = this.#planNow(level, isRehearsal);
    this.#look(plan);
    if (plan.planId !== planId) throw errors.planChanged(level);
    if (plan.cannotRun !== undefined && state !== null && state.ended === null) throw errors.planCannotRun(plan.cannotRun);
    const subject = { kind: 'level', level } as const;
    const edited = unacknowledged(state, this.#context.drift, subject);
    if (answers !== null && (edited?.sha256 ?? null) !== shownEdit) throw errors.planChanged(level);
    if (this.#asks(plan, 0, 'begin', edited, answers, (given) => this.confirm({ level, planId, isRehearsal }, given, edited?.sha256 ?? null))) return;
    ports.assertTrusted();
    const roll = (): Promise<void> => this.#begin(plan, edited, answers);
    if (state === null || state.ended !== null) return this.#startRun(() => this.#firstNamed(plan, roll));
    if (await asksForSecrets(this.#context, () => this.confirm({ level, planId, isRehearsal }, answers, shownEdit))) return;
    await roll();
  }

  /** Which backups a plan uses is known only in its run: what a person has not seen is shown first. */
  async #firstNamed(plan: RollbackPlan, roll: () => Promise<void>): Promise<void> {
    await this.#context.backups.look();
    const now = this.#planNow(plan.level, plan.rehearsal !== undefined);
    if (now.planId === plan.planId && now.cannotRun === undefined) return roll();
    this.#look(now);
    throw now.cannotRun === undefined ? errors.planNamesBackup(plan.level) : errors.planCannotRun(now.cannotRun);
  }

  async #begin(plan: RollbackPlan, edited: ReturnType<typeof unacknowledged>, answers: Answers | null): Promise<void> {
    const { ports, record } = this.#bound();
    const subject = { kind: 'level', level: plan.level } as const;
    if (edited !== null) await record({ type: 'acknowledgeDrift', subject, sha256: edited.sha256 });
    const rollbackId = ports.ids.id();
    await record({ type: 'startRollback', rollbackId, plan });
    this.#context.packageValues.seen();
    await this.#goOn(plan, rollbackId, answers);
  }

  /** Goes on at the first command that has not succeeded, if the level is still what was confirmed. */
  async retry(answers: Answers | null): Promise<void> {
    const { state } = this.#context;
    const rollback = activeRollback(state);
    if (state === null || rollback === null) throw errors.noRollback();
    if (state.activeExecutionId !== null) throw errors.alreadyRunning('The rollback');
    const plan = this.#planOf(rollback);
    if (plan?.planId !== rollback.planSha256) throw errors.planChangedMidway(rollback.level);
    this.#look(plan);
    const { next, phase } = rollbackProgress(state, rollback);
    // Its level was read when it was confirmed, and is still that one.
    if (this.#asks(plan, next, phase === 'unknown' ? 'again' : 'goOn', null, answers, (given) => this.retry(given))) return;
    if (await asksForSecrets(this.#context, () => this.retry(answers))) return;
    await this.#goOn(plan, rollback.rollbackId, answers);
  }

  /** Asks why, then ends the rollback that is under way. */
  abandon(): void {
    const { state } = this.#context;
    if (activeRollback(state) === null) throw errors.noRollback();
    if (state?.activeExecutionId != null) throw errors.stopFirst();
    const question = askReason(activeRollback(state)?.rehearsal == null ? 'Give up this rollback?' : 'Give up this rehearsal?', 'What it has run so far stays as it is. The record keeps the reason.', 'Give up', true);
    this.#context.prompts.ask(question, ({ reason }) => this.#context.record({ type: 'endRollback', outcome: 'abandoned', reason }));
  }

  /** After a run was taken up: shows the plan of a rollback that has not ended, and ends one whose commands are all done. */
  async resume(): Promise<void> {
    const rollback = activeRollback(this.#context.state);
    if (rollback === null) return;
    if (await this.#endIfDone(rollback.rollbackId)) return;
    const isThere = rollback.level === UNDO_LEVEL || this.#context.runbook.rollbackLevels.some(({ level }) => level === rollback.level);
    const plan = isThere ? this.#planOf(rollback) : null;
    if (plan?.planId === rollback.planSha256) this.#look(plan);
  }

  /** Puts what has to be asked, if anything that was not answered. Says whether it did. */
  #asks(plan: RollbackPlan, first: number, start: RollbackStart, edited: Change<unknown> | null, answers: Answers | null, proceed: (answers: Answers) => Promise<void>): boolean {
    const { runbook, state } = this.#context;
    const closing = start === 'begin' ? closedBy(runbook, state, plan.level) : null;
    const question = askBeforeRollback(this.#context.state, plan, first, start, { documentShell: this.#context.runbook.frontMatter.shell, edited, closedBy: closing?.title ?? null });
    const answered = new Set(answers === null ? [] : [...answers.acknowledged, ...[...answers.fields.keys()].map((name) => `field:${name}`)]);
    if (question === null || question.inputs.every(({ name }) => answered.has(name))) return false;
    this.#context.prompts.ask(question, proceed);
    return true;
  }

  async #goOn(plan: RollbackPlan, rollbackId: string, answers: Answers | null): Promise<void> {
    for (const [name, value] of answers?.fields ?? []) await this.#context.record({ type: 'fillField', name, value });
    if (await this.#endIfDone(rollbackId)) return;
    const rollback = this.#active(rollbackId);
    const { state } = this.#context;
    if (state === null || rollback === null) throw errors.noRollback();
    const index = rollbackProgress(state, rollback).next;
    const command = plan.sources[index];
    const backup = plan.commands[index]?.backup;
    if (command === undefined) throw errors.planChangedMidway(plan.level);
    const title = plan.level === UNDO_LEVEL ? plan.title : `${plan.rehearsal === undefined ? 'Rollback level' : 'Rehearsal of level'} ${String(plan.level)}: ${plan.title}`;
    const { ended } = await this.#repeater.start({ owner: { kind: 'rollback', rollbackId }, index, count: plan.sources.length, command, askedWith: plan.sources.filter((_, place) => plan.commands[place]?.shownOnly !== true), title, acknowledged: answers?.acknowledged ?? [], ...(backup === undefined ? {} : { backup }) }, () => this.#active(rollbackId) !== null);
    this.#context.inBackground(async () => {
      if (!(await ended)) return;
      await this.#context.tasks.inTurn(() => this.#goOn(plan, rollbackId, withoutLost(answers)));
    });
  }

  async #endIfDone(rollbackId: string): Promise<boolean> {
    const { state } = this.#context;
    const rollback = this.#active(rollbackId);
    if (state === null || rollback === null) return false;
    const { next, executions } = rollbackProgress(state, rollback);
    if (next < executions.length || state.activeExecutionId !== null) return false;
    await this.#context.record({ type: 'endRollback', outcome: 'succeeded', reason: null });
    return true;
  }

  #active(rollbackId: string): RollbackState | null {
    const rollback = activeRollback(this.#context.state);
    return rollback?.rollbackId === rollbackId ? rollback : null;
  }

  /** The plan of a rollback that has begun, as the runbook has it now; null when an undo block of it is gone. */
  #planOf(rollback: RollbackState): RollbackPlan | null {
    const { runbook, state, ports } = this.#context;
    // What was confirmed is what goes on, whatever has been made since.
    const begun = (_: Command, place: number): BackupFact | null => rollback.commands[place]?.backup ?? null;
    if (rollback.level !== UNDO_LEVEL || state === null) return this.#planNow(rollback.level, rollback.rehearsal !== null, begun);
    const sha256 = (text: string): string => ports.ids.sha256(text);
    const plan = planOfBegunUndo(runbook, state, rollback, sha256);
    return plan === null ? null : withBackups(plan, begun, sha256);
  }

  #planNow(level: number, isRehearsal: boolean, choose: (command: Command, place: number) => BackupFact | null = (command) => this.#givenTo(command)): RollbackPlan {
    const { runbook, revisions, state, ports } = this.#context;
    const sha256 = (text: string): string => ports.ids.sha256(text);
    if (!isRehearsal) return withBackups(planRollback(runbook, state, level, sha256), choose, sha256);
    if (state === null) throw errors.noRun();
    if (state.ended !== null) throw errors.runEnded();
    return withBackups(planRehearsal(runbook, state, level, sha256(revisions.text), sha256), choose, sha256);
  }

  /** What a command that makes a backup is given is nothing. */
  #givenTo(command: Command): BackupFact | null {
    return command.options.backup?.act === 'makes' ? null : this.#context.backups.factFor(command);
  }

  #look(plan: RollbackPlan | null): void {
    this.#plan = plan;
    this.#context.changed();
  }

  #bound(): Pick<SessionContext, 'ports' | 'state' | 'record'> {
    const context = this.#context;
    return { ports: context.ports, state: context.state, record: (command) => context.record(command) };
  }
}

function withoutLost(answers: Answers | null): Answers | null {
  return answers === null ? null : { ...answers, acknowledged: answers.acknowledged.filter((what) => what !== 'lost') };
}
