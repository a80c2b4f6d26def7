import { window } from 'vscode';
import { counted } from '../../core/view/words.ts';
import type { PushPlan } from '../../node/pushRecord.ts';
import type { RunTarget } from '../commands/runTarget.ts';
import { isUserError } from '../errors.ts';
import { withGit } from './withGit.ts';

/**
 * Pushes the current branch to where it goes. Asks before it takes along more
 * than the record, or makes a branch on the remote; a remote that is ahead is
 * not merged without a word.
 *
 * @throws UserError when nothing was pushed
 */
export async function pushFlow({ engine, run }: RunTarget): Promise<void> {
  const { acts } = engine;
  const { folder } = run;
  const plan = await acts.planPush(folder);
  const place = `${plan.remote}/${plan.target}`;
  if (plan.commits === 0) return said(`There is nothing to push: ${place} has it all.`);
  if (!(await agreed(plan, place))) return;
  const push = (): Thenable<void> => withGit(`Pushing to ${place}…`, (signal) => acts.push(folder, plan, signal));
  try {
    await push();
  } catch (error) {
    if (!isUserError(error) || error.code !== 'remote-ahead') throw error;
    const pull = 'Pull and Push';
    if ((await window.showWarningMessage(error.message, { modal: true, detail: `${pull} fetches ${place}, merges it into ${plan.branch}, and pushes. Records do not conflict: every window writes a file of its own.` }, pull)) !== pull) return;
    await withGit(`Pulling from ${place}…`, (signal) => acts.pull(folder, plan, signal));
    await push();
  }
  said(`Pushed to ${place}.`);
}

async function agreed({ branch, remote, target, hasUpstream, commits }: PushPlan, place: string): Promise<boolean> {
  const push = 'Push';
  if (!hasUpstream) {
    const detail = `It is pushed to ${remote} as ${target}, with all its commits, and follows ${place} from then on.`;
    return (await window.showWarningMessage(`The branch ${branch} has no upstream.`, { modal: true, detail }, push)) === push;
  }
  if (commits === null || commits <= 1) return true;
  const detail = `${place} does not have them yet. A push takes along all of them, not the record alone.`;
  return (await window.showWarningMessage(`${branch} has ${counted(commits, 'commit')} to push.`, { modal: true, detail }, push)) === push;
}

function said(message: string): void {
  void window.showInformationMessage(message);
}
