import { askReason } from '../core/run/asks.ts';
import { activeRollback } from '../core/rollback/progress.ts';
import { backgroundOf } from '../core/run/beside.ts';
import { whatRuns } from '../core/run/decideCommand.ts';
import { assertSoaked, naturalEnd } from '../core/run/decideEnd.ts';
import { baseSha256 } from '../core/run/drift/base.ts';
import { isReviewEvent } from '../core/run/evolveReview.ts';
import { runProgress } from '../core/run/progress.ts';
import { indexOf } from '../core/run/runbookIndex.ts';
import type { JoinedFacts } from '../core/run/commands.ts';
import type { RunState } from '../core/run/state.ts';
import type { RunEvent, RunOutcome } from '../core/run/events.ts';
import type { SetupFacts } from '../core/run/setup/setup.ts';
import { UserError } from '../core/userError.ts';
import * as errors from '../core/userErrors.ts';
import type { BackgroundStops } from './backgroundStops.ts';
import type { CommandRunner } from './commandRunner.ts';
import type { SessionContext } from './context.ts';
import { isNewer } from './journal.ts';
import { askToStart } from './startForm.ts';

const NEWER = 'A newer version wrote parts of this record. It can be read but not gone on with. Update the extension.';

const NOTHING: { readonly events: readonly RunEvent[]; readonly damage: readonly string[] } = { events: [], damage: [] };
const GONE = 'The window that drove this run is gone, and nobody drives it now. Take it over to go on.';

/** Begins, takes up, takes over and ends runs, and holds the claim to drive one. */
export class RunLife {
  readonly #context: SessionContext;
  readonly #runner: CommandRunner;
  readonly #stops: BackgroundStops;
  #damage: readonly string[] = [];
  #claimed: string | null = null;

  constructor(context: SessionContext, runner: CommandRunner, stops: BackgroundStops) {
    this.#context = context;
    this.#runner = runner;
    this.#stops = stops;
  }

  /** Whether this window has the right to write to the run that is shown. */
  get drives(): boolean {
    return this.#claimed !== null && this.#claimed === this.#context.state?.runId;
  }

  /** What is damaged in the record, in words. */
  get damage(): readonly string[] {
    return this.#damage;
  }

  /** Begins a run, after asking what its front matter wants to know. `then` is done once it has begun. `rootId`: the run that it is to be a part of, when that is known. */
  async start(then: () => Promise<void> = () => Promise.resolve(), rootId: string | null = null): Promise<void> {
    this.#assertStartable();
    await askToStart(this.#context, rootId, async ({ facts, joined, secrets, fields }) => {
      await this.#begin({ ...facts, ...joined });
      this.#context.secrets.set(secrets);
      for (const [name, value] of fields) await this.#context.record({ type: 'fillField', name, value });
      await then();
    });
  }

  async #begin(setup: SetupFacts & JoinedFacts): Promise<void> {
    this.#assertStartable();
    const { ports, journal, revisions, options } = this.#context;
    const runId = ports.ids.runId();
    const { runbook, text } = revisions;
    await this.#claim(runId, false);
    const before = revisions.base;
    // Before the run shows itself, or every step would be told as changed for a moment.
    revisions.goBy({ runbook, text });
    try {
      await journal.begin(runId, runbook, text, options.file, setup);
    } catch (error) {
      revisions.goBy(before);
      await this.#release();
      throw error;
    }
    this.#damage = [];
  }

  #assertStartable(): void {
    const { ports, state } = this.#context;
    if (state !== null && state.ended === null) throw errors.runAlreadyStarted();
    ports.assertTrusted();
  }

  /**
   * Takes up a recorded run: folds it and looks for commands that were running.
   * When another window drives it, it is only shown.
   * Resolves with the open executions that have to be found again.
   */
  async take(runId: string, takeOver: boolean): Promise<readonly string[]> {
    const { journal, state } = this.#context;
    const drivesAnother = this.#claimed !== null && state !== null && state.ended === null && (state.runId !== runId || state.running.size > 0);
    if (drivesAnother) throw errors.runAlreadyStarted();
    const holder = await this.#claim(runId, takeOver);
    const { events, damage } = await this.#read(runId);
    const { newer } = await journal.take(events);
    this.#damage = damage;
    // Another run's would be the wrong ones.
    if (state?.runId !== runId) this.#context.secrets.clear();
    this.#goBy(await this.#baseText(runId));
    if (newer) this.#context.held(NEWER);
    else if (holder !== null) this.#context.held(holder);
    else this.#context.held(null);
    const taken = journal.state;
    if (taken?.ended != null) await this.#release();
    const mine = holder === null && !newer && taken?.ended == null;
    return mine ? [...(taken?.executions.values() ?? [])].filter(({ outcome }) => outcome === null).map(({ executionId }) => executionId) : [];
  }

  /**
   * Looks at a run again that others may have written to, and at who drives it.
   * Of one that is driven from here only what reviewers said is taken up: what
   * else was recorded in another place is taken up with the run. Writes nothing,
   * also no claim.
   */
  async refresh(): Promise<void> {
    const { journal, state } = this.#context;
    if (state?.runId == null) return;
    const { runId } = state;
    await this.#lookAtHolder(runId);
    const drives = this.#claimed === runId;
    let read: readonly RunEvent[] | null = null;
    const before = baseSha256(state);
    await journal.refold(async () => {
      // What drives goes on without it; whether the disk still takes anything is said by the next event.
      const { events, damage } = drives ? await this.#readRecord(runId).catch(() => NOTHING) : await this.#readRecord(runId);
      const taken = drives ? events.filter((event) => journal.has(event) || isReviewEvent(event.body)) : events;
      const known = taken.filter((event) => journal.has(event)).length;
      // A part of our own that was taken away is not forgotten for it: what is recorded next states the gap.
      if (taken.length === known && (drives || known === journal.count)) return null;
      if (drives && known < journal.count) return null;
      this.#damage = damage;
      return (read = taken);
    });
    if (read === null) return;
    // The run may have been rebased there.
    if (journal.state !== null && baseSha256(journal.state) !== before) this.#goBy(await this.#baseText(runId));
    if (isNewer(read)) this.#context.held(NEWER);
    // Nobody drives what has ended.
    else if (journal.state?.ended != null) this.#context.held(null);
  }

  /** Finds commands again that were started earlier, each by itself, and records how they ended. */
  async recover(executionIds: readonly string[]): Promise<void> {
    const runId = this.#context.state?.runId;
    if (runId == null) return;
    const found = await Promise.allSettled(executionIds.map((executionId) => this.#runner.recover(runId, executionId)));
    for (const result of found) if (result.status === 'rejected') throw result.reason;
  }

  /** Ends the run as it stands, or asks why it is abandoned when it is not complete. */
  async end(abandon: boolean): Promise<void> {
    const { state, runbook } = this.#context;
    if (state === null) throw errors.noRun();
    if (state.ended !== null) throw errors.runEnded();
    this.#assertEndable(state);
    const now = this.#context.ports.clock.now();
    if (!abandon) assertSoaked(runbook, state, now);
    const outcome = abandon ? null : naturalEnd(runbook, state, now);
    if (outcome !== null) return this.#end(outcome, null);
    const { done, total } = runProgress(runbook, state);
    const open = total - done;
    const left = open === 0 ? [] : [`${String(open)} ${open === 1 ? 'step is' : 'steps are'} neither done nor skipped.`];
    const beside = backgroundOf(state).length === 0 ? [] : ['What runs in the background is stopped.'];
    const text = [...left, ...beside, 'The record keeps the reason.'].join(' ');
    this.#context.prompts.ask(askReason('Abandon this run?', text, 'Abandon run', true), ({ reason }) => this.#end('abandoned', reason));
  }

  dispose(): void {
    void this.#release().catch(() => undefined);
  }

  /** What runs in the background is stopped by the end of the run; nothing else is. */
  #assertEndable(state: RunState): void {
    if (state.activeExecutionId !== null) throw errors.alreadyRunning(whatRuns(this.#context.runbook, state));
    const rollback = activeRollback(state);
    if (rollback !== null) throw errors.rollbackActive(rollback.level, rollback.rehearsal !== null);
  }

  /** Ends what runs in the background. What does not go holds up every end but that of an abandoned run, whose record says so. */
  async #stopBackground(outcome: RunOutcome): Promise<void> {
    const { runbook, state } = this.#context;
    if (state === null) return;
    this.#assertEndable(state);
    const left = await this.#stops.stop(backgroundOf(state));
    if (left.length === 0) return;
    const titles = left.map(({ owner }) => (owner.kind === 'step' ? (indexOf(runbook).steps.get(owner.stepId)?.title ?? owner.stepId) : 'A rollback'));
    if (outcome !== 'abandoned') throw errors.backgroundStillRuns(titles);
    for (const { executionId } of left) {
      await this.#context.record({ type: 'endCommand', executionId, outcome: { kind: 'lost', reason: 'it could not be stopped when the run was abandoned, and may still run.' }, durationMs: null, environmentCarried: null, outputTail: null });
    }
  }

  async #end(outcome: RunOutcome, reason: string | null): Promise<void> {
    await this.#stopBackground(outcome);
    await this.#context.record({ type: 'endRun', outcome, reason });
    const runId = this.#context.state?.runId;
    await this.#release();
    this.#context.secrets.clear();
    if (runId != null) await this.#context.ports.executor.release(runId);
  }

  async #claim(runId: string, takeOver: boolean): Promise<string | null> {
    if (this.#claimed !== null && this.#claimed !== runId) await this.#release();
    if (this.#context.disposed) throw errors.sessionClosed();
    const holder = await this.#context.ports.store.claim(runId, takeOver);
    this.#claimed = holder === null ? runId : null;
    // Closed meanwhile: nobody would ever give it back.
    if (this.#context.disposed) {
      await this.#release();
      throw errors.sessionClosed();
    }
    return holder;
  }

  async #release(): Promise<void> {
    const runId = this.#claimed;
    this.#claimed = null;
    if (runId !== null) await this.#context.ports.store.release(runId);
  }

  /** Another window may have taken the run over, and the one that drove it may have gone: then it waits for a person. */
  async #lookAtHolder(runId: string): Promise<void> {
    const { state, heldBecause, ports, prompts } = this.#context;
    if (state === null || state.ended !== null || heldBecause === NEWER) return;
    const holder = await ports.store.holder(runId);
    if (holder === null) {
      if (heldBecause !== null && heldBecause !== GONE) this.#context.held(GONE);
      return;
    }
    if (this.#claimed === runId) {
      // The claim is not given back: the store goes on refusing what this window would still write.
      this.#claimed = null;
      this.#context.runningOn = false;
      prompts.close();
    }
    if (heldBecause !== holder) this.#context.held(holder);
  }

  async #read(runId: string): Promise<{ readonly events: readonly RunEvent[]; readonly damage: readonly string[] }> {
    try {
      return await this.#readRecord(runId);
    } catch (error) {
      await this.#release();
      throw error;
    }
  }

  async #readRecord(runId: string): Promise<{ readonly events: readonly RunEvent[]; readonly damage: readonly string[] }> {
    try {
      const record = await this.#context.ports.store.read(runId);
      if (record.events.length === 0) throw errors.noSuchRun(runId);
      return record;
    } catch (error) {
      throw error instanceof UserError ? error : errors.storeUnreadable(error instanceof Error ? error.message : String(error));
    }
  }

  /** The text that the run goes by, if one is kept that is the one that the record names. */
  async #baseText(runId: string): Promise<string | null> {
    const { ports, revisions, state } = this.#context;
    const named = state === null ? null : baseSha256(state);
    if (named === null || ports.ids.sha256(revisions.text) === named) return named === null ? null : revisions.text;
    const text = await ports.store.readText(runId, named === state?.textSha256 ? undefined : named).catch(() => null);
    return text !== null && ports.ids.sha256(text) === named ? text : null;
  }

  #goBy(text: string | null): void {
    const { revisions, options } = this.#context;
    if (text === null) return revisions.goBy(null);
    revisions.goBy({ runbook: text === revisions.text ? revisions.runbook : options.parse(text), text });
  }
}
