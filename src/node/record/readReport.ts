import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { reportOf } from '../../core/report/buildReport.ts';
import type { RunReport } from '../../core/report/report.ts';
import type { MemberRun } from '../../core/report/reportMembers.ts';
import { baseSha256 } from '../../core/run/drift/base.ts';
import { fold } from '../../core/run/evolve.ts';
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
  return reportOf(parseRunbook(await textOf(folder, state)), events, state, { findings, anchor }, await membersOf(folder, state));
}

/** Runs beside it that say that they are a part of it, oldest first. One that cannot be read is passed over: it has a report of its own. */
async function membersOf(folder: string, { runId }: RunState): Promise<readonly MemberRun[]> {
  if (runId === null || basename(folder) !== runId) return [];
  const names = await readdir(dirname(folder)).catch(() => []);
  const members: MemberRun[] = [];
  // Ids sort by the time of the start: a part begins after the whole.
  for (const name of names.filter((each) => RUN_ID.test(each) && each > runId).sort().slice(0, LOOKED_AT)) {
    const member = await memberOf(join(dirname(folder), name), name, runId).catch(() => null);
    if (member !== null) members.push(member);
  }
  return members;
}

async function memberOf(folder: string, name: string, rootId: string): Promise<MemberRun | null> {
  const { files } = await lookAtRun(folder);
  if ((await readSummary(name, files)).partOf?.runId !== rootId) return null;
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
