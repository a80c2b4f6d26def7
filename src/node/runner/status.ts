import { join } from 'node:path';
import type { RunnerResult, StartedRecord, StatusRecord } from './executionState.ts';
import { readSmallFile } from './privateFile.ts';

/**
 * The two files by which the runner tells what it did. They are believed only
 * whole: first and last line, every key in its place, the right nonce. Anything
 * else counts as no file at all; a result is never guessed.
 */

const STARTED_KEYS = ['nonce', 'pid', 'group', 'watcher', 'start', 'namespace'];
const STATUS_KEYS = ['nonce', 'result', 'carried'];

/** Values of a file with exactly these keys in this order, or null. */
function fields(text: string, firstLine: string, keys: readonly string[]): readonly string[] | null {
  const lines = text.split('\n');
  if (lines.length !== keys.length + 3 || lines[0] !== firstLine || lines.at(-2) !== 'end' || lines.at(-1) !== '') {
    return null;
  }
  const values: string[] = [];
  for (const [index, key] of keys.entries()) {
    const line = lines[index + 1] ?? '';
    if (!line.startsWith(`${key}=`)) {
      return null;
    }
    values.push(line.slice(key.length + 1));
  }
  return values;
}

/** A process id above 1 (0, 1 and negative numbers mean many processes to `kill`), or null. */
function processId(text: string | undefined): number | null {
  return text !== undefined && /^[1-9][0-9]{0,9}$/.test(text) && Number(text) > 1 ? Number(text) : null;
}

function parseResult(text: string): RunnerResult | null {
  const exit = /^exit (0|[1-9][0-9]{0,2})$/.exec(text);
  if (exit) {
    const code = Number(exit[1]);
    return code <= 255 ? { kind: 'exited', code } : null;
  }
  switch (text) {
    case 'timeout':
      return { kind: 'timedOut' };
    case 'signal HUP':
      return { kind: 'signalled', signal: 'HUP' };
    case 'signal TERM':
      return { kind: 'signalled', signal: 'TERM' };
  }
  const refused = /^refused ([a-z][a-z0-9-]{0,40})$/.exec(text);
  return refused?.[1] === undefined ? null : { kind: 'refused', reason: refused[1] };
}

/** Reads the text of `started`. Null unless it is whole, of version 1 and has this nonce. */
export function parseStarted(text: string, nonce: string): Omit<StartedRecord, 'atMs'> | null {
  const [found, pidText, groupText, watcherText, start, namespace] =
    fields(text, 'guided-runbooks-started 1', STARTED_KEYS) ?? [];
  const pid = processId(pidText);
  const group = processId(groupText);
  const watcher = processId(watcherText);
  if (found !== nonce || pid === null || group === null || watcher === null) {
    return null;
  }
  if (start === undefined || namespace === undefined || !/^[A-Za-z0-9@:_-]{1,100}$/.test(start) || !/^[a-z0-9:[\]]{0,60}$/.test(namespace)) {
    return null;
  }
  return { pid, group, watcher, start, namespace };
}

/** Reads the text of `status`. Null unless it is whole, of version 1 and has this nonce. */
export function parseStatus(text: string, nonce: string): Omit<StatusRecord, 'atMs'> | null {
  const [found, resultText, carried] = fields(text, 'guided-runbooks-status 1', STATUS_KEYS) ?? [];
  if (found !== nonce || resultText === undefined || (carried !== 'yes' && carried !== 'no')) {
    return null;
  }
  const result = parseResult(resultText);
  return result && { result, carried: carried === 'yes' };
}

/** Reads `started` of an execution folder; null when there is none that can be believed. */
export async function readStarted(folder: string, nonce: string): Promise<StartedRecord | null> {
  const file = await readSmallFile(join(folder, 'started'));
  const record = file && parseStarted(file.text, nonce);
  return file && record && { ...record, atMs: file.atMs };
}

/** Reads `status` of an execution folder; null when there is none that can be believed. */
export async function readStatus(folder: string, nonce: string): Promise<StatusRecord | null> {
  const file = await readSmallFile(join(folder, 'status'));
  const record = file && parseStatus(file.text, nonce);
  return file && record && { ...record, atMs: file.atMs };
}
