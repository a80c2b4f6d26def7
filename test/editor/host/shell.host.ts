import { deepEqual, equal, match, ok } from 'node:assert/strict';
import * as vscode from 'vscode';
import { hostTests } from '../../harness/hostTests.ts';
import { eventually, openText } from '../../harness/languageHost.ts';

const LEVEL = '\n## Rollback\n\n### Level 1: Back\n\n```bash\nops/back\n```\n\n```bash {verify}\nops/look\n```\n';
const TEXT = `# Deploy\n\n- [ ] Deploy\n\n  \`\`\`bash {irreversible}\n  rm -rf |"$DIR/releases"|\n  \`\`\`\n\n- [ ] Say so\n\n  \`\`\`console\n  $ echo |"it is done\n  \`\`\`\n${LEVEL}`;

const found = (document: vscode.TextDocument): vscode.Diagnostic[] => vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'Guided Runbooks');
const codeOf = ({ code }: vscode.Diagnostic): unknown => (typeof code === 'object' ? code.value : code);
const whenCodes = (document: vscode.TextDocument, codes: readonly string[]): Promise<vscode.Diagnostic[]> =>
  eventually(() => Promise.resolve(found(document)), (now) => JSON.stringify(now.map(codeOf)) === JSON.stringify(codes), `the findings ${codes.join(', ')}`);

async function replace(document: vscode.TextDocument, range: vscode.Range, words: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, range, words);
  ok(await vscode.workspace.applyEdit(edit));
}

export const run = hostTests({
  'what a shell cannot read, and what may remove too much, is underlined where it stands, and no longer once it is corrected': async () => {
    const { document, places: [start, end, quote] } = await openText('shell.runbook.md', TEXT);
    ok(start && end && quote);
    const [removes, broken] = await whenCodes(document, ['rm-unset', 'shell-syntax']);
    deepEqual(removes?.range, new vscode.Range(start, end));
    equal(removes?.severity, vscode.DiagnosticSeverity.Warning);
    match(removes?.message ?? '', /If DIR is empty/);
    deepEqual(broken?.range, new vscode.Range(quote, quote.translate(0, 1)));
    equal(broken?.severity, vscode.DiagnosticSeverity.Error);
    await replace(document, new vscode.Range(quote, document.lineAt(quote.line).range.end), '"it is done"');
    await whenCodes(document, ['rm-unset']);
    await replace(document, new vscode.Range(start, end), '"${DIR:?}/releases"');
    await whenCodes(document, []);
  },
  'PowerShell is read by its own grammar': async () => {
    const { document, places: [start] } = await openText('pwsh.runbook.md', `# Deploy\n\n- [ ] Deploy\n\n  \`\`\`powershell\n  if (Test-Path app) |{ Get-Item app\n  \`\`\`\n${LEVEL}`);
    ok(start);
    const [broken] = await whenCodes(document, ['shell-syntax']);
    deepEqual(broken?.range, new vscode.Range(start, start.translate(0, 1)));
  },
  'a comment hides one, and the same text in other Markdown is not looked at': async () => {
    const plain = await openText('shell.md', TEXT.replaceAll('|', ''));
    const { document } = await openText('hidden.runbook.md', `<!-- runbook-lint-disable rm-unset -->\n\n${TEXT.replaceAll('|', '')}`);
    await whenCodes(document, ['shell-syntax']);
    deepEqual(found(plain.document), []);
  },
});
