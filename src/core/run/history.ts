import type { RunEvent } from './events.ts';

/** An event with its place in the order. */
interface Placed {
  readonly event: RunEvent;
  /** Length of the longest chain of seen events before it. */
  depth: number;
}

/** The events of one writer by sequence, walked from the front. */
interface Line {
  readonly writer: string;
  readonly events: Placed[];
  /** How many of them have a depth. */
  settled: number;
}

/**
 * The one order in which the events of several writers are folded: every event
 * comes after those that its writer had seen (its own before it, the others'
 * heads). What nobody saw of each other is ordered by depth, then by writer.
 * Clocks play no part, and repeated events are taken once, so any permutation
 * and duplication of the same events gives the same list.
 */
export function inOrder(events: Iterable<RunEvent>): readonly RunEvent[] {
  const ids = new Set<string>();
  const once: Placed[] = [];
  for (const event of [...events].sort(byPlace)) {
    if (ids.has(event.id)) continue;
    ids.add(event.id);
    once.push({ event, depth: 0 });
  }
  // The order of a writer alone is the one of its numbers.
  if (once.some(({ event }) => event.writer !== once[0]?.event.writer)) {
    giveDepths(once);
    once.sort((a, b) => a.depth - b.depth || byPlace(a.event, b.event));
  }
  return once.map(({ event }) => event);
}

/**
 * Gives every event its depth. Heads that point at nothing are ignored; a
 * circle (only a forged record has one) is cut at the lowest sequence.
 */
function giveDepths(events: readonly Placed[]): void {
  const lines = new Map<string, Line>();
  for (const placed of events) {
    const { writer } = placed.event;
    const line = lines.get(writer);
    if (line === undefined) lines.set(writer, { writer, events: [placed], settled: 0 });
    else line.events.push(placed);
  }
  const all = [...lines.values()];
  for (let settled = 0; settled < events.length; ) {
    const before = settled;
    for (const line of all) {
      for (let next = line.events[line.settled]; next !== undefined && isReady(next, line, lines); next = line.events[line.settled]) {
        settle(next, line, lines);
        settled += 1;
      }
    }
    if (settled > before) continue;
    const first = all.filter(({ events: own, settled: done }) => done < own.length).sort((a, b) => byPlace(waiting(a), waiting(b)))[0];
    const next = first?.events[first.settled];
    if (first === undefined || next === undefined) return;
    settle(next, first, lines);
    settled += 1;
  }
}

function waiting(line: Line): RunEvent {
  const next = line.events[line.settled];
  if (next === undefined) throw new Error('this line has come to its end');
  return next.event;
}

function isReady({ event: { heads } }: Placed, line: Line, lines: ReadonlyMap<string, Line>): boolean {
  for (const writer in heads) {
    if (writer === line.writer) continue;
    const other = lines.get(writer);
    const next = other?.events[other.settled];
    if (next !== undefined && next.event.seq <= (heads[writer] ?? 0)) return false;
  }
  return true;
}

function settle(placed: Placed, line: Line, lines: ReadonlyMap<string, Line>): void {
  const own = line.events[line.settled - 1];
  let depth = own === undefined ? 0 : own.depth + 1;
  const { heads } = placed.event;
  for (const writer in heads) {
    if (writer === line.writer) continue;
    const other = lines.get(writer);
    const seen = other?.events[Math.min(countUpTo(other.events, heads[writer] ?? 0), other.settled) - 1];
    if (seen !== undefined) depth = Math.max(depth, seen.depth + 1);
  }
  placed.depth = depth;
  line.settled += 1;
}

/** How many events of a line have a sequence up to `head` (binary search). */
function countUpTo(events: readonly Placed[], head: number): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((events[middle]?.event.seq ?? Infinity) <= head) low = middle + 1;
    else high = middle;
  }
  return low;
}

function byPlace(a: RunEvent, b: RunEvent): number {
  return a.seq - b.seq || compare(a.writer, b.writer) || compare(a.id, b.id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
