import { window } from 'vscode';
import { commitFlow } from '../runs/commitFlow.ts';
import { pushFlow } from '../runs/pushFlow.ts';
import type { Command } from './command.ts';
import { runTarget } from './runTarget.ts';

/** Commits the record of one run, and offers to push it. */
export const commitRecordCommand: Command = {
  id: 'guidedRunbooks.commitRecord',
  doing: 'committing a record',
  async run(host, args) {
    const target = await runTarget(host, args, 'Commit the record of which run?');
    const made = target === undefined ? undefined : await commitFlow(target);
    if (target === undefined || made === undefined) return;
    const push = 'Push…';
    const said = window.showInformationMessage(`The record is committed on ${made.branch} as ${made.commit.slice(0, 7)}.`, push);
    // Whether somebody answers or not, the command is done.
    void said.then((answer) => (answer === push ? host.errors.guard('pushing a record', () => pushFlow(target)) : undefined));
  },
};
