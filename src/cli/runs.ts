import { runOutcomeWords, utcWords } from '../core/report/reportWords.ts';
import type { RunOutcome, RunReference } from '../core/run/events.ts';
import { fold } from '../core/run/evolve.ts';
import { referenceWords } from '../core/run/package/partOfWords.ts';
import { UserError } from '../core/userError.ts';
import * as errors from '../core/userErrors.ts';
import { readRun } from '../node/record/readRun.ts';
import { runFolder, runIds } from './findRun.ts';
import { printable } from './printable.ts';
import { readWords, refused, wrongUsage } from './usage.ts';

const USAGE = 'guided-runbooks runs [--json]';

/** A run in the list. Null: the record does not say it. */
interface Listed {
  readonly id: string;
  readonly title: string | null;
  readonly file: string | null;
  readonly state: RunOutcome | 'open';
  readonly startedAt: string | null;
  readonly startedBy: string | null;
  readonly endedAt: string | null;
  /** The run that it is a part of; left out for one of its own. */
  readonly partOf?: RunReference;
  /** Something is odd in the files of its writers; `verify` says more. */
  readonly findings: number;
}

/**
 * `runs [--json]`: the runs of the working directory, newest first.
 * @returns exit code 0, or 2 when one could not be read (the others are still listed) or the usage is wrong
 */
export async function runsCommand(args: readonly string[], out: NodeJS.WritableStream, err: NodeJS.WritableStream): Promise<number> {
  const words = readWords(args, { json: { type: 'boolean' } });
  if (typeof words === 'string') return wrongUsage('runs', words, USAGE, err);
  if (words.rest.length > 0) return wrongUsage('runs', 'it takes no run', USAGE, err);
  const json = words.options['json'] === true;
  try {
    return await list(runIds(process.cwd()), json, out, err);
  } catch (error) {
    return refused(error, json, out, err);
  }
}

async function list(ids: readonly string[], json: boolean, out: NodeJS.WritableStream, err: NodeJS.WritableStream): Promise<number> {
  const runs: Listed[] = [];
  const unread: { readonly id: string; readonly error: string }[] = [];
  for (const id of ids) {
    try {
      const run = await read(id);
      if (json) runs.push(run);
      else out.write(`${line(run)}\n`);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      unread.push({ id, error: error.message });
      err.write(`guided-runbooks: ${printable(error.message)}\n`);
    }
  }
  if (json) out.write(`${JSON.stringify({ success: unread.length === 0, details: { runs, unread } })}\n`);
  else if (ids.length === 0) err.write('No runs are recorded here.\n');
  return unread.length === 0 ? 0 : 2;
}

async function read(id: string): Promise<Listed> {
  const folder = runFolder(process.cwd(), id);
  const run = await readRun(folder, id).catch((error: unknown) => {
    throw errors.recordUnreadable(folder, error instanceof Error ? error.message : String(error));
  });
  if (run.files === 0) throw errors.notARecord(folder);
  const { title, file, ended, startedAt, startedBy, partOf } = fold(run.events);
  return { id, title: title || null, file: file || null, state: ended?.outcome ?? 'open', startedAt, startedBy: startedBy?.name ?? null, endedAt: ended?.at ?? null, ...(partOf === null ? {} : { partOf }), findings: run.findings.length };
}

function line({ id, title, state, startedAt, startedBy, partOf, findings }: Listed): string {
  const when = startedAt === null ? 'unknown'.padEnd(20) : utcWords(startedAt);
  const part = partOf === undefined ? '' : `  (part of ${referenceWords(partOf)})`;
  const odd = findings === 0 ? '' : '  (record not complete)';
  return `${id}  ${runOutcomeWords(state).padEnd(11)}  ${printable(when)}  ${printable(startedBy ?? 'unknown')}  ${printable(title ?? 'without a title')}${printable(part)}${odd}`;
}
