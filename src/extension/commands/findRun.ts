import { commands, Uri } from 'vscode';
import type { CommandId } from '../contributions.ts';
import { pickRun } from '../runs/pickRun.ts';
import type { Command } from './command.ts';

const OPEN: CommandId = 'guidedRunbooks.openRecord';

/** Finds a run by words and opens its record. */
export const findRunCommand: Command = {
  id: 'guidedRunbooks.findRun',
  doing: 'looking for a run',
  async run(host) {
    const run = await pickRun((await host.engine.load()).records, 'Find Run');
    if (run !== undefined) await commands.executeCommand(OPEN, Uri.file(run.folder));
  },
};
