import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import type { Finding } from '../../core/record/integrity.ts';
import type { RunEvent } from '../../core/run/events.ts';
import { fold } from '../../core/run/evolve.ts';
import type { RunState } from '../../core/run/state.ts';
import * as errors from '../../core/userErrors.ts';
import { withLineFeeds } from './lineEnds.ts';
import { LARGEST_FILE } from './lines.ts';
import { EXECUTION_ID, OUTPUT_FOLDER, RUN_ID, textFile } from './names.ts';
import { readRun } from './readRun.ts';
import { readUpTo } from './readUpTo.ts';
import { findFolder } from './safeFolder.ts';
import { codeOf, messageOf } from './failure.ts';

/** A record that was looked over. It is whole when there are no findings. */
export interface InspectedRecord {
  readonly events: readonly RunEvent[];
  readonly findings: readonly Finding[];
}

/**
 * Looks over the record in a run's folder (absolute): every line, the chain of
 * each writer, what writers saw of each other, and the files that events name.
 * Changes nothing. Throws a UserError when the folder cannot be read or holds
 * no record.
 */
export async function inspectRecord(folder: string): Promise<InspectedRecord> {
  const runId = basename(folder);
  if (!RUN_ID.test(runId)) throw errors.notARecord(folder);
  const run = await readRun(folder, runId).catch((error: unknown) => {
    throw unreadable(folder, error);
  });
  if (run.files === 0) throw errors.notARecord(folder);
  const { events } = run;
  const start: readonly Finding[] = events.some(({ body }) => body.type === 'run.started') ? [] : [{ kind: 'noStart' }];
  return { events, findings: [...run.findings, ...start, ...(await textFindings(folder, fold(events))), ...(await outputFindings(folder, events))] };
}

/** Looks at the text at the start, and at those that the run took later. */
async function textFindings(folder: string, { textSha256, rebases }: RunState): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const atStart = textSha256 === null ? null : await problemOf(join(folder, textFile()), textSha256);
  if (atStart !== null) findings.push({ kind: 'text', problem: atStart });
  for (const sha256 of new Set(rebases.map((rebase) => rebase.textSha256))) {
    const problem = await problemOf(join(folder, textFile(sha256)), sha256);
    if (problem !== null) findings.push({ kind: 'text', problem, sha256 });
  }
  return findings;
}

async function outputFindings(folder: string, events: readonly RunEvent[]): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const outputs = await findFolder(folder, join(folder, OUTPUT_FOLDER)).catch(() => null);
  for (const { body } of events) {
    if (body.type !== 'command.ended' || body.output == null) continue;
    const { executionId, output } = body;
    const problem = outputs !== null && EXECUTION_ID.test(executionId) ? await problemOf(join(outputs, `${executionId}.txt`), output.sha256) : 'missing';
    if (problem !== null) findings.push({ kind: 'output', executionId, problem });
  }
  return findings;
}

/** What is wrong with a file of reasonable size; null when it has that SHA-256 (hex), or had it before a checkout changed its line ends. */
async function problemOf(path: string, sha256: string): Promise<'missing' | 'changed' | null> {
  try {
    const { bytes } = await readUpTo(path, LARGEST_FILE);
    return sha256Of(bytes) === sha256 || sha256Of(withLineFeeds(bytes)) === sha256 ? null : 'changed';
  } catch {
    return 'missing';
  }
}

function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function unreadable(folder: string, error: unknown): Error {
  const code = codeOf(error);
  if (code === 'ENOENT') return errors.recordUnreadable(folder, 'there is no such folder');
  if (code === 'ENOTDIR') return errors.recordUnreadable(folder, 'it is no folder');
  if (code === 'EACCES' || code === 'EPERM') return errors.recordUnreadable(folder, 'you may not read it');
  return errors.recordUnreadable(folder, messageOf(error));
}
