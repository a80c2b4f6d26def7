import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { reportOf } from '../../core/report/buildReport.ts';
import type { RunReport } from '../../core/report/report.ts';
import { type MemberRun, NO_MEMBERS, type ReadMembers } from '../../core/report/reportMembers.ts';
import { baseSha256 } from '../../core/run/drift/base.ts';
import { fold } from '../../core/run/evolve.ts';
import type { RunReference } from '../../core/run/events.ts';
import type { RunState } from '../../core/run/state.ts';
import { parseRunbook } from '../../core/runbook/parse.ts';
import { anchorOf } from './anchor.ts';
import { inspectRecord } from './inspectRecord.ts';
import { LARGEST_FILE } from './lines.ts';
import { RUN_ID, textFile } from './names.ts';
import { readRun } from './readRun.ts';
import { readUpTo } from './readUpTo.ts';
import { lookAtRun, readSummary } from './runSummary.ts';

/** So many runs after it are looked at for parts of it. */
const LOOKED_AT = 500;

/**
 * The report of the run in a folder (absolute). Without the runbook's text, the
 * steps stand as the record names them. `isTrusted`: whether the folder is. Throws a UserError when it cannot be read.
 */
export async function readReport(folder: string, isTrusted = false): Promise<RunReport> {
  const { events, findings } = await inspectRecord(folder);
  const state = fold(events);
  // Without trust no signature is verified: that can run programs.
  const anchor = await anchorOf(folder, { isTrusted });
  const runbook = parseRunbook(await textOf(folder, state));
  return reportOf(runbook, events, state, { findings, anchor }, await membersOf(folder, state, (runbook.frontMatter.package ?? []).length > 0));
}

/** Runs beside it that say that they are a part of it, oldest first, and those of which nobody knows. */
async function membersOf(folder: string, { runId }: RunState, isOfPackage: boolean): Promise<ReadMembers> {
  if (runId === null || basename(folder) !== runId) return NO_MEMBERS;
  const names = await readdir(dirname(folder)).catch(() => []);
  // Ids sort by the time of the start: a part begins after the whole.
  const after = names.filter((each) => RUN_ID.test(each) && each > runId).sort();
  const members: MemberRun[] = [];
  const unread: string[] = [];
  const unsure: string[] = [];
  for (const name of after.slice(0, LOOKED_AT)) {
    const partOf = await partOfIn(join(dirname(folder), name), name);
    if (partOf === undefined) unsure.push(`Run ${name} could not be read: it is not known whether it is a part of this run, and its outcome is unknown.`);
    if (partOf?.runId !== runId) continue;
    const member = await memberOf(join(dirname(folder), name), name).catch(() => null);
    if (member === null) unread.push(`Run ${name} could not be read, outcome unknown.`);
    else members.push(member);
  }
  // Where runbooks stand alone, another run is nobody's affair here.
  if (!isOfPackage && members.length === 0 && unread.length === 0) return NO_MEMBERS;
  const limit = after.length > LOOKED_AT ? [`Only the ${String(LOOKED_AT)} runs after it were looked at. Later ones may be a part of it too.`] : [];
  return { members, unread: [...unread, ...unsure, ...limit] };
}

/** What a run is a part of; null: nothing, undefined: its record does not say so much. */
async function partOfIn(folder: string, name: string): Promise<RunReference | null | undefined> {
  try {
    const { files } = await lookAtRun(folder);
    const { partOf, state } = await readSummary(name, files);
    return state === 'unreadable' && files.length > 0 ? undefined : (partOf ?? null);
  } catch {
    return undefined;
  }
}

async function memberOf(folder: string, name: string): Promise<MemberRun> {
  const state = fold((await readRun(folder, name)).events);
  const text = await textOf(folder, state);
  return { state, runbook: text === '' ? null : parseRunbook(text) };
}

/** The text that the run went by at last, else the one at its start, else none; the findings say what is wrong with them. */
async function textOf(folder: string, state: RunState): Promise<string> {
  const base = baseSha256(state);
  const files = [...(base === null || base === state.textSha256 ? [] : [textFile(base)]), textFile()];
  for (const file of files) {
    const text = await readUpTo(join(folder, file), LARGEST_FILE).then(({ bytes }) => bytes.toString('utf8'), () => null);
    if (text !== null) return text;
  }
  return '';
}
