import type { BackupFact } from '../core/run/events.ts';
import type { RunState } from '../core/run/state.ts';
import { backupFactOf, type BackupChoice, chooseBackup } from '../core/status/chooseBackup.ts';
import { NOTHING_PAST, type PastFacts, withRun } from '../core/status/pastFacts.ts';
import type { RunFacts } from '../core/status/runFacts.ts';
import type { Command, Runbook } from '../core/runbook/model.ts';
import type { SessionContext } from './context.ts';

/** What the records say of backups, and which ones a block would be given now. */
export class Backups {
  readonly #context: SessionContext;
  #past: PastFacts = NOTHING_PAST;
  #isLooking = false;

  constructor(context: SessionContext) {
    this.#context = context;
  }

  /** As it was last read. */
  get past(): PastFacts {
    return this.#past;
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

  /** The same, without anybody waiting for it. */
  lookLater(): void {
    if (this.#isLooking) return;
    this.#isLooking = true;
    this.#context.beside(() => this.look().finally(() => (this.#isLooking = false)));
  }

  /** What a block would be given, by the records as they were last read. Throws as chooseBackup. */
  choose({ options }: Pick<Command, 'options'>): BackupChoice | null {
    const { runbook, state } = this.#context;
    return chooseBackup({ runbook, state: goingOn(state), runs: this.#runs() }, options);
  }

  /** The same as the record keeps it. */
  factFor(command: Pick<Command, 'options'>): BackupFact | null {
    const choice = this.choose(command);
    return choice === null ? null : backupFactOf(choice);
  }

  #runs(): readonly RunFacts[] {
    return withRun(this.#past, this.#context.state);
  }
}

/** A run that has ended gets no commands any more: the next one chooses its own environment. */
function goingOn(state: RunState | null): RunState | null {
  return state === null || state.ended !== null ? null : state;
}

/** Whether a runbook declares backups, or says what it deploys. */
export function concernsStatus({ frontMatter, steps, rollbackLevels, undos }: Runbook): boolean {
  const commands = [...steps.flatMap((step) => step.commands), ...rollbackLevels.flatMap((level) => level.commands), ...undos.map(({ command }) => command)];
  return frontMatter.backups !== undefined || commands.some(({ options }) => options.states !== undefined || options.backup !== undefined);
}
