import { type QuickPickItem, Range, Uri, window, workspace, type WorkspaceFolder } from 'vscode';
import * as errors from '../../core/userErrors.ts';
import { templates, type Template } from '../newRunbook/templates.ts';
import { whereProblem } from '../newRunbook/where.ts';
import type { Command } from './command.ts';

/** Begins a runbook, or a package of them, from a template, as files that are opened to be written. */
export const newRunbookCommand: Command = {
  id: 'guidedRunbooks.newRunbook',
  doing: 'beginning a runbook',
  async run(host) {
    const folder = await chosenFolder();
    if (folder === undefined) return;
    const template = await chosenTemplate();
    if (template === undefined) return;
    const targets = await chosenPlaces(folder, template);
    if (targets === undefined) return;
    for (const [place, { source }] of template.files.entries()) {
      const target = targets[place];
      if (target !== undefined) await workspace.fs.copy(Uri.joinPath(host.extensionUri, source), target, { overwrite: false });
    }
    const [first] = targets;
    if (first !== undefined) await openToWrite(first);
  },
};

async function chosenFolder(): Promise<WorkspaceFolder | undefined> {
  const folders = workspace.workspaceFolders ?? [];
  if (folders.length === 0) throw errors.noFolder();
  return folders.length === 1 ? folders[0] : window.showWorkspaceFolderPick({ placeHolder: 'In which folder?' });
}

async function chosenTemplate(): Promise<Template | undefined> {
  const items = templates.map((template): QuickPickItem & { readonly template: Template } => ({
    label: template.label,
    detail: template.detail,
    ...(template.files.length === 1 ? {} : { description: `${String(template.files.length)} files` }),
    template,
  }));
  return (await window.showQuickPick(items, { title: 'New Runbook', placeHolder: 'Begin with', matchOnDetail: true }))?.template;
}

/** Asks for a file, or for the folder of several; none of them may be there already. */
async function chosenPlaces(folder: WorkspaceFolder, { files }: Template): Promise<readonly Uri[] | undefined> {
  const [only] = files;
  const isOne = files.length === 1 && only !== undefined;
  const targets = (written: string): readonly Uri[] => (isOne ? [Uri.joinPath(folder.uri, written)] : files.map(({ name }) => Uri.joinPath(folder.uri, written, name)));
  const proposed = isOne ? only.name : 'release';
  const written = await window.showInputBox({
    title: 'New Runbook',
    prompt: isOne ? `Its file, from ${folder.name} on` : `The folder of its ${String(files.length)} files, from ${folder.name} on`,
    value: proposed,
    valueSelection: [0, isOne ? proposed.indexOf('.') : proposed.length],
    validateInput: async (text) => whereProblem(text.trim(), isOne) ?? (await takenWords(targets(text.trim()))),
  });
  return written === undefined ? undefined : targets(written.trim());
}

async function takenWords(targets: readonly Uri[]): Promise<string | null> {
  for (const target of targets) {
    const isThere = await Promise.resolve(workspace.fs.stat(target)).then(() => true, () => false);
    if (isThere) return `${workspace.asRelativePath(target)} is there already. Choose another name.`;
  }
  return null;
}

/** What every template has the author write first. */
const TO_REPLACE = /\bNAME\b/;

/** Opens a file to stay, with what has to be replaced first selected. */
async function openToWrite(file: Uri): Promise<void> {
  const document = await workspace.openTextDocument(file);
  const found = TO_REPLACE.exec(document.getText());
  const selection = found === null ? {} : { selection: new Range(document.positionAt(found.index), document.positionAt(found.index + found[0].length)) };
  await window.showTextDocument(document, { preview: false, ...selection });
}
