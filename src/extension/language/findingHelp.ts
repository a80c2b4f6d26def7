import { type Disposable, Uri, workspace } from 'vscode';
import { helpScheme } from '../contributions.ts';

/** Where the documentation of a finding's code opens, as a text that cannot be edited. */
export function helpUri(code: string): Uri {
  return Uri.from({ scheme: helpScheme, path: `/${code}.md` });
}

/** Gives the editor what docs/DIAGNOSTICS.md says of a code. It ships, so nothing is asked of any network. */
export function registerFindingHelp(extensionUri: Uri): Disposable {
  return workspace.registerTextDocumentContentProvider(helpScheme, {
    async provideTextDocumentContent({ path }) {
      const code = path.replace(/^\/|\.md$/g, '');
      const page = new TextDecoder().decode(await workspace.fs.readFile(Uri.joinPath(extensionUri, 'docs', 'DIAGNOSTICS.md')));
      const part = page.split(/^(?=## )/m).find((each) => each.startsWith(`## ${code}\n`));
      return part === undefined ? `There is no finding "${code}".\n` : part.replace(/^## /, '# ');
    },
  });
}
