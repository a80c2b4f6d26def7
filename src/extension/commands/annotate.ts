import { workspace } from 'vscode';
import * as errors from '../../core/userErrors.ts';
import { accept, meantProposal } from '../annotate/acceptProposal.ts';
import type { Command } from './command.ts';
import { namedDocument } from './target.ts';

/** Works on any Markdown, also on what is no runbook yet. */
export const annotateCommand: Command = {
  id: 'guidedRunbooks.annotate',
  doing: 'proposing annotations',
  async run(host, args) {
    const named = namedDocument(args);
    if (named === undefined) throw errors.noMarkdown();
    const engine = await host.engine.load();
    await engine.annotate(await workspace.openTextDocument(named));
  },
};

export const acceptAnnotationsCommand: Command = {
  id: 'guidedRunbooks.acceptAnnotations',
  doing: 'writing annotations',
  async run(host, args) {
    const { proposals } = await host.engine.load();
    const { uri, proposal } = meantProposal(proposals, args);
    await accept(proposal);
    await proposals.close(uri);
  },
};

export const discardAnnotationsCommand: Command = {
  id: 'guidedRunbooks.discardAnnotations',
  doing: 'discarding proposed annotations',
  async run(host, args) {
    const { proposals } = await host.engine.load();
    await proposals.close(meantProposal(proposals, args).uri);
  },
};
