import { deepEqual, equal, ok } from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { hostTests } from '../../harness/hostTests.ts';

const TEXT = '# Called\n\n**Do it**:\n\n```bash\ntouch ran\n```\n';

function workspaceFolder(): string {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  ok(folder, 'no folder is open');
  return folder;
}

function runbook(name: string, folder = workspaceFolder(), text = TEXT): vscode.Uri {
  const file = join(folder, name);
  writeFileSync(file, text);
  return vscode.Uri.file(file);
}

const call = (command: string, ...args: unknown[]): Thenable<unknown> => vscode.commands.executeCommand(`guidedRunbooks.${command}`, ...args);

const nothingRan = (): void => {
  deepEqual(vscode.window.terminals.map(({ name }) => name).filter((name) => name.startsWith('Runbook')), []);
  equal(existsSync(join(workspaceFolder(), 'ran')), false);
};

function panelOf(document: vscode.Uri): boolean {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.some(({ input }) => input instanceof vscode.TabInputCustom && input.uri.toString() === document.toString());
}

const closeAll = (): Thenable<unknown> => vscode.commands.executeCommand('workbench.action.closeAllEditors');

export const run = hostTests({
  'another extension can open a runbook, and nothing runs by that': async () => {
    const document = runbook('open.runbook.md');
    await call('openPanel', document);
    ok(panelOf(document));
    nothingRan();
    await closeAll();
  },
  'a call to run shows the runbook first when nobody sees it': async () => {
    const document = runbook('unseen.runbook.md');
    for (const command of ['runNext', 'runUntilGate', 'retryStep', 'tickStep', 'skipStep', 'markStepDone']) {
      await call(command, document);
      ok(panelOf(document), command);
      nothingRan();
      await closeAll();
    }
  },
  'a call to run a step of a run that goes on shows it first when nobody sees it': async () => {
    const document = runbook('going.runbook.md', undefined, TEXT.replace('```bash', '```bash {#it}'));
    await call('startRun', document);
    await closeAll();
    await call('runStepAtCursor', document, 'it');
    ok(panelOf(document));
    nothingRan();
    rmSync(join(workspaceFolder(), '.runbooks'), { recursive: true });
    await closeAll();
  },
  'arguments of any other kind do nothing': async () => {
    const document = runbook('junk.runbook.md');
    await call('openPanel', document);
    const junk: readonly unknown[][] = [['touch ran'], [{ text: 'touch ran' }], [42], [document, { stepId: 'x' }], [document, 'no-such-step', 'touch ran']];
    for (const args of junk) {
      for (const command of ['runNext', 'runUntilGate', 'runStepAtCursor', 'retryStep', 'startRun', 'stopStep', 'rollBack', 'endRun']) {
        await call(command, ...args);
      }
    }
    await call('runStepAtCursor', document, 'no-such-step');
    nothingRan();
    equal(existsSync(join(workspaceFolder(), '.runbooks')), false);
    await closeAll();
  },
  'a document without a file can be read but not run, and stays as it was': async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: TEXT });
    await call('openPanel', document.uri);
    await call('startRun', document.uri);
    equal(document.getText(), TEXT);
    nothingRan();
    equal(existsSync(join(workspaceFolder(), '.runbooks')), false);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await closeAll();
  },
  'a runbook outside the workspace leaves no record beside itself': async () => {
    const folder = mkdtempSync(join(tmpdir(), 'guided-runbooks-outside-'));
    const document = runbook('outside.md', folder);
    await call('openPanel', document);
    ok(panelOf(document));
    await call('startRun', document);
    equal(existsSync(join(folder, '.runbooks')), false);
    equal(existsSync(join(workspaceFolder(), '.runbooks')), false);
    nothingRan();
    await closeAll();
  },
  'a panel makes no document dirty': async () => {
    const uri = runbook('clean.runbook.md');
    await call('openPanel', uri);
    await call('startRun', uri);
    const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
    equal(document?.isDirty, false);
    ok(existsSync(join(workspaceFolder(), '.runbooks', 'runs')));
    await closeAll();
  },
});
