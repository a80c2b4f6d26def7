import type { RunCommand } from '../core/run/commands.ts';
import { NO_DRIFT, type Drift } from '../core/run/drift/compare.ts';
import type { RunState } from '../core/run/state.ts';
import { FORMAT_VERSION, type Runbook } from '../core/runbook/model.ts';
import { UserError } from '../core/userError.ts';
import * as errors from '../core/userErrors.ts';
import type { SessionOptions, SessionPorts } from './api.ts';
import { Backups } from './backups.ts';
import { Journal } from './journal.ts';
import { PackageValues } from './packageValues.ts';
import { PromptDesk } from './promptDesk.ts';
import { Revisions } from './revisions.ts';
import { RunSecrets } from './runSecrets.ts';
import { Tasks } from './tasks.ts';

/** What the parts of a session share. */
export class SessionContext {
  readonly ports: SessionPorts;
  readonly options: SessionOptions;
  readonly journal: Journal;
  readonly revisions: Revisions;
  readonly prompts: PromptDesk;
  readonly tasks = new Tasks();
  readonly secrets = new RunSecrets();
  readonly backups = new Backups(this);
  readonly packageValues = new PackageValues(this);
  /** Called after every change of anything that can be seen. */
  readonly changed: () => void;
  #runningOn = false;
  #error: string | null = null;
  #heldBecause: string | null = null;
  #disposed = false;

  constructor(ports: SessionPorts, runbook: Runbook, text: string, options: SessionOptions, onDidChange: () => void) {
    this.ports = ports;
    this.options = options;
    this.changed = () => {
      if (!this.#disposed) onDidChange();
    };
    this.journal = new Journal(ports, this.changed);
    this.revisions = new Revisions(runbook, text, (words) => ports.ids.sha256(words));
    this.prompts = new PromptDesk(() => ports.ids.id(), this.changed);
  }

  get runbook(): Runbook {
    return this.revisions.runbook;
  }

  get state(): RunState | null {
    return this.journal.state;
  }

  /** What the runbook has become since the run began or was rebased; nothing while no run goes on. */
  get drift(): Drift {
    return this.state === null || this.state.ended !== null ? NO_DRIFT : this.revisions.drift;
  }

  get disposed(): boolean {
    return this.#disposed;
  }

  get error(): string | null {
    return this.#error;
  }

  get runningOn(): boolean {
    return this.#runningOn;
  }

  set runningOn(on: boolean) {
    if (on === this.#runningOn) return;
    this.#runningOn = on;
    this.changed();
  }

  /** Why nothing can be done here, or null. */
  get lockedBecause(): string | null {
    const version = this.runbook.frontMatter.version;
    if (version !== null && version > FORMAT_VERSION)
      return `This runbook is written in format ${String(version)}, and this version knows format ${String(FORMAT_VERSION)}. It can be read but not run. Update the extension to run it.`;
    return this.#heldBecause;
  }

  /** Words about who else drives the run, or why it can only be read; null: it is ours. */
  get heldBecause(): string | null {
    return this.#heldBecause;
  }

  /** Notes who else drives the run; null: it is ours. */
  held(because: string | null): void {
    this.#heldBecause = because;
    this.changed();
  }

  record(command: RunCommand): Promise<void> {
    return this.journal.record(() => this, command);
  }

  assertUnlocked(): void {
    const because = this.lockedBecause;
    if (because !== null) throw errors.locked(because);
  }

  /** Shows an error, and stops going on by itself. */
  failed(error: unknown): void {
    this.#runningOn = false;
    if (error instanceof UserError && error.code === 'held-elsewhere') this.#heldBecause = error.message;
    this.#error = error instanceof Error ? error.message : String(error);
    this.changed();
  }

  succeeded(): void {
    if (this.#error === null) return;
    this.#error = null;
    this.changed();
  }

  /** Does something that nobody waits for; what goes wrong is shown. */
  inBackground(work: () => Promise<void>): void {
    void this.tasks.track(this.#guarded(work));
  }

  /** The same for what goes on while everything else is idle. */
  beside(work: () => Promise<void>): void {
    void this.#guarded(work);
  }

  async #guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!this.#disposed) this.failed(error);
    }
  }

  dispose(): void {
    this.#disposed = true;
    this.#runningOn = false;
    this.journal.close();
  }
}
