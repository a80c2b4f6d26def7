import type { ExecutionState } from '../run/state.ts';

/** A place in the order of a record: after so many starts, and of what ended since then after so many ends. */
export interface Place {
  readonly starts: number;
  readonly ends: number;
}

/** Where an execution began. */
export function beganAt({ startedAs }: Pick<ExecutionState, 'startedAs'>): Place {
  return { starts: startedAs, ends: 0 };
}

/** Where it ended, or where it began as long as it has not. */
export function cameTo(execution: Pick<ExecutionState, 'startedAs' | 'endedAs'>): Place {
  return execution.endedAs ?? beganAt(execution);
}

/** Negative when the first one is earlier in the record; its order counts, whatever clocks said. */
export function comparePlaces(a: Place, b: Place): number {
  return a.starts - b.starts || a.ends - b.ends;
}

/**
 * When an execution was done, ISO 8601; null: it has not ended. What was found
 * again was done before it was found, as far as is known how long it took.
 */
export function doneAt({ startedAt, endedAt, durationMs }: Pick<ExecutionState, 'startedAt' | 'endedAt' | 'durationMs'>): string | null {
  if (endedAt === null || durationMs === null) return endedAt;
  const [start, found] = [Date.parse(startedAt), Date.parse(endedAt)];
  const done = start + durationMs;
  return done >= start && done < found ? new Date(done).toISOString() : endedAt;
}
