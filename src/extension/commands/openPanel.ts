import { ViewColumn } from 'vscode';
import * as errors from '../../core/userErrors.ts';
import { columnOfPanel, openPanel } from '../panel/openPanel.ts';
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

/** For those who write: the source stays where it is, and keeps the keyboard. */
export const openPanelToSideCommand: Command = {
  id: 'guidedRunbooks.openPanelToSide',
  doing: 'opening a runbook to the side',
  async run(_host, args) {
    const document = namedDocument(args);
    if (document === undefined) throw errors.noMarkdown();
    await openPanel(document, columnOfPanel(document) ?? ViewColumn.Beside, true);
  },
};
