import { type TextDocument, Uri, workspace } from 'vscode';
import { readSource, type RunbookSource } from '../../core/language/source.ts';
import { findRunbooks } from '../runbookFiles.ts';
import type { Sources } from './sources.ts';

/** Another runbook, as it is in an editor or on the disk. */
export interface Neighbour {
  readonly uri: Uri;
  readonly source: RunbookSource;
}

/** The file that a path of a document leads to. */
export function uriFrom(document: Uri, path: string): Uri {
  return Uri.joinPath(document, '..', path);
}

/** Whether paths of one document lead to another. */
export function leadsTo(document: Uri, target: Uri): (path: string | null) => boolean {
  return (path) => path !== null && uriFrom(document, path).path === target.path;
}

/** The other runbooks of the workspace whose text names this one's file. */
export async function thoseThatName(document: TextDocument, sources: Sources): Promise<readonly Neighbour[]> {
  const name = document.uri.path.split('/').at(-1) ?? '';
  const files = (await findRunbooks()).filter((uri) => uri.path !== document.uri.path);
  const texts = await Promise.all(files.map(async (uri) => ({ uri, source: await sourceAt(uri, sources, (text) => text.includes(name) || text.includes(encodeURIComponent(name))) })));
  return texts.flatMap(({ uri, source }) => (source === undefined ? [] : [{ uri, source }]));
}

/** Runbooks of the same package: those that this one lists, those that list it, and what else they list. */
export async function packageOf(document: TextDocument, naming: readonly Neighbour[], sources: Sources): Promise<readonly Neighbour[]> {
  const listing = naming.filter(({ uri, source }) => (source.runbook.frontMatter.package ?? []).some(({ path }) => leadsTo(uri, document.uri)(path)));
  const listed = [{ uri: document.uri, source: sources.of(document) }, ...listing].flatMap(({ uri, source }) => (source.runbook.frontMatter.package ?? []).map(({ path }) => uriFrom(uri, path)));
  const members = await Promise.all(listed.map(async (uri) => ({ uri, source: await sourceAt(uri, sources, () => true) })));
  const all = [...listing, ...members.flatMap(({ uri, source }) => (source === undefined ? [] : [{ uri, source }]))];
  return [...new Map(all.map((neighbour) => [neighbour.uri.path, neighbour])).values()].filter(({ uri }) => uri.path !== document.uri.path);
}

/** What a file says; undefined when it cannot be read or its text is of no interest. */
export async function sourceAt(uri: Uri, sources: Sources, isOfInterest: (text: string) => boolean): Promise<RunbookSource | undefined> {
  // The same path in another scheme is another text: a revision, a proposal, what a run goes by.
  const open = workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open !== undefined) return isOfInterest(open.getText()) ? sources.of(open) : undefined;
  try {
    const text = new TextDecoder().decode(await workspace.fs.readFile(uri));
    return isOfInterest(text) ? readSource(text) : undefined;
  } catch {
    // A file that is gone, or cannot be read, names nothing.
    return undefined;
  }
}
