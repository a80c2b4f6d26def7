import { isUserError } from '../errors.ts';
import { commitFlow } from '../runs/commitFlow.ts';
import { pushFlow } from '../runs/pushFlow.ts';
import type { Command } from './command.ts';
import { runTarget, type RunTarget } from './runTarget.ts';

/** Commits the record of one run and pushes its branch. One that is committed already is pushed. */
export const pushRecordCommand: Command = {
  id: 'guidedRunbooks.pushRecord',
  doing: 'committing and pushing a record',
  async run(host, args) {
    const target = await runTarget(host, args, 'Commit and push the record of which run?');
    if (target !== undefined && (await isCommitted(target))) await pushFlow(target);
  },
};

async function isCommitted(target: RunTarget): Promise<boolean> {
  try {
    return (await commitFlow(target)) !== undefined;
  } catch (error) {
    if (isUserError(error) && error.code === 'nothing-to-commit') return true;
    throw error;
  }
}
