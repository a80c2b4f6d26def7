import { dirname, resolve } from 'node:path';
import { commands, env, Uri } from 'vscode';
import * as errors from '../../core/userErrors.ts';
import type { Runbook } from '../../core/runbook/model.ts';
import { isRunbookPath } from '../runbookFiles.ts';
import { insideWorkspace } from '../workspacePaths.ts';
import { classifyLink, headingAnchor } from './classifyLink.ts';
import { openPanel } from './openPanel.ts';

/**
 * Opens what a link of the document points at. Returns the key of a block when
 * the link is a place in the same document.
 *
 * @throws UserError when the link may not be opened, with the reason
 */
export async function openLink(href: string, document: Uri, runbook: Runbook): Promise<string | null> {
  const target = classifyLink(href);
  switch (target?.kind) {
    case undefined:
      throw errors.linkRefused(href);
    case 'web':
      await env.openExternal(Uri.parse(target.url, true));
      return null;
    case 'anchor': {
      const section = runbook.sections.find(({ title, id }) => headingAnchor(title) === target.name || id === target.name);
      return section === undefined ? null : `section:${section.id}`;
    }
    case 'file':
      await openFile(target.path, document);
      return null;
  }
}

async function openFile(path: string, document: Uri): Promise<void> {
  const file = document.scheme === 'file' ? await insideWorkspace(resolve(dirname(document.fsPath), path)) : undefined;
  if (file === undefined) {
    throw errors.linkOutside(path);
  }
  if (isRunbookPath(file.path)) await openPanel(file);
  else await commands.executeCommand('vscode.open', file);
}
