import type { TerminalShellExecution } from 'vscode';
import type { HeardOutput } from '../../node/output/heardOutput.ts';

/** How often at most the panel hears of new output, in milliseconds. */
const INTERVAL_MS = 120;

/** Reads what an execution prints, until it ends or the terminal stops telling. Never rejects. */
export async function followOutput(execution: TerminalShellExecution, output: HeardOutput, changed: () => void): Promise<void> {
  try {
    for await (const chunk of execution.read()) {
      output.add(chunk);
      changed();
    }
    output.complete();
  } catch {
    // The stream broke off: what was heard stays, and nothing depends on the rest.
  }
}

/** Tells listeners of new output, at most so often for each execution. */
export class OutputListeners {
  readonly #listeners = new Set<(executionId: string, tail: string) => void>();
  readonly #waiting = new Map<string, NodeJS.Timeout>();
  readonly #over = new Set<string>();

  add(listener: (executionId: string, tail: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  changed(executionId: string, output: HeardOutput): void {
    if (this.#waiting.has(executionId) || this.#over.has(executionId)) return;
    const timer = setTimeout(() => {
      this.#waiting.delete(executionId);
      for (const listener of this.#listeners) listener(executionId, output.tail);
    }, INTERVAL_MS);
    this.#waiting.set(executionId, timer);
  }

  /** It has ended: nothing more is told of it. What the terminal still counts to it belongs to the next one. */
  flush(executionId: string): void {
    this.#over.add(executionId);
    clearTimeout(this.#waiting.get(executionId));
    this.#waiting.delete(executionId);
  }
}
