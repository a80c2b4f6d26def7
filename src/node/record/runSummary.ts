import { constants } from 'node:fs';
import { lstat, open, readdir, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { summaryOf, type RunSummary } from '../../core/record/runSummary.ts';
import type { RunEvent } from '../../core/run/events.ts';
import { fold } from '../../core/run/evolve.ts';
import { decodeLine } from './lines.ts';
import { WRITER_FILE } from './names.ts';
import { NO_FOLLOW } from './safeFolder.ts';
import { checkEvent } from './schema.ts';

/** So much is read at each end of a writer's file, in bytes. */
const END = 16 * 1024;
/** A run that looks unfinished is searched for its end if it is not larger than this, in bytes. */
const SEARCHED = 8 * 1024 * 1024;
/** More writers than this are not looked at. */
const WRITERS = 64;
const ENDED = Buffer.from('"type":"run.ended"');

/** One writer's file as it lies there. */
interface Lying {
  readonly path: string;
  readonly writer: string;
  readonly size: number;
  readonly changed: number;
}

/** The files of a run, and a text that is another one once any of them has changed. */
export async function lookAtRun(folder: string): Promise<{ readonly files: readonly Lying[]; readonly mark: string }> {
  const files: Lying[] = [];
  for (const name of (await readdir(folder)).sort()) {
    const writer = WRITER_FILE.exec(name)?.[1];
    if (writer === undefined || files.length >= WRITERS) continue;
    const path = join(folder, name);
    const stat = await lstat(path);
    if (stat.isFile()) files.push({ path, writer, size: stat.size, changed: stat.mtimeMs });
  }
  return { files, mark: files.map(({ writer, size, changed }) => `${writer} ${String(size)} ${String(changed)}`).join('\n') };
}

/**
 * What a list says of a run, from the first and last lines of each writer's
 * file. Lines that are damaged count as missing. Passes errors of the file
 * system on.
 */
export async function readSummary(runId: string, files: readonly Lying[]): Promise<RunSummary> {
  const events: RunEvent[] = [];
  for (const file of files) events.push(...(await eventsAtEnds(file, runId)));
  const summary = summaryOf(runId, fold(events));
  if (summary.state !== 'open') return summary;
  // What came after its end (remarks of reviewers) may have pushed the end out of sight.
  for (const file of files) if (file.size > 2 * END && file.size <= SEARCHED) events.push(...(await endsWithin(file, runId)));
  return summaryOf(runId, fold(events));
}

async function eventsAtEnds(file: Lying, runId: string): Promise<readonly RunEvent[]> {
  return withFile(file.path, async (handle) => {
    if (file.size <= 2 * END) return eventsIn(await bytesOf(handle, 0, file.size), file, runId);
    const [head, tail] = [await bytesOf(handle, 0, END), await bytesOf(handle, file.size - END, END)];
    return [...eventsIn(head.subarray(0, head.lastIndexOf(10) + 1), file, runId), ...eventsIn(tail.subarray(tail.indexOf(10) + 1), file, runId)];
  });
}

async function endsWithin(file: Lying, runId: string): Promise<readonly RunEvent[]> {
  return withFile(file.path, async (handle) => {
    const bytes = await bytesOf(handle, 0, file.size);
    const at = bytes.indexOf(ENDED);
    if (at < 0) return [];
    const end = bytes.indexOf(10, at);
    return eventsIn(bytes.subarray(bytes.lastIndexOf(10, at) + 1, end < 0 ? bytes.length : end), file, runId);
  });
}

function eventsIn(bytes: Buffer, { writer }: Lying, runId: string): readonly RunEvent[] {
  const events: RunEvent[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(10, start);
    const stop = end < 0 ? bytes.length : end;
    const decoded = decodeLine(bytes.subarray(start, stop > start && bytes[stop - 1] === 13 ? stop - 1 : stop));
    const event = typeof decoded === 'string' ? decoded : checkEvent(decoded.parsed);
    if (typeof event !== 'string' && event.run === runId && event.writer === writer) events.push(event);
    start = stop + 1;
  }
  return events;
}

async function withFile<T>(path: string, read: (handle: FileHandle) => Promise<T>): Promise<T> {
  const handle = await open(path, constants.O_RDONLY | NO_FOLLOW | (constants.O_NONBLOCK ?? 0));
  try {
    return await read(handle);
  } finally {
    await handle.close();
  }
}

async function bytesOf(handle: FileHandle, from: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await handle.read(bytes, done, length - done, from + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return bytes.subarray(0, done);
}
