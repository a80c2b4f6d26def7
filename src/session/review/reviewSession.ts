import { decideReview, type ReviewCommand } from '../../core/run/decideReview.ts';
import { EMPTY_RUN, fold } from '../../core/run/evolve.ts';
import type { Actor, RunEventBody } from '../../core/run/events.ts';
import type { Finding, Integrity } from '../../core/record/integrity.ts';
import * as errors from '../../core/userErrors.ts';
import { PromptDesk } from '../promptDesk.ts';
import { askReview } from './askReview.ts';
import { recordedRun, type Parsed, type RecordedRun } from './recordedRun.ts';
import type { ReviewAction, ReviewPorts, ReviewSnapshot } from './reviewApi.ts';

/**
 * A record that is looked at. It runs nothing, claims nothing and follows the
 * files; a reviewer's words go into a file of their own, whoever drives the run.
 */
export class ReviewSession {
  readonly #ports: ReviewPorts;
  readonly #listeners = new Set<() => void>();
  readonly #prompts: PromptDesk;
  #run: RecordedRun;
  #parsed: Parsed = null;
  #integrity: Integrity | null = null;
  #reviewer: Actor | null = null;
  #error: string | null = null;
  #snapshot: ReviewSnapshot | null = null;
  #asked = 0;
  #disposed = false;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(ports: ReviewPorts) {
    this.#ports = ports;
    this.#prompts = new PromptDesk(() => ports.ids.id(), () => this.#changed());
    this.#run = recordedRun([], EMPTY_RUN, null, null, ports).run;
  }

  /** Opens a record. Rejects with a UserError when there is none, or it cannot be read. */
  static async open(ports: ReviewPorts): Promise<ReviewSession> {
    const session = new ReviewSession(ports);
    const findings = await session.#inTurn(() => session.#read());
    // Git may take its time; the record can be read meanwhile.
    void session.#askGit(findings);
    return session;
  }

  get snapshot(): ReviewSnapshot {
    this.#snapshot ??= { ...this.#run, integrity: this.#integrity, reviewer: this.#reviewer, prompt: this.#prompts.view, error: this.#error };
    return this.#snapshot;
  }

  /** Called after every change; returns the way to stop listening. */
  onDidChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Reads the files again, then asks git again. */
  async refresh(): Promise<void> {
    await this.#askGit(await this.#inTurn(() => this.#read()));
  }

  /** Asks for the reviewer's words. Rejects with a UserError, which is put in the snapshot, when it would not be allowed. */
  perform(action: ReviewAction): Promise<void> {
    return this.#guarded(async () => {
      this.#prompts.close();
      // Words are asked for only when what is said with them is allowed.
      this.#decide(commandOf(action, '(to be asked)'));
      const { runbook } = this.#run;
      const title = action.stepId === null ? null : (runbook.steps.find(({ id }) => id === action.stepId)?.title ?? action.stepId);
      this.#prompts.ask(askReview(action, title, this.#reviewer?.name ?? 'unknown'), ({ reason }) => this.#record(commandOf(action, reason ?? '')));
      await Promise.resolve();
    });
  }

  /** Answers the question; null cancels it. A wrong answer leaves it open with its error. */
  answer(promptId: string, answers: Readonly<Record<string, string>> | null): Promise<void> {
    return this.#guarded(async () => {
      if (answers !== null) return this.#prompts.answer(promptId, answers);
      if (this.#prompts.view?.id !== promptId) throw errors.promptGone();
      this.#prompts.close();
    });
  }

  dispose(): void {
    this.#disposed = true;
    this.#listeners.clear();
  }

  async #read(): Promise<readonly Finding[]> {
    const { reader, versionControl } = this.#ports;
    const [{ events, findings }, reviewer] = await Promise.all([reader.inspect(), versionControl.actor().catch(() => null)]);
    const state = fold(events);
    const text = await reader.readText(state.rebases.at(-1)?.textSha256).catch(() => null);
    const { run, parsed } = recordedRun(events, state, text, this.#parsed, this.#ports);
    this.#run = run;
    this.#parsed = parsed;
    this.#reviewer = reviewer;
    this.#changed();
    return findings;
  }

  async #askGit(findings: readonly Finding[]): Promise<void> {
    const asked = (this.#asked += 1);
    const anchor = await this.#ports.reader.anchor();
    // An older answer that comes late speaks of other files.
    if (asked !== this.#asked) return;
    this.#integrity = { findings, anchor };
    this.#changed();
  }

  #decide(command: ReviewCommand): readonly RunEventBody[] {
    const { runbook, state, lockedBecause } = this.#run;
    if (lockedBecause !== null) throw errors.locked(lockedBecause);
    if (this.#reviewer === null) throw errors.reviewerUnknown();
    return decideReview(runbook, state, this.#reviewer, command);
  }

  #record(command: ReviewCommand): Promise<void> {
    return this.#inTurn(async () => {
      const { store, clock, ids } = this.#ports;
      // Somebody may have added to the record since, the reviewer with another name among them.
      await this.#read();
      const actor = this.#reviewer;
      const run = this.#run.state.runId;
      if (actor === null || run === null || this.#disposed) throw errors.sessionClosed();
      const bodies = this.#decide(command);
      // The store has to have seen what this decision speaks of.
      await store.read(run);
      for (const body of bodies) await store.append({ id: ids.id(), run, time: new Date(clock.now()).toISOString(), actor, body });
      void this.#askGit(await this.#read());
    });
  }

  async #guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.#say(null);
    } catch (error) {
      this.#say(error instanceof Error ? error.message : String(error));
      throw error;
    }
  }

  #say(error: string | null): void {
    if (error === this.#error) return;
    this.#error = error;
    this.#changed();
  }

  #changed(): void {
    this.#snapshot = null;
    if (!this.#disposed) for (const listener of this.#listeners) listener();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work, work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

function commandOf({ type, stepId }: ReviewAction, words: string): ReviewCommand {
  return type === 'remark' ? { type, stepId, text: words } : { type, stepId, note: words };
}
