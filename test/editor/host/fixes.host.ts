import { deepEqual, equal, ok } from 'node:assert/strict';
import * as vscode from 'vscode';
import { hostTests } from '../../harness/hostTests.ts';
import { eventually, openText } from '../../harness/languageHost.ts';

const LEVEL = '\n## Rollback\n\n### Level 1: Back\n\n```bash\nops/back\n```\n\n```bash {verify}\nops/look\n```\n';
const step = (annotation: string, command: string): string => `# Deploy\n\n**Deploy**:\n\n\`\`\`bash${annotation}\n${command}\n\`\`\`\n${LEVEL}`;

const actionsAt = (document: vscode.TextDocument, at: vscode.Position, kind?: string): Thenable<vscode.CodeAction[]> =>
  vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, new vscode.Range(at, at), kind);

async function actionNamed(document: vscode.TextDocument, at: vscode.Position, title: string, kind?: string): Promise<vscode.CodeAction> {
  const found = await eventually(() => actionsAt(document, at, kind), (actions) => actions.some((action) => action.title.startsWith(title)), `the action ${title}`);
  const action = found.find((each) => each.title.startsWith(title));
  ok(action?.edit, `${title} changes something`);
  return action;
}

async function applied(document: vscode.TextDocument, { edit }: vscode.CodeAction): Promise<string> {
  ok(edit && (await vscode.workspace.applyEdit(edit)));
  return document.getText();
}

export const run = hostTests({
  'a misspelt word is corrected, and the fix says what it is for': async () => {
    const { document, places: [at] } = await openText('word.runbook.md', step(' {time|uot=5m}', 'ops/deploy'));
    ok(at);
    await eventually(() => Promise.resolve(vscode.languages.getDiagnostics(document.uri)), (found) => found.length > 0, 'a finding');
    const action = await actionNamed(document, at, 'Change to “timeout”', vscode.CodeActionKind.QuickFix.value);
    equal(action.isPreferred, true);
    ok((await applied(document, action)).includes('```bash {timeout=5m}\n'));
  },
  'the editor’s own command makes the preferred fix at the cursor': async () => {
    const { document, places: [at] } = await openText('auto.runbook.md', step(' {time|uot=5m}', 'ops/deploy'));
    ok(at);
    await actionNamed(document, at, 'Change to “timeout”');
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(at, at);
    await eventually(() => Promise.resolve(vscode.languages.getDiagnostics(document.uri)), (found) => found.length > 0, 'a finding');
    await vscode.commands.executeCommand('editor.action.autoFix');
    await eventually(() => Promise.resolve(document.getText()), (text) => text.includes('```bash {timeout=5m}\n'), 'the corrected text');
  },
  'a placeholder becomes an input in the front matter, in a file with other line ends': async () => {
    const { document, places: [at] } = await openText('input.runbook.md', step('', 'ops/deploy <ver|sion>').replace(/\n/g, '\r\n'));
    ok(at);
    const text = await applied(document, await actionNamed(document, at, 'Make it the input VERSION'));
    ok(text.startsWith('---\r\nrunbook: 1\r\ninputs:\r\n  VERSION: { description: "version" }\r\n---\r\n\r\n# Deploy\r\n'), text);
    ok(text.includes('\r\nops/deploy "${VERSION}"\r\n'), text);
    equal(text.replace(/\r\n/g, '').includes('\n'), false);
  },
  'refactorings are offered without a finding, and all that has no effect goes at once': async () => {
    const { document, places: [at] } = await openText('all.runbook.md', step(' {timeout=5m timeout=6m}', 'ops/|deploy'));
    ok(at);
    await actionNamed(document, at, 'Give this step the id', vscode.CodeActionKind.Refactor.value);
    const all = await actionNamed(document, at, 'Remove all that has no effect', vscode.CodeActionKind.SourceFixAll.value);
    equal(all.kind?.value, 'source.fixAll.guidedRunbooks');
    ok((await applied(document, all)).includes('```bash {timeout=5m}\n'));
  },
  'other Markdown is offered nothing': async () => {
    const runbook = await openText('here.runbook.md', step(' {time|uot=5m}', 'ops/deploy'));
    ok(runbook.places[0]);
    await actionNamed(runbook.document, runbook.places[0], 'Change to');
    const { document, places: [at] } = await openText('plain.md', step(' {time|uot=5m}', 'ops/deploy'));
    ok(at);
    const titles = (await actionsAt(document, at)).map(({ title }) => title);
    deepEqual(titles.filter((title) => /Change to|Hide|Give this|Add a block/.test(title)), []);
  },
});
