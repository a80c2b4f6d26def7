import { type Disposable, DocumentLink, languages, type TextDocument, Uri, workspace } from 'vscode';
import { linkPlaces, type LinkPlace } from '../../core/language/links.ts';
import { toRange } from './convert.ts';
import { type LanguageHost, MARKDOWN, sourceOf } from './host.ts';
import { uriFrom } from './neighbours.ts';

/** Members of the package and files that blocks write. Links of the text are the Markdown extension's. */
export function registerLinks(host: LanguageHost): Disposable {
  return languages.registerDocumentLinkProvider(MARKDOWN, {
    provideDocumentLinks(document) {
      const source = sourceOf(document, host);
      return (source === undefined ? [] : linkPlaces(source)).flatMap((link) => {
        const target = targetOf(document, link);
        if (target === undefined) return [];
        const made = new DocumentLink(toRange(link.range), target);
        made.tooltip = link.what === 'member' ? 'Open this runbook of the package' : 'Open the file that this block writes';
        return [made];
      });
    },
  });
}

function targetOf({ uri }: TextDocument, { what, path }: LinkPlace): Uri | undefined {
  if (path === null || uri.scheme === 'untitled') return undefined;
  if (what === 'member') return uriFrom(uri, path);
  const folder = workspace.getWorkspaceFolder(uri);
  // A block writes nothing outside the folder, and nothing there is opened for it.
  return what === 'file' && folder !== undefined && !path.startsWith('/') && !path.split('/').includes('..') ? Uri.joinPath(folder.uri, path) : undefined;
}
