import type { RunEvent } from '../run/events.ts';

/** Clocks of two machines may differ by so much, in milliseconds, without being called uncertain: nobody sees it in a run drawn to scale. */
export const TOLERANCE_MS = 1000;

/** When each event of a run happened, as its writer's clock stated it. */
export interface StatedTimes {
  /** ISO 8601, of the start; empty when no event states a time. */
  readonly startedAt: string;
  /** Milliseconds since the start for each event that was given, never negative. */
  readonly offsets: readonly number[];
  /** An event is stated to be earlier than one that its writer had seen, or states no time. */
  readonly isUncertain: boolean;
}

/**
 * Reads the clocks.
 * @param events in the order of the record (see history.ts)
 */
export function statedTimes(events: readonly RunEvent[]): StatedTimes {
  const clocks = events.map(({ time }) => Date.parse(time));
  const at = events.findIndex(({ body }, place) => body.type === 'run.started' && !Number.isNaN(clocks[place]));
  const first = at >= 0 ? at : clocks.findIndex((clock) => !Number.isNaN(clock));
  const start = clocks[first] ?? 0;
  const seen = new Map<string, Map<number, number>>();
  const previous = new Map<string, number>();
  let isUncertain = false;
  let latest = 0;
  const offsets = events.map((event, place) => {
    const clock = clocks[place] ?? NaN;
    if (Number.isNaN(clock)) {
      // Without a time of its own it stands with the event before it.
      isUncertain = true;
      return latest;
    }
    const known = Object.entries(event.heads).map(([writer, seq]) => (writer === event.writer ? undefined : seen.get(writer)?.get(seq)));
    const after = Math.max(start, previous.get(event.writer) ?? -Infinity, ...known.map((time) => time ?? -Infinity));
    if (clock < after - TOLERANCE_MS) isUncertain = true;
    previous.set(event.writer, clock);
    const own = seen.get(event.writer);
    if (own === undefined) seen.set(event.writer, new Map([[event.seq, clock]]));
    else own.set(event.seq, clock);
    latest = Math.max(0, clock - start);
    return latest;
  });
  return { startedAt: events[first]?.time ?? '', offsets, isUncertain };
}
