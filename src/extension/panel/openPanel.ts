import { commands, TabInputCustom, type Uri, type ViewColumn, window } from 'vscode';
import { panelViewType } from '../contributions.ts';

/** Opens a document in the panel; an open panel of it comes into view instead. `preserveFocus` leaves the keyboard where it is. */
export async function openPanel(document: Uri, column?: ViewColumn, preserveFocus = false): Promise<void> {
  const where = column ?? columnOfPanel(document) ?? window.tabGroups.activeTabGroup.viewColumn;
  await commands.executeCommand('vscode.openWith', document, panelViewType, { viewColumn: where, preserveFocus });
}

/** The column in which a panel of the document is open, shown or behind another tab. */
export function columnOfPanel(document: Uri): ViewColumn | undefined {
  return window.tabGroups.all.find((group) => group.tabs.some((tab) => isPanelOf(tab.input, document)))?.viewColumn;
}

/** The document whose panel is the active tab. */
export function activePanelDocument(): Uri | undefined {
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof TabInputCustom && input.viewType === panelViewType ? input.uri : undefined;
}

function isPanelOf(input: unknown, document: Uri): boolean {
  return input instanceof TabInputCustom && input.viewType === panelViewType && input.uri.toString() === document.toString();
}
