import { setTimeout as pause } from 'node:timers/promises';

/** What is waited for, in words that finish the sentence "waited 30 s for …", and for how long. */
export interface WaitOptions {
  readonly what: string;
  /** Milliseconds until giving up; 30 000 unless told. */
  readonly timeoutMs?: number;
  /** Milliseconds between two looks; 100 unless told. */
  readonly everyMs?: number;
}

/**
 * Looks again and again until `probe` returns something other than undefined or false, and returns that.
 * A probe that throws counts as "not yet"; its last error is the cause of the error thrown at the deadline.
 */
export async function until<T>(
  probe: () => T | undefined | false | Promise<T | undefined | false>,
  { what, timeoutMs = 30_000, everyMs = 100 }: WaitOptions,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  let lastError: unknown;
  for (;;) {
    try {
      const found = await probe();
      if (found !== undefined && found !== false) return found;
      lastError = undefined;
    } catch (error) {
      lastError = error;
    }
    if (Date.now() >= deadline) {
      const reason = lastError instanceof Error ? `; the last look failed: ${lastError.message}` : '';
      throw new Error(`Waited ${Math.round(timeoutMs / 1000)} s for ${what}${reason}`, { cause: lastError });
    }
    await pause(everyMs);
  }
}
