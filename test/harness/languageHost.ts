import { ok } from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';

/** Writes a file of the workspace and opens it as text. `|` marks places in the text; they are taken out. */
export async function openText(name: string, marked: string): Promise<{ readonly document: vscode.TextDocument; readonly places: readonly vscode.Position[] }> {
  const parts = marked.split('|');
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  ok(folder, 'no folder is open');
  const file = join(folder, name);
  writeFileSync(file, parts.join(''));
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(file));
  await vscode.window.showTextDocument(document);
  let offset = 0;
  const places = parts.slice(0, -1).map((part) => document.positionAt((offset += part.length)));
  return { document, places };
}

/** Calls until the answer is what is waited for: providers are registered when the first runbook is open. */
export async function eventually<T>(ask: () => Thenable<T>, isIt: (answer: T) => boolean, what: string): Promise<T> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const answer = await ask();
    if (isIt(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`${what}; the last answer was ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
