import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { anchorWords } from '../core/record/anchorWords.ts';
import { findingWords } from '../core/record/findingWords.ts';
import type { Anchor, Finding } from '../core/record/integrity.ts';
import { UserError } from '../core/userError.ts';
import { anchorOf } from '../node/record/anchor.ts';
import { inspectRecord } from '../node/record/inspectRecord.ts';
import { RUN_ID } from '../node/record/names.ts';
import { printable } from './printable.ts';

/** What was found of one run. */
interface Verified {
  readonly run: string;
  readonly folder: string;
  readonly events: number;
  readonly writers: number;
  readonly findings: readonly (Finding & { readonly words: string })[];
  readonly anchor: Anchor;
}

/** A run that could not be read. */
interface Unread {
  readonly run: string;
  readonly error: string;
}

/**
 * `verify [--json] RUN...`: says whether records are whole. A RUN is a folder,
 * or an id under `.runbooks/runs` of the working directory.
 * @returns exit code 0 when all are whole, 1 when something was found, 2 when one could not be read or the usage is wrong
 */
export async function verifyCommand(args: readonly string[], out: NodeJS.WritableStream, err: NodeJS.WritableStream): Promise<number> {
  const end = args.indexOf('--');
  const before = end === -1 ? args : args.slice(0, end);
  const options = before.filter((arg) => arg.startsWith('-') && arg !== '-');
  const runs = [...before.filter((arg) => !arg.startsWith('-')), ...(end === -1 ? [] : args.slice(end + 1))];
  const unknown = options.find((option) => option !== '--json');
  if (unknown !== undefined) return usage(err, `there is no option "${printable(unknown)}"`);
  if (runs.length === 0) return usage(err, 'name at least one run');
  const results: (Verified | Unread)[] = [];
  for (const run of runs) results.push(await verified(run));
  if (options.includes('--json')) {
    const success = results.every((result) => !('error' in result) && result.findings.length === 0);
    out.write(`${JSON.stringify({ success, details: { runs: results } })}\n`);
  } else {
    for (const result of results) tell(result, out, err);
  }
  if (results.some((result) => 'error' in result)) return 2;
  return results.some((result) => 'findings' in result && result.findings.length > 0) ? 1 : 0;
}

async function verified(run: string): Promise<Verified | Unread> {
  const folder = folderOf(run);
  try {
    const { events, findings } = await inspectRecord(folder);
    // Whether whoever calls this trusts the folder is not known, so no signature is verified: that can run programs.
    const anchor = await anchorOf(folder, { isTrusted: false });
    const writers = new Set(events.map(({ writer }) => writer)).size;
    return { run, folder, events: events.length, writers, findings: findings.map((finding) => ({ ...finding, words: findingWords(finding) })), anchor };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { run, error: error.message };
  }
}

/** An id is looked for among the runs of the working directory first. */
function folderOf(run: string): string {
  const known = join(resolve('.runbooks', 'runs'), run);
  return RUN_ID.test(run) && existsSync(known) ? known : resolve(run);
}

function tell(result: Verified | Unread, out: NodeJS.WritableStream, err: NodeJS.WritableStream): void {
  if ('error' in result) {
    err.write(`guided-runbooks: ${printable(result.error)}\n`);
    return;
  }
  const name = printable(result.run);
  for (const { words } of result.findings) out.write(`${name}: ${printable(words)}\n`);
  if (result.findings.length > 0) return;
  out.write(`${name}: whole; ${counted(result.events, 'event')} of ${counted(result.writers, 'writer')}; ${printable(anchorWords(result.anchor))}\n`);
}

function counted(count: number, what: string): string {
  return `${String(count)} ${what}${count === 1 ? '' : 's'}`;
}

function usage(err: NodeJS.WritableStream, what: string): number {
  err.write(`guided-runbooks verify: ${what}. Usage: guided-runbooks verify [--json] RUN...\n`);
  return 2;
}
