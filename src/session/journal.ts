import type { JoinedFacts, RunCommand } from '../core/run/commands.ts';
import { decide } from '../core/run/decide.ts';
import type { Drift } from '../core/run/drift/compare.ts';
import { evolve, EMPTY_RUN, fold } from '../core/run/evolve.ts';
import { RECORD_VERSION, type Actor, type RunEvent, type RunEventBody } from '../core/run/events.ts';
import type { SetupFacts } from '../core/run/setup/setup.ts';
import { latestTails } from '../core/run/latestTails.ts';
import type { RunState } from '../core/run/state.ts';
import type { Runbook } from '../core/runbook/model.ts';
import * as errors from '../core/userErrors.ts';
import type { SessionPorts } from './api.ts';

const NOBODY: Actor = { name: 'unknown', email: null };

/**
 * The run's record and the state folded from it. Deciding, writing and folding
 * are one step that nothing comes between: the state only ever shows what is on
 * disk, and every decision is made on the newest state.
 */
export class Journal {
  readonly #ports: SessionPorts;
  readonly #onDidChange: () => void;
  #state: RunState | null = null;
  #actor: Actor = NOBODY;
  /** How many events the state is folded from, and the last of each writer. */
  #count = 0;
  readonly #heads = new Map<string, number>();
  #last: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(ports: SessionPorts, onDidChange: () => void) {
    this.#ports = ports;
    this.#onDidChange = onDidChange;
  }

  get state(): RunState | null {
    return this.#state;
  }

  /** Begins a record of its own with what its start was answered; rejects and keeps the state when it cannot be written. */
  async begin(runId: string, runbook: Runbook, text: string, file: string, setup: SetupFacts & JoinedFacts): Promise<void> {
    const { ids, store, versionControl } = this.#ports;
    await this.#findActor();
    const git = await versionControl.state().catch(() => null);
    const bodies = decide(runbook, this.#state, { type: 'startRun', title: runbook.title, file, textSha256: ids.sha256(text), git, ...setup });
    await store.saveText(runId, text);
    await this.#inTurn(() => this.#append(runId, EMPTY_RUN, bodies));
  }

  /** Takes up the events of a recorded run. Says whether a newer version wrote some of them. */
  async take(events: readonly RunEvent[]): Promise<{ readonly newer: boolean }> {
    await this.#findActor();
    await this.#inTurn(() => {
      this.#fold(events);
      return Promise.resolve();
    });
    return { newer: isNewer(events) };
  }

  /** Folds the record anew, as it stands once its turn has come. `read` resolves to null when nothing is new. */
  refold(read: () => Promise<readonly RunEvent[] | null>): Promise<void> {
    return this.#inTurn(async () => {
      const events = await read();
      if (events !== null) this.#fold(events);
    });
  }

  /** Whether the state is folded from this event, among others. */
  has({ writer, seq }: RunEvent): boolean {
    return seq <= (this.#heads.get(writer) ?? 0);
  }

  /** How many events the state is folded from. */
  get count(): number {
    return this.#count;
  }

  /**
   * Decides and records. `now` gives the runbook of that moment and what has become of it. Resolves once everything is on disk and in the state;
   * rejects with a UserError when it is not allowed or could not be written.
   */
  record(now: () => { readonly runbook: Runbook; readonly drift: Drift }, command: RunCommand): Promise<void> {
    return this.#inTurn(async () => {
      const { runbook, drift } = now();
      const bodies = decide(runbook, this.#state, command, drift, this.#ports.clock.now());
      const runId = this.#state?.runId;
      if (runId != null) await this.#append(runId, this.#state ?? EMPTY_RUN, bodies);
    });
  }

  /** Writes nothing any more. */
  close(): void {
    this.#closed = true;
  }

  async #append(runId: string, from: RunState, bodies: readonly RunEventBody[]): Promise<void> {
    const { store, clock, ids } = this.#ports;
    let state = from;
    if (from === EMPTY_RUN) this.#forget();
    for (const body of bodies) {
      if (this.#closed) throw errors.sessionClosed();
      const event = await store.append({ id: ids.id(), run: runId, time: new Date(clock.now()).toISOString(), actor: this.#actor, body });
      state = evolve(state, event);
      if (body.type === 'command.started') state = latestTails(state);
      this.#state = state;
      this.#note(event);
      this.#onDidChange();
    }
  }

  #fold(events: readonly RunEvent[]): void {
    this.#state = latestTails(fold(events));
    this.#forget();
    for (const event of events) this.#note(event);
    this.#onDidChange();
  }

  #forget(): void {
    this.#count = 0;
    this.#heads.clear();
  }

  #note({ writer, seq }: RunEvent): void {
    this.#count += 1;
    this.#heads.set(writer, Math.max(seq, this.#heads.get(writer) ?? 0));
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work, work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #findActor(): Promise<void> {
    this.#actor = await this.#ports.versionControl.actor().catch(() => NOBODY);
  }
}

/** Whether a newer version wrote some of the events. */
export function isNewer(events: readonly RunEvent[]): boolean {
  return events.some(({ v }) => v > RECORD_VERSION);
}
