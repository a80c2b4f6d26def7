import { join } from 'node:path';
import { reportOf } from '../../core/report/buildReport.ts';
import type { RunReport } from '../../core/report/report.ts';
import { baseSha256 } from '../../core/run/drift/base.ts';
import { fold } from '../../core/run/evolve.ts';
import type { RunState } from '../../core/run/state.ts';
import { parseRunbook } from '../../core/runbook/parse.ts';
import { anchorOf } from './anchor.ts';
import { inspectRecord } from './inspectRecord.ts';
import { LARGEST_FILE } from './lines.ts';
import { textFile } from './names.ts';
import { readUpTo } from './readUpTo.ts';

/**
 * The report of the run in a folder (absolute). Without the runbook's text, the
 * steps stand as the record names them. `isTrusted`: whether the folder is. Throws a UserError when it cannot be read.
 */
export async function readReport(folder: string, isTrusted = false): Promise<RunReport> {
  const { events, findings } = await inspectRecord(folder);
  const state = fold(events);
  // Without trust no signature is verified: that can run programs.
  const anchor = await anchorOf(folder, { isTrusted });
  return reportOf(parseRunbook(await textOf(folder, state)), events, state, { findings, anchor });
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
