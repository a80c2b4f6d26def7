import { window } from 'vscode';
import type { Log } from './log.ts';

/** An error whose message was written for the person: see core/userError.ts. */
export interface KnownError extends Error {
  readonly code: string;
}

/** Known by name, not by class: the extension and the engine are two bundles with a class each. */
export function isUserError(error: unknown): error is KnownError {
  return error instanceof Error && error.name === 'UserError' && 'code' in error;
}

/** Shows what went wrong, once, and keeps the rest for the log. Nothing is swallowed. */
export class ErrorReporter {
  readonly #log: Log;
  readonly #shown = new WeakSet<object>();

  constructor(log: Log) {
    this.#log = log;
  }

  /**
   * @param doing what was attempted, e.g. `starting a run`
   * @param seen true when the panel has shown the error already
   */
  report(error: unknown, doing: string, seen = false): void {
    const isObject = typeof error === 'object' && error !== null;
    if (isObject && this.#shown.has(error)) return;
    if (isObject) this.#shown.add(error);
    if (isUserError(error)) {
      this.#log.info(`${doing}: ${error.code}: ${error.message}`);
      if (!seen) void window.showWarningMessage(error.message);
      return;
    }
    this.#log.error(error, doing);
    void this.#offerLog(`Guided Runbooks failed while ${doing}.`);
  }

  /** Runs it and reports what it throws. Resolves to undefined then. */
  async guard<T>(doing: string, work: () => T | Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      this.report(error, doing);
      return undefined;
    }
  }

  async #offerLog(message: string): Promise<void> {
    const open = 'Show Log';
    if ((await window.showErrorMessage(message, open)) === open) this.#log.show();
  }
}
