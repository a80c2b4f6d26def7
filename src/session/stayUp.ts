import { isInForeground } from '../core/run/running.ts';
import type { SessionContext } from './context.ts';

/** So long a background command has to run before the run goes on beside it, in milliseconds. */
export const STAYS_UP_MS = 2_000;

/** Sees which background commands stay up, and records it: then the run goes on. */
export class StayUp {
  readonly #context: SessionContext;
  readonly #waiting = new Map<string, () => void>();
  readonly #stopListening: () => void;

  constructor(context: SessionContext) {
    this.#context = context;
    this.#stopListening = context.ports.executor.onDidBegin((executionId) => this.#began(executionId));
  }

  /** Resolves with true once it is recorded that the execution stays up; never when it ends before. */
  of(executionId: string): Promise<boolean> {
    if (this.#context.state?.executions.get(executionId)?.upAt != null) return Promise.resolve(true);
    return new Promise((resolve) => this.#waiting.set(executionId, () => resolve(true)));
  }

  dispose(): void {
    this.#stopListening();
    this.#waiting.clear();
  }

  #began(executionId: string): void {
    const context = this.#context;
    const execution = context.state?.executions.get(executionId);
    if (execution?.isBackground !== true || !isInForeground(execution)) return;
    context.ports.clock.after(STAYS_UP_MS, () => {
      context.inBackground(async () => {
        await context.record({ type: 'stayUp', executionId });
        if (context.state?.executions.get(executionId)?.upAt == null) return;
        this.#waiting.get(executionId)?.();
        this.#waiting.delete(executionId);
      });
    });
  }
}
