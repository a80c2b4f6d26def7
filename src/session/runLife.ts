import { askReason } from '../core/run/asks.ts';
import { naturalEnd } from '../core/run/decideEnd.ts';
import { baseSha256 } from '../core/run/drift/base.ts';
import { runProgress } from '../core/run/progress.ts';
import type { RunEvent, RunOutcome } from '../core/run/events.ts';
import { UserError } from '../core/userError.ts';
import * as errors from '../core/userErrors.ts';
import type { CommandRunner } from './commandRunner.ts';
import type { SessionContext } from './context.ts';
import { isNewer } from './journal.ts';

const NEWER = 'A newer version wrote parts of this record. It can be read but not gone on with. Update the extension.';

/** Begins, takes up, takes over and ends runs, and holds the claim to drive one. */
export class RunLife {
  readonly #context: SessionContext;
  readonly #runner: CommandRunner;
  #damage: readonly string[] = [];
  #claimed: string | null = null;
  /** Events that were last read of a run that is driven elsewhere. */
  #seen = 0;

  constructor(context: SessionContext, runner: CommandRunner) {
    this.#context = context;
    this.#runner = runner;
  }

  /** What is damaged in the record, in words. */
  get damage(): readonly string[] {
    return this.#damage;
  }

  async start(): Promise<void> {
    const { ports, journal, revisions, options, state } = this.#context;
    if (state !== null && state.ended === null) throw errors.runAlreadyStarted();
    ports.assertTrusted();
    const runId = ports.ids.runId();
    const { runbook, text } = revisions;
    await this.#claim(runId, false);
    const before = revisions.base;
    // Before the run shows itself, or every step would be told as changed for a moment.
    revisions.goBy({ runbook, text });
    try {
      await journal.begin(runId, runbook, text, options.file);
    } catch (error) {
      revisions.goBy(before);
      await this.#release();
      throw error;
    }
    this.#damage = [];
  }

  /**
   * Takes up a recorded run: folds it and looks for commands that were running.
   * When another window drives it, it is only shown.
   * Resolves with the open executions that have to be found again.
   */
  async take(runId: string, takeOver: boolean): Promise<readonly string[]> {
    const { journal, state } = this.#context;
    const drivesAnother = this.#claimed !== null && state !== null && state.ended === null && (state.runId !== runId || state.activeExecutionId !== null);
    if (drivesAnother) throw errors.runAlreadyStarted();
    const holder = await this.#claim(runId, takeOver);
    const { events, damage } = await this.#read(runId);
    const { newer } = await journal.take(events);
    this.#damage = damage;
    this.#seen = events.length;
    this.#goBy(await this.#baseText(runId));
    if (newer) this.#context.held(NEWER);
    else if (holder !== null) this.#context.held(holder);
    else this.#context.held(null);
    const taken = journal.state;
    if (taken?.ended != null) await this.#release();
    const mine = holder === null && !newer && taken?.ended == null;
    return mine ? [...(taken?.executions.values() ?? [])].filter(({ outcome }) => outcome === null).map(({ executionId }) => executionId) : [];
  }

  /** Reads the record of a run that is driven elsewhere again, and folds it. Writes nothing, also no claim. */
  async refresh(): Promise<void> {
    const { journal, lockedBecause, state } = this.#context;
    if (lockedBecause === null || state?.runId == null) return;
    const { runId } = state;
    let read: readonly RunEvent[] | null = null;
    const before = baseSha256(state);
    await journal.refold(async () => {
      const { events, damage } = await this.#readRecord(runId);
      if (events.length === this.#seen) return null;
      this.#seen = events.length;
      this.#damage = damage;
      return (read = events);
    });
    if (read === null) return;
    // The run may have been rebased there.
    if (journal.state !== null && baseSha256(journal.state) !== before) this.#goBy(await this.#baseText(runId));
    if (isNewer(read)) this.#context.held(NEWER);
    // Nobody drives what has ended.
    else if (journal.state?.ended != null) this.#context.held(null);
  }

  /** Finds commands again that were started earlier, and records how they ended. */
  async recover(executionIds: readonly string[]): Promise<void> {
    const runId = this.#context.state?.runId;
    if (runId == null) return;
    for (const executionId of executionIds) await this.#runner.recover(runId, executionId);
  }

  /** Ends the run as it stands, or asks why it is abandoned when it is not complete. */
  async end(abandon: boolean): Promise<void> {
    const { state, runbook } = this.#context;
    if (state === null) throw errors.noRun();
    if (state.ended !== null) throw errors.runEnded();
    const outcome = abandon ? null : naturalEnd(runbook, state);
    if (outcome !== null) return this.#end(outcome, null);
    const { done, total } = runProgress(runbook, state);
    const open = total - done;
    const text = open === 0 ? 'The record keeps the reason.' : `${String(open)} ${open === 1 ? 'step is' : 'steps are'} neither done nor skipped. The record keeps the reason.`;
    this.#context.prompts.ask(askReason('Abandon this run?', text, 'Abandon run', true), ({ reason }) => this.#end('abandoned', reason));
  }

  dispose(): void {
    void this.#release().catch(() => undefined);
  }

  async #end(outcome: RunOutcome, reason: string | null): Promise<void> {
    await this.#context.record({ type: 'endRun', outcome, reason });
    const runId = this.#context.state?.runId;
    await this.#release();
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
