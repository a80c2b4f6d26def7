import { window, workspace } from 'vscode';
import type { Command } from './command.ts';
import { runTarget } from './runTarget.ts';

/** Opens a post-mortem of a run, filled with what its record knows, as a document that is not saved yet. */
export const newPostMortemCommand: Command = {
  id: 'guidedRunbooks.newPostMortem',
  doing: 'writing a post-mortem',
  async run(host, args) {
    const target = await runTarget(host, args, 'Write the post-mortem of which run?');
    if (target === undefined) return;
    const content = await target.engine.acts.report(target.run.folder, 'postmortem');
    await window.showTextDocument(await workspace.openTextDocument({ language: 'markdown', content }));
  },
};
