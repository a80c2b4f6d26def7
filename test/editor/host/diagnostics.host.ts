import { deepEqual, equal, match, ok } from 'node:assert/strict';
import * as vscode from 'vscode';
import { hostTests } from '../../harness/hostTests.ts';
import { eventually, openText } from '../../harness/languageHost.ts';

const LEVEL = '\n## Rollback\n\n### Level 1: Back\n\n```bash\nops/back\n```\n\n```bash {verify}\nops/look\n```\n';
const TEXT = `# Deploy\n\n**Deploy**:\n\n\`\`\`bash {|timeuot|=5m}\nops/deploy\n\`\`\`\n${LEVEL}`;

/** Findings of ours: another extension may have its own. */
const found = (document: vscode.TextDocument): vscode.Diagnostic[] => vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'Guided Runbooks');

const codeOf = ({ code }: vscode.Diagnostic): unknown => (typeof code === 'object' ? code.value : code);

const whenCodes = (document: vscode.TextDocument, codes: readonly string[]): Promise<vscode.Diagnostic[]> =>
  eventually(() => Promise.resolve(found(document)), (now) => JSON.stringify(now.map(codeOf)) === JSON.stringify(codes), `the findings ${codes.join(', ')}`);

async function type(document: vscode.TextDocument, at: vscode.Range | vscode.Position, words: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, at instanceof vscode.Position ? new vscode.Range(at, at) : at, words);
  ok(await vscode.workspace.applyEdit(edit));
}

export const run = hostTests({
  'what is odd is underlined at its word, and no longer once it is corrected': async () => {
    const { document, places: [start, end] } = await openText('odd.runbook.md', TEXT);
    ok(start && end);
    const [first] = await whenCodes(document, ['unknown-attribute']);
    deepEqual(first?.range, new vscode.Range(start, end));
    equal(first?.severity, vscode.DiagnosticSeverity.Warning);
    match(first?.message ?? '', /Did you mean "timeout"\?/);
    await type(document, new vscode.Range(start, end), 'timeout');
    await whenCodes(document, []);
    await type(document, new vscode.Position(document.lineCount, 0), '\n```bash {undo=nowhere}\nops/back\n```\n');
    await whenCodes(document, ['unknown-step']);
  },
  'a code leads to what its documentation says': async () => {
    const { document } = await openText('help.runbook.md', TEXT.replaceAll('|', ''));
    const [first] = await whenCodes(document, ['unknown-attribute']);
    const code = first?.code;
    ok(typeof code === 'object');
    const help = await vscode.workspace.openTextDocument(code.target);
    match(help.getText(), /^# unknown-attribute\n\n.*nearest one/);
    deepEqual(found(help), []);
  },
  'a setting makes a finding graver, hides it, or hides all': async () => {
    const { document } = await openText('settings.runbook.md', TEXT.replaceAll('|', ''));
    await whenCodes(document, ['unknown-attribute']);
    const settings = vscode.workspace.getConfiguration('guidedRunbooks');
    const set = (key: string, value: unknown): Thenable<void> => settings.update(key, value, vscode.ConfigurationTarget.Workspace);
    await set('lint.severity', { 'unknown-attribute': 'error' });
    await eventually(() => Promise.resolve(found(document)), ([first]) => first?.severity === vscode.DiagnosticSeverity.Error, 'an error');
    await set('lint.severity', { 'unknown-attribute': 'off' });
    await whenCodes(document, []);
    await set('lint.severity', undefined);
    await whenCodes(document, ['unknown-attribute']);
    await set('lint.enabled', false);
    await whenCodes(document, []);
    await set('lint.enabled', undefined);
    await whenCodes(document, ['unknown-attribute']);
  },
  'other Markdown has no findings, and a runbook none once it is closed or is no runbook any more': async () => {
    const plain = await openText('plain.md', TEXT.replaceAll('|', ''));
    const { document } = await openText('front.md', `---\nrunbook: 1\n---\n${TEXT.replaceAll('|', '')}`);
    await whenCodes(document, ['unknown-attribute']);
    deepEqual(found(plain.document), []);
    await type(document, document.lineAt(1).range, 'subject: 1');
    await whenCodes(document, []);
    await type(document, document.lineAt(1).range, 'runbook: 1');
    await whenCodes(document, ['unknown-attribute']);
    await vscode.languages.setTextDocumentLanguage(document, 'plaintext');
    await eventually(() => Promise.resolve(vscode.languages.getDiagnostics(document.uri)), (now) => now.length === 0, 'no findings of plain text');
  },
});
