import { Uri, window, workspace } from 'vscode';
import * as errors from '../../core/userErrors.ts';
import type { Command } from './command.ts';
import { runTarget, type RunTarget } from './runTarget.ts';

/** Deletes the record of a run that is in no commit, after asking. */
export const deleteRunCommand: Command = {
  id: 'guidedRunbooks.deleteRun',
  doing: 'deleting a run',
  async run(host, args) {
    const target = await runTarget(host, args, 'Delete which run?');
    if (target === undefined) return;
    await assertMayGo(target);
    const confirm = 'Delete Run';
    const { label, description } = target.engine.records.row(target.run, true);
    const detail = `${description}\n\nIts events, the text of the runbook at its start and the output of its commands are lost. They are in no commit, so nobody else has them.`;
    if ((await window.showWarningMessage(`Delete the record of run ${label}?`, { modal: true, detail }, confirm)) !== confirm) return;
    // Things may have changed while the question stood there.
    await assertMayGo(target);
    await remove(Uri.file(target.run.folder));
    host.tree.refresh();
  },
};

async function assertMayGo({ engine, run: { folder } }: RunTarget): Promise<void> {
  if (engine.registry.active.some(({ runFolder }) => runFolder === folder) || (await engine.acts.isDriven(folder))) throw errors.runGoesOn();
  const isCommitted = await engine.acts.isCommitted(folder);
  if (isCommitted === null) throw errors.committedUnknown();
  if (isCommitted) throw errors.runIsCommitted();
}

async function remove(folder: Uri): Promise<void> {
  try {
    await workspace.fs.delete(folder, { recursive: true, useTrash: true });
  } catch {
    const confirm = 'Delete for Good';
    const answer = await window.showWarningMessage('The record could not be put in the trash.', { modal: true, detail: 'Deleted for good, it cannot be brought back.' }, confirm);
    if (answer === confirm) await workspace.fs.delete(folder, { recursive: true, useTrash: false });
  }
}
