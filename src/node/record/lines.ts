import { hash } from 'node:crypto';

/** Longest line of a record, in bytes. */
export const LONGEST_LINE = 1024 * 1024;
/** Most that is read of one writer's file, in bytes. */
export const LARGEST_FILE = 64 * 1024 * 1024;
/** Most that is read of a run, in bytes of all its writers' files. */
export const LARGEST_RUN = 256 * 1024 * 1024;
/** A file with more odd lines than this is not read any further: nobody could look at them, and memory is not without end. */
export const MOST_FINDINGS = 1_000;
/** Most that is read of one output, in bytes. */
export const LARGEST_OUTPUT = 4 * 1024 * 1024;

/** Ends a line that was not finished, so that it can never be taken for a whole one. */
export const TORN = Buffer.from('#torn');

const SUM = /^,"sum":"[0-9a-f]{16}"\}$/;
/** Bytes that the checksum takes at the end of a line, with what stands around it. */
const SUM_LENGTH = 26;
const OBJECT_END = Buffer.from('}');

/**
 * A line of a record, without its line end: JSON that ends with a checksum over
 * everything before it, so that a damaged last line is noticed too.
 */
export function encodeLine(event: object): Buffer {
  const json = JSON.stringify(event);
  return Buffer.from(`${json.slice(0, -1)},"sum":"${sum(Buffer.from(json))}"}`);
}

/** The parsed line, or what is wrong with it, as words that complete “it …”. Never throws. */
export function decodeLine(line: Buffer): { readonly parsed: unknown } | string {
  if (line.length > LONGEST_LINE) return `is longer than ${String(LONGEST_LINE)} bytes`;
  const cut = Math.max(0, line.length - SUM_LENGTH);
  const end = line.toString('latin1', cut);
  const json = Buffer.concat([line.subarray(0, cut), OBJECT_END]);
  if (end !== `,"sum":"${sum(json)}"}`) return SUM.test(end) ? 'does not match its checksum' : 'is cut off or has no checksum';
  try {
    return { parsed: JSON.parse(json.toString('utf8')) as unknown };
  } catch {
    return 'is no JSON';
  }
}

/** What the next line has to say of this one. */
export function lineHash(line: Buffer): string {
  return hash('sha256', line, 'hex');
}

function sum(json: Buffer): string {
  return hash('sha256', json, 'hex').slice(0, 16);
}
