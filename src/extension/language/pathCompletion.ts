import { posix } from 'node:path';
import { CompletionItem, CompletionItemKind, FileType, type TextDocument, Uri, workspace } from 'vscode';
import { pathContext } from '../../core/language/completion/pathContext.ts';
import type { RunbookSource } from '../../core/language/source.ts';
import type { Position } from '../../core/language/text.ts';
import { findRunbooks } from '../runbookFiles.ts';
import { toRange } from './convert.ts';

/** Runbooks that can be members of the package, and files and folders that blocks can name. */
export async function pathCompletions(document: TextDocument, source: RunbookSource, at: Position): Promise<CompletionItem[]> {
  const context = pathContext(source, at);
  if (context === null) return [];
  const range = toRange(context.range);
  const made = (path: string, kind: CompletionItemKind): CompletionItem => Object.assign(new CompletionItem(path, kind), { range, filterText: path });
  if (context.what === 'member') {
    const listed = new Set((source.runbook.frontMatter.package ?? []).map(({ path }) => path));
    const others = (await findRunbooks()).filter(({ path }) => path !== document.uri.path).map(({ path }) => posix.relative(posix.dirname(document.uri.path), path));
    return others.filter((path) => !listed.has(path)).map((path) => made(path, CompletionItemKind.File));
  }
  const folder = workspace.getWorkspaceFolder(document.uri);
  if (folder === undefined) return [];
  const parent = context.typed.slice(0, context.typed.lastIndexOf('/') + 1);
  // Nothing outside the folder can be named.
  if (parent.startsWith('/') || parent.split('/').includes('..')) return [];
  const entries = await entriesOf(Uri.joinPath(folder.uri, parent));
  return entries.flatMap(([name, type]) => {
    const isFolder = (type & FileType.Directory) !== 0;
    if (name === '.git' || (context.what === 'folder' && !isFolder)) return [];
    return [made(`${parent}${name}${isFolder && context.what === 'file' ? '/' : ''}`, isFolder ? CompletionItemKind.Folder : CompletionItemKind.File)];
  });
}

async function entriesOf(folder: Uri): Promise<readonly (readonly [string, FileType])[]> {
  try {
    return await workspace.fs.readDirectory(folder);
  } catch {
    // A folder that is not there holds nothing.
    return [];
  }
}
