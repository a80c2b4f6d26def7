import { dirname, resolve } from 'node:path';
import { commands, env, Uri, workspace } from 'vscode';
import * as errors from '../../core/userErrors.ts';
import type { Runbook } from '../../core/runbook/model.ts';
import { isRunbookDocument, isRunbookPath } from '../runbookFiles.ts';
import { insideWorkspace } from '../workspacePaths.ts';
import { classifyLink } from './classifyLink.ts';
import { placeInRunbook } from './placeInRunbook.ts';

/** Opens another runbook in its panel, at a place of it if one is named. */
export type OpenRunbook = (runbook: Uri, place: string | null) => Promise<void>;

/**
 * Opens what a link of the document points at. Returns the key of a block when
 * the link is a place in the same document.
 *
 * @throws UserError when the link may not be opened, with the reason
 */
export async function openLink(href: string, document: Uri, runbook: Runbook, openRunbook: OpenRunbook): Promise<string | null> {
  const target = classifyLink(href);
  switch (target?.kind) {
    case undefined:
      throw errors.linkRefused(href);
    case 'web':
      await env.openExternal(Uri.parse(target.url, true));
      return null;
    case 'anchor':
      return placeInRunbook(runbook, target.name);
    case 'file': {
      const file = await fileOf(target.path, document);
      if (file.toString() === document.toString()) return target.place === null ? null : placeInRunbook(runbook, target.place);
      if (await isRunbook(file)) await openRunbook(file, target.place);
      else await commands.executeCommand('vscode.open', file);
      return null;
    }
  }
}

async function fileOf(path: string, document: Uri): Promise<Uri> {
  const written = resolve(dirname(document.fsPath), path);
  const file = document.scheme === 'file' ? await insideWorkspace(written) : undefined;
  if (file === undefined) throw errors.linkOutside(path);
  // By the name under which it is known here: another one would be another document.
  return isRunbookPath(written) ? Uri.file(written) : file;
}

async function isRunbook(file: Uri): Promise<boolean> {
  if (!/\.md$/i.test(file.path)) return false;
  return isRunbookPath(file.path) || isRunbookDocument(await workspace.openTextDocument(file));
}
