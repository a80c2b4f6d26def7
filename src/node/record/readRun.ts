import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from '../../core/record/integrity.ts';
import { unseen } from '../../core/record/unseen.ts';
import type { RunEvent } from '../../core/run/events.ts';
import { LARGEST_FILE, LARGEST_RUN } from './lines.ts';
import { WRITER_FILE } from './names.ts';
import { readUpTo } from './readUpTo.ts';
import { readWriterFile } from './readWriterFile.ts';

/** What the writers of a run have left. */
export interface RunFiles {
  /** Writer by writer, each in the order of its file. */
  readonly events: readonly RunEvent[];
  /** What is odd in single files, and what is missing between them. */
  readonly findings: readonly Finding[];
  /** Files of writers that there are, readable or not. */
  readonly files: number;
}

/** Reads the files of all writers in a run's folder (absolute). Passes errors of the file system on. */
export async function readRun(folder: string, runId: string): Promise<RunFiles> {
  const events: (readonly RunEvent[])[] = [];
  const findings: Finding[] = [];
  let files = 0;
  let left = LARGEST_RUN;
  for (const entry of (await readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const writer = WRITER_FILE.exec(entry.name)?.[1];
    if (writer === undefined) continue;
    files += 1;
    if (!entry.isFile()) {
      findings.push({ kind: 'unreadable', file: entry.name, reason: 'is no regular file' });
      continue;
    }
    const limit = Math.min(LARGEST_FILE, left);
    const { bytes, isCut } = await readUpTo(join(folder, entry.name), limit);
    left -= bytes.length;
    const file = readWriterFile(bytes, entry.name, runId, writer, isCut ? limit : null);
    events.push(file.events);
    findings.push(...file.findings);
  }
  const all = events.flat();
  return { events: all, findings: [...findings, ...unseen(all)], files };
}
