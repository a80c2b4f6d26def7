import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { hostTests } from '../harness/hostTests.ts';
import { eventually } from '../harness/languageHost.ts';

/**
 * What `writing.ts` and this module say to each other: `rounds` in the
 * workspace says how often, `figures.json` tells milliseconds of each round.
 */
export interface WritingTimes {
  readonly outline: { readonly ours: number[]; readonly other: number[] };
  readonly completion: { readonly ours: number[]; readonly other: number[] };
  readonly diagnostics: { readonly ours: number[]; readonly other: number[] };
}

const OURS = 'Guided Runbooks';
/** Built-in: it reports links that lead nowhere once `markdown.validate.enabled` is set. */
const BROKEN_LINK = '[x](#nowhere)';
const BROKEN_ATTRIBUTE = '<!-- {tiemout=5m} -->';

export const run = hostTests({
  'measures what follows a keystroke': async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
    const rounds = Number(readFileSync(join(folder, 'rounds'), 'utf8'));
    const plain = await open(join(folder, 'long.md'));
    const runbook = await open(join(folder, 'long.runbook.md'));
    const times: WritingTimes = { outline: { ours: [], other: [] }, completion: { ours: [], other: [] }, diagnostics: { ours: [], other: [] } };
    for (const document of [plain, runbook]) await eventually(() => symbolsOf(document), (symbols) => (symbols ?? []).length > 0, 'an outline');
    // The first rounds make both sides ready and are not counted.
    for (let round = -2; round < rounds; round += 1) {
      const order = round % 2 === 0 ? (['ours', 'other'] as const) : (['other', 'ours'] as const);
      for (const which of order) {
        const document = which === 'ours' ? runbook : plain;
        const outline = await outlineAfterKey(document);
        const completion = await completionAfterKey(document, which === 'ours' ? '- [ ] Then <!-- {requires=' : '[see](#', which === 'ours' ? 'deploy' : 'deployment-of-the-order-service');
        if (round < 0) continue;
        times.outline[which].push(outline);
        times.completion[which].push(completion);
      }
      const found = await findingsAfterKey(runbook);
      if (round < 0) continue;
      times.diagnostics.ours.push(found.ours);
      times.diagnostics.other.push(found.other);
    }
    writeFileSync(join(folder, 'figures.json'), JSON.stringify(times));
  },
});

async function open(path: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(path));
  await vscode.window.showTextDocument(document, { preview: false });
  return document;
}

/** The line of prose that is written in. */
const LINE = 2;

async function put(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, document.lineAt(LINE).range, text);
  await vscode.workspace.applyEdit(edit);
}

let keys = 0;

async function outlineAfterKey(document: vscode.TextDocument): Promise<number> {
  await put(document, `words ${String((keys += 1))}`);
  const began = performance.now();
  const symbols = await symbolsOf(document);
  const took = performance.now() - began;
  if ((symbols ?? []).length === 0) throw new Error('there is no outline');
  return took;
}

function symbolsOf(document: vscode.TextDocument): Thenable<vscode.DocumentSymbol[] | undefined> {
  return vscode.commands.executeCommand('vscode.executeDocumentSymbolProvider', document.uri);
}

/** From a keystroke to proposals at the end of a line, with one of them that has to be among them. */
async function completionAfterKey(document: vscode.TextDocument, line: string, expected: string): Promise<number> {
  await put(document, line);
  const began = performance.now();
  const { items } = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', document.uri, new vscode.Position(LINE, line.length));
  const took = performance.now() - began;
  const labels = items.map(({ label }) => (typeof label === 'string' ? label : label.label));
  if (!labels.some((label) => label.replace(/^#/, '') === expected)) throw new Error(`${expected} is not proposed, but ${labels.slice(0, 20).join(', ')}`);
  await put(document, 'words');
  return took;
}

/** From one keystroke to what each extension finds of it. */
async function findingsAfterKey(document: vscode.TextDocument): Promise<{ readonly ours: number; readonly other: number }> {
  const isOurs = ({ source }: vscode.Diagnostic): boolean => source === OURS;
  const at = (mine: boolean): readonly vscode.Diagnostic[] => vscode.languages.getDiagnostics(document.uri).filter((each) => each.range.start.line === LINE && isOurs(each) === mine);
  await put(document, 'words');
  await settled(() => at(true).length === 0 && at(false).length === 0, () => 'the findings to go');
  const began = performance.now();
  const times: { ours?: number; other?: number } = {};
  const both = settled(() => {
    if (at(true).length > 0) times.ours ??= performance.now() - began;
    if (at(false).length > 0) times.other ??= performance.now() - began;
    return times.ours !== undefined && times.other !== undefined;
  }, () => `findings of both (there: ${JSON.stringify(times)})`);
  await put(document, `## ${BROKEN_LINK} ${BROKEN_ATTRIBUTE}`);
  await both;
  return { ours: times.ours ?? Number.NaN, other: times.other ?? Number.NaN };
}

/** Resolves once it is so, asked again whenever diagnostics change. */
async function settled(isSo: () => boolean, what: () => string): Promise<void> {
  if (isSo()) return;
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      listener.dispose();
      reject(new Error(`waited in vain for ${what()}`));
    }, 30_000);
    const listener = vscode.languages.onDidChangeDiagnostics(() => {
      if (!isSo()) return;
      clearTimeout(timer);
      listener.dispose();
      resolve();
    });
  });
}
