import type { RunEvent } from '../run/events.ts';
import type { Finding } from './integrity.ts';

/** Events that somebody had seen and that are not there: a writer's file was cut, or taken away. */
export function unseen(events: readonly RunEvent[]): readonly Finding[] {
  const seen = new Map<string, number>();
  const found = new Map<string, number>();
  for (const { writer, seq, heads } of events) {
    if (seq > (found.get(writer) ?? 0)) found.set(writer, seq);
    for (const other in heads) {
      const head = heads[other] ?? 0;
      if (head > (seen.get(other) ?? 0)) seen.set(other, head);
    }
  }
  return [...seen]
    .filter(([writer, head]) => head > (found.get(writer) ?? 0))
    .map(([writer, upTo]) => ({ kind: 'unseen', writer, upTo, found: found.get(writer) ?? 0 }));
}
