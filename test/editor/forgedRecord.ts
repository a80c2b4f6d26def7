import { createHash } from 'node:crypto';
import { RECORD_VERSION, type Actor, type RunEvent, type RunEventBody } from '../../src/core/run/events.ts';
import { encodeLine, lineHash } from '../../src/node/record/lines.ts';

/** A record as somebody who can write a file can make it: whole, with right checksums and a right chain. */
export function forgedRecord(run: string, writer: string, actor: Actor, bodies: readonly RunEventBody[]): string {
  let prev: string | null = null;
  return bodies
    .map((body, index) => {
      const event: RunEvent = { v: RECORD_VERSION, id: `e${String(index)}`, run, writer, seq: index + 1, heads: {}, prev, time: '2026-01-05T12:00:00.000Z', actor, body };
      const line = encodeLine(event);
      prev = lineHash(line);
      return `${line.toString()}\n`;
    })
    .join('');
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
