import { equal, ok } from 'node:assert/strict';
import * as vscode from 'vscode';
import { hostTests } from '../../harness/hostTests.ts';
import { eventually, openText } from '../../harness/languageHost.ts';

const labelOf = ({ label }: vscode.CompletionItem): string => (typeof label === 'string' ? label : label.label);
const completions = async (document: vscode.TextDocument, at: vscode.Position | undefined): Promise<readonly vscode.CompletionItem[]> => {
  ok(at);
  return (await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', document.uri, at)).items;
};
const isOurs = (item: vscode.CompletionItem): boolean => item.kind === vscode.CompletionItemKind.Snippet && labelOf(item) === 'phase';

export const run = hostTests({
  'a whole phase is offered in a runbook and written where the word stands': async () => {
    const { document, places } = await openText('snippets.runbook.md', '# R\n\nph|\n');
    const items = await eventually(() => completions(document, places[0]), (found) => found.some(isOurs), 'the snippet of a phase');
    const phase = items.find(isOurs);
    ok(phase?.insertText instanceof vscode.SnippetString && phase.range instanceof vscode.Range);
    const editor = vscode.window.activeTextEditor;
    ok(editor);
    await editor.insertSnippet(phase.insertText, phase.range);
    ok(document.getText().startsWith('# R\n\n## Phase 1: Preparation (10 min) <!-- {#preparation} -->\n\n- [ ] What is to be done\n'), document.getText());
  },
  'and in no other Markdown': async () => {
    const { document, places } = await openText('notes.md', '# Notes\n\nph|\n');
    equal((await completions(document, places[0])).some(isOurs), false);
  },
});
