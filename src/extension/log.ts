import { type LogOutputChannel, window } from 'vscode';
import { DisposableStore } from './dispose.ts';

/** The extension's channel in the Output view. Never holds command output, inputs or environment. */
export class Log {
  readonly #store = new DisposableStore();
  #made: LogOutputChannel | undefined;

  debug(message: string): void {
    this.#channel.debug(message);
  }

  info(message: string): void {
    this.#channel.info(message);
  }

  warn(message: string): void {
    this.#channel.warn(message);
  }

  error(error: unknown, doing: string): void {
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#channel.error(`${doing}: ${words}`);
  }

  show(): void {
    this.#channel.show(true);
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** Made at the first word, so that an idle extension has no channel. */
  get #channel(): LogOutputChannel {
    this.#made ??= this.#store.add(window.createOutputChannel('Guided Runbooks', { log: true }));
    return this.#made;
  }
}
