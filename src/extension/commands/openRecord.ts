import { Uri } from 'vscode';
import * as errors from '../../core/userErrors.ts';
import { openRecord } from '../review/openRecord.ts';
import { pickRun } from '../runs/pickRun.ts';
import { RunNode } from '../trees/nodes.ts';
import type { Command } from './command.ts';

/** Opens a record in the panel: the one that a row, the explorer or a caller names, else one that the person picks. */
export const openRecordCommand: Command = {
  id: 'guidedRunbooks.openRecord',
  doing: 'opening a run record',
  // The explorer passes its whole selection as well.
  async run(host, [named]) {
    if (named instanceof Uri) return openRecord(named);
    if (named instanceof RunNode) return openRecord(Uri.file(named.run.folder));
    if (named !== undefined) throw errors.badArguments();
    const run = await pickRun((await host.engine.load()).records, 'Open Run Record');
    if (run !== undefined) await openRecord(Uri.file(run.folder));
  },
};
