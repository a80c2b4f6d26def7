import type { BackupFact } from '../core/run/events.ts';
import type { RunState } from '../core/run/state.ts';
import { backupFactOf, type BackupChoice, chooseBackup } from '../core/status/chooseBackup.ts';
import { concernsStatus } from '../core/status/concernsStatus.ts';
import { NOTHING_PAST, type PastFacts, withRun } from '../core/status/pastFacts.ts';
import type { RunFacts } from '../core/status/runFacts.ts';
import type { Command } from '../core/runbook/model.ts';
import type { SessionContext } from './context.ts';

/** Records are read for the first time after so many milliseconds. */
const LOOK_AFTER_MS = 1000;

/** What the records say of backups, and which ones a block would be given now. */
export class Backups {
  readonly #context: SessionContext;
  #cancel: () => void = () => undefined;
  #isWaiting = false;
  #past: PastFacts | null = null;

  constructor(context: SessionContext) {
    this.#context = context;
  }

  /** As it was last read; nothing before that. */
  get past(): PastFacts {
    return this.#past ?? NOTHING_PAST;
  }

  /** The same for a view, which says when nothing has been read. */
  get seen(): { readonly past?: PastFacts } {
    return this.#past === null ? {} : { past: this.#past };
  }

  /** Reads the records again, when the runbook has to do with what they say. */
  async look(): Promise<void> {
    const { ports, runbook } = this.#context;
    if (!concernsStatus(runbook)) return;
    const past = await ports.status.read();
    if (this.#context.disposed || JSON.stringify(past) === JSON.stringify(this.#past)) return;
    this.#past = past;
    this.#context.changed();
  }

  /** The same a little later, without anybody waiting for it: the panel is painted before. */
  lookLater(): void {
    const { ports, runbook, disposed } = this.#context;
    // Not put off by what comes meanwhile: a record that is written all the time is read as well.
    if (disposed || this.#isWaiting || !concernsStatus(runbook)) return;
    this.#isWaiting = true;
    this.#cancel = ports.clock.after(LOOK_AFTER_MS, () => {
      this.#isWaiting = false;
      this.#context.beside(() => this.look());
    });
  }

  dispose(): void {
    this.#cancel();
  }

  /** What a block would be given, by the records as they were last read. Throws as chooseBackup. */
  choose({ options }: Pick<Command, 'options'>): BackupChoice | null {
    const { runbook, state } = this.#context;
    return chooseBackup({ runbook, state: goingOn(state), runs: this.#runs(), odd: this.past.odd.length }, options);
  }

  /** The same as the record keeps it. */
  factFor(command: Pick<Command, 'options'>): BackupFact | null {
    const choice = this.choose(command);
    return choice === null ? null : backupFactOf(choice);
  }

  #runs(): readonly RunFacts[] {
    return withRun(this.past, this.#context.state);
  }
}

/** A run that has ended gets no commands any more: the next one chooses its own environment. */
function goingOn(state: RunState | null): RunState | null {
  return state === null || state.ended !== null ? null : state;
}
