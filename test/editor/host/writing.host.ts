import { deepEqual, equal, ok } from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { hostTests } from '../../harness/hostTests.ts';
import { eventually, openText } from '../../harness/languageHost.ts';

/** As an open runbook has them; the first one to be open brings the help for writing with it. */
const STEPS = '# R\n\n**Do**:\n\n```bash {#do timeout=90s}\nops/do\n```\n\n';

const labelOf = ({ label }: vscode.CompletionItem): string => (typeof label === 'string' ? label : label.label);

/** What the editor proposes at a place, as soon as it proposes something of ours. */
async function proposed(document: vscode.TextDocument, at: vscode.Position | undefined, ours: string): Promise<readonly vscode.CompletionItem[]> {
  ok(at);
  const list = await eventually(() => vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', document.uri, at, undefined, 100), ({ items }) => items.some((item) => labelOf(item) === ours), `"${ours}" among the completions`);
  return list.items;
}

const spanOf = ({ start, end }: vscode.Range): string => `${String(start.line)}:${String(start.character)}-${String(end.line)}:${String(end.character)}`;

function writeBeside(name: string, text: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  mkdirSync(join(folder, 'plans'), { recursive: true });
  writeFileSync(join(folder, name), text);
  return vscode.Uri.file(join(folder, name));
}

export const run = hostTests({
  'attributes are completed, and what is chosen is put there': async () => {
    const { document, places } = await openText('complete.runbook.md', `${STEPS}\`\`\`bash {requires=|}\nx\n\`\`\`\n\n\`\`\`bash {|}\ny\n\`\`\`\n`);
    deepEqual((await proposed(document, places[0], 'do')).map(labelOf), ['do', 'r/do~2']);
    const items = await proposed(document, places[1], 'timeout');
    const documentation = items.find((item) => labelOf(item) === 'timeout')?.documentation;
    ok(documentation instanceof vscode.MarkdownString && documentation.value.includes('when the block is stopped'));
  },
  'keys of the front matter and runbooks of the package are completed': async () => {
    writeBeside('other.runbook.md', '# Other\n');
    const { document, places } = await openText('keys.runbook.md', '---\nrunbook: 1\n|\npackage:\n  - |\n---\n# R\n');
    const keys = (await proposed(document, places[0], 'inputs')).map(labelOf);
    ok(keys.includes('environments') && !keys.includes('runbook'));
    ok((await proposed(document, places[1], 'other.runbook.md')).some((item) => labelOf(item) === 'other.runbook.md'));
  },
  'a hover says what a step is': async () => {
    const { document, places } = await openText('hover.runbook.md', `${STEPS}\`\`\`bash {undo=d|o}\nx\n\`\`\`\n`);
    const hovers = await eventually(() => vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, places[0]), (found) => found.length > 0, 'a hover');
    const text = hovers.flatMap(({ contents }) => contents).map((content) => (content instanceof vscode.MarkdownString ? content.value : String(content))).join('\n');
    ok(text.includes('**Do**') && text.includes('command step'), text);
  },
  'an id is found, and renamed in linked runbooks, too': async () => {
    const { document, places } = await openText('ids.runbook.md', STEPS.replace('#do', '#d|o') + '```bash {#then requires=do}\nx\n```\n');
    const linking = writeBeside('linking.runbook.md', '# L\n\nSee [it](ids.runbook.md#do) and [other](other.runbook.md#do).\n');
    const at = places[0];
    ok(at);
    const references = await eventually(() => vscode.commands.executeCommand<vscode.Location[]>('vscode.executeReferenceProvider', document.uri, at), (found) => found.length >= 3, 'three references');
    deepEqual(references.map(({ uri, range }) => `${uri.path.split('/').at(-1) ?? ''} ${spanOf(range)}`).sort(), ['ids.runbook.md 4:10-4:12', 'ids.runbook.md 8:24-8:26', 'linking.runbook.md 2:24-2:26']);
    const definitions = await vscode.commands.executeCommand<vscode.Location[]>('vscode.executeDefinitionProvider', document.uri, new vscode.Position(8, 26));
    deepEqual(definitions.map(({ range }) => spanOf(range)), ['4:10-4:12']);
    const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>('vscode.executeDocumentRenameProvider', document.uri, at, 'deploy');
    ok(await vscode.workspace.applyEdit(edit));
    equal(document.getText(), STEPS.replace('#do', '#deploy') + '```bash {#then requires=deploy}\nx\n```\n');
    equal((await vscode.workspace.openTextDocument(linking)).getText(), '# L\n\nSee [it](ids.runbook.md#deploy) and [other](other.runbook.md#do).\n');
  },
  'a link to a step of another runbook leads to it': async () => {
    writeBeside('target.runbook.md', STEPS);
    const { document, places } = await openText('link.runbook.md', '# L\n\nSee [it](target.runbook.md#d|o).\n');
    const found = await eventually(() => vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>('vscode.executeDefinitionProvider', document.uri, places[0]), (list) => list.some((each) => 'uri' in each && spanOf(each.range) === '4:10-4:12'), 'the step');
    ok(found.length > 0);
  },
  'annotations are formatted, and nothing else': async () => {
    const { document } = await openText('format.runbook.md', '# R\n\n-   [ ]   Look   <!--{evidence   #look}-->\n\n```bash   {timeout=5m #do}\nops/do   --all\n```\n');
    const edits = await eventually(() => vscode.commands.executeCommand<vscode.TextEdit[] | undefined>('vscode.executeFormatDocumentProvider', document.uri, { tabSize: 2, insertSpaces: true }), (found) => (found ?? []).length > 0, 'edits');
    const edit = new vscode.WorkspaceEdit();
    edit.set(document.uri, edits ?? []);
    ok(await vscode.workspace.applyEdit(edit));
    equal(document.getText(), '# R\n\n-   [ ]   Look <!-- {#look evidence} -->\n\n```bash {#do timeout=5m}\nops/do   --all\n```\n');
  },
  'steps are folded, selections grow, words are coloured, members are links': async () => {
    writeBeside('other.runbook.md', '# Other\n');
    const { document, places } = await openText('shape.runbook.md', `---\npackage: [other.runbook.md]\n---\n${STEPS.replace('90s', '90|s')}- [ ] Look\n\n  There\n`);
    const foldings = await eventually(() => vscode.commands.executeCommand<vscode.FoldingRange[]>('vscode.executeFoldingRangeProvider', document.uri), (found) => found.some(({ start, end }) => start === 11 && end === 13), 'the fold of a step');
    ok(foldings.length > 0);
    const [selection] = await vscode.commands.executeCommand<vscode.SelectionRange[]>('vscode.executeSelectionRangeProvider', document.uri, [places[0]]);
    const grown: string[] = [];
    for (let at = selection; at !== undefined; at = at.parent) grown.push(document.getText(at.range));
    ok(grown.includes('timeout=90s') && grown.includes('{#do timeout=90s}'), JSON.stringify(grown));
    const tokens = await vscode.commands.executeCommand<vscode.SemanticTokens>('vscode.provideDocumentSemanticTokens', document.uri);
    equal(tokens.data.length % 5, 0);
    ok(tokens.data.length >= 15);
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>('vscode.executeLinkProvider', document.uri);
    ok(links.some(({ target }) => target?.path.endsWith('/other.runbook.md') === true));
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri);
    deepEqual(lenses.map(({ command }) => command?.title).sort(), ['Open runbook', 'Run step']);
  },
  'other Markdown has none of it': async () => {
    const { document } = await openText('plain.md', STEPS);
    const at = new vscode.Position(4, 11);
    const list = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', document.uri, new vscode.Position(4, 9));
    // Words of the text itself are proposed by the editor everywhere.
    deepEqual(list.items.filter(({ kind }) => kind !== vscode.CompletionItemKind.Text).map(labelOf).filter((label) => ['timeout', '#id', 'confirm'].includes(label)), []);
    deepEqual(await vscode.commands.executeCommand('vscode.executeHoverProvider', document.uri, at), []);
    deepEqual(await vscode.commands.executeCommand('vscode.executeDefinitionProvider', document.uri, at), []);
    deepEqual((await vscode.commands.executeCommand<vscode.TextEdit[] | undefined>('vscode.executeFormatDocumentProvider', document.uri, { tabSize: 2, insertSpaces: true })) ?? [], []);
    deepEqual(await vscode.commands.executeCommand('vscode.executeCodeLensProvider', document.uri), []);
    const tokens = await vscode.commands.executeCommand<vscode.SemanticTokens | undefined>('vscode.provideDocumentSemanticTokens', document.uri);
    equal(tokens?.data.length ?? 0, 0);
  },
});
