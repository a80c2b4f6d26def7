import type { ExecutionState } from '../core/run/state.ts';
import type { CommandRunner } from './commandRunner.ts';
import type { SessionContext } from './context.ts';

/** How long a background command may take to end after the interrupt, and after being ended by force, in milliseconds. */
const WAITS_MS = { interrupt: 5_000, force: 10_000 } as const;

/** Stops what runs in the background: as Ctrl-C does, and what does not go then by force. */
export class BackgroundStops {
  readonly #context: SessionContext;
  readonly #runner: CommandRunner;

  constructor(context: SessionContext, runner: CommandRunner) {
    this.#context = context;
    this.#runner = runner;
  }

  /** Resolves with those that still run; every end of the others is recorded. */
  async stop(executions: readonly ExecutionState[]): Promise<readonly ExecutionState[]> {
    const ended = await Promise.all(executions.map(({ executionId }) => this.#end(executionId)));
    return executions.filter((_, place) => ended[place] !== true);
  }

  async #end(executionId: string): Promise<boolean> {
    for (const how of ['interrupt', 'force'] as const) {
      if (!this.#runs(executionId)) return true;
      await this.#runner.stop(executionId, how === 'force').catch((error: unknown) => {
        // It ended between the look and the asking.
        if (this.#runs(executionId)) throw error;
      });
      await this.#waits(executionId, WAITS_MS[how]);
    }
    return !this.#runs(executionId);
  }

  #runs(executionId: string): boolean {
    return this.#context.state?.running.has(executionId) === true;
  }

  #waits(executionId: string, ms: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#context.ports.clock.after(ms, resolve);
      void this.#runner.whenEnded(executionId).then(() => {
        cancel();
        resolve();
      });
    });
  }
}
