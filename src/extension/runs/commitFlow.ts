import { window, workspace } from 'vscode';
import { commitMessage } from '../../core/record/runWords.ts';
import * as errors from '../../core/userErrors.ts';
import type { Committed } from '../../node/shareRecord.ts';
import type { RunTarget } from '../commands/runTarget.ts';
import { withGit } from './withGit.ts';

/**
 * Asks for the message and commits the record. Undefined when the person
 * thinks better of it.
 *
 * @throws UserError when nothing was committed
 */
export async function commitFlow({ engine, run }: RunTarget): Promise<Committed | undefined> {
  const { folder, summary } = run;
  if (!workspace.isTrusted) throw errors.shareNeedsTrust();
  if (!engine.records.isShared(folder)) throw errors.recordIsPrivate();
  const branch = await engine.acts.branchFor(folder);
  const message = await window.showInputBox({
    title: `Commit Record on ${branch}`,
    prompt: 'Message of the commit. It takes along the folder of this run, and nothing else that you have changed or staged.',
    value: commitMessage(summary),
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? 'A commit needs a message.' : null),
  });
  return message === undefined ? undefined : withGit('Committing the record…', (signal) => engine.acts.commit(folder, message, signal));
}
