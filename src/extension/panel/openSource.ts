import { commands, Range, TextEditorRevealType, type Uri, ViewColumn, window } from 'vscode';

/** Opens a runbook as text, in the column of its panel. */
export async function openSource(document: Uri, column?: ViewColumn): Promise<void> {
  await commands.executeCommand('vscode.openWith', document, 'default', column ?? ViewColumn.Active);
}

/** Shows a line of the source: in the editor that has it open, else beside the panel. `line` counts from 1. */
export async function revealLine(document: Uri, line: number): Promise<void> {
  const open = window.visibleTextEditors.find((editor) => editor.document.uri.toString() === document.toString());
  const place = new Range(line - 1, 0, line - 1, 0);
  const editor = await window.showTextDocument(document, {
    viewColumn: open?.viewColumn ?? ViewColumn.Beside,
    selection: place,
  });
  editor.revealRange(place, TextEditorRevealType.InCenterIfOutsideViewport);
}
