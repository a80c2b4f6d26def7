import * as errors from '../../core/userErrors.ts';
import { openPanel } from '../panel/openPanel.ts';
import type { Command } from './command.ts';
import { namedDocument } from './target.ts';

export const openPanelCommand: Command = {
  id: 'guidedRunbooks.openPanel',
  doing: 'opening a runbook',
  async run(_host, args) {
    const document = namedDocument(args);
    if (document === undefined) throw errors.noMarkdown();
    await openPanel(document);
  },
};
