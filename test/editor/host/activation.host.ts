import { deepEqual, equal, ok } from 'node:assert/strict';
import * as vscode from 'vscode';
import { hostTests } from '../../harness/hostTests.ts';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension('guided-runbooks.guided-runbooks');
  ok(found, 'the extension is not installed');
  return found;
}

export const run = hostTests({
  'stays asleep until Markdown is opened': () => {
    equal(extension().isActive, false);
  },
  'activates, and registers every command of its manifest': async () => {
    await extension().activate();
    const registered = new Set(await vscode.commands.getCommands());
    const { contributes } = extension().packageJSON as Manifest;
    deepEqual(contributes.commands.map(({ command }) => command).filter((id) => !registered.has(id)), []);
  },
  'leaves plain Markdown to the text editor': async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: '# Notes\n' });
    await vscode.window.showTextDocument(document);
    ok(vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputText);
  },
});
