import type { Finding } from '../../core/record/integrity.ts';
import { RECORD_VERSION, type RunEvent } from '../../core/run/events.ts';
import { decodeLine, lineHash, MOST_FINDINGS, TORN } from './lines.ts';
import { checkEvent } from './schema.ts';

/** What one writer's file holds. */
export interface WriterFile {
  readonly events: readonly RunEvent[];
  readonly findings: readonly Finding[];
}

/**
 * Reads the bytes of one writer's file. A line that is damaged is left out and
 * named; one without an end was never confirmed. Never throws.
 *
 * `file`: its name, for the findings. `cutAt`: the file has more than `bytes`, which were limited to so many.
 */
export function readWriterFile(bytes: Buffer, file: string, run: string, writer: string, cutAt: number | null = null): WriterFile {
  const events: RunEvent[] = [];
  const findings: Finding[] = [];
  let before: { readonly hash: string; readonly seq: number } | null = null;
  /** Lines that were left out since the last good one. */
  let damaged = 0;
  let isNewer = false;
  for (const { line, number, isComplete } of linesOf(bytes)) {
    if (findings.length >= MOST_FINDINGS) {
      findings.push({ kind: 'unreadable', file, reason: `has more than ${String(MOST_FINDINGS)} lines that are not as they should be; what follows was not read` });
      break;
    }
    if (!isComplete || line.subarray(-TORN.length).equals(TORN)) {
      if (isComplete || cutAt === null) findings.push({ kind: 'torn', file, line: number });
      continue;
    }
    const event = eventIn(line, run, writer);
    if (typeof event === 'string') {
      findings.push({ kind: 'damaged', file, line: number, reason: event });
      damaged += 1;
      continue;
    }
    if (damaged === 0 && event.prev !== (before?.hash ?? null)) findings.push({ kind: 'unlinked', file, line: number });
    const expected: number = (before?.seq ?? 0) + 1;
    // What stood in damaged lines is named with them.
    if (event.seq > expected + damaged) findings.push({ kind: 'missing', file, from: expected, to: event.seq - 1 });
    else if (event.seq < expected) findings.push({ kind: 'repeated', file, line: number, seq: event.seq });
    if (event.v > RECORD_VERSION && !isNewer) {
      isNewer = true;
      findings.push({ kind: 'newer', file, line: number, version: event.v });
    }
    events.push(event);
    before = { hash: lineHash(line), seq: event.seq };
    damaged = 0;
  }
  if (cutAt !== null) findings.push({ kind: 'tooLarge', file, limitBytes: cutAt });
  return { events, findings };
}

function eventIn(line: Buffer, run: string, writer: string): RunEvent | string {
  const decoded = decodeLine(line);
  if (typeof decoded === 'string') return decoded;
  const event = checkEvent(decoded.parsed);
  if (typeof event === 'string') return event;
  if (event.run !== run) return 'belongs to another run';
  return event.writer === writer ? event : 'belongs to another writer';
}

/** Lines without their ends (LF, or CRLF after a checkout that changed them); blank ones are skipped. */
function* linesOf(bytes: Buffer): Generator<{ readonly line: Buffer; readonly number: number; readonly isComplete: boolean }> {
  let number = 0;
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(10, start);
    const stop = end < 0 ? bytes.length : end;
    const line = bytes.subarray(start, stop > start && bytes[stop - 1] === 13 ? stop - 1 : stop);
    number += 1;
    if (line.length > 0) yield { line, number, isComplete: end >= 0 };
    start = stop + 1;
  }
}
