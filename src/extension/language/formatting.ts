import { type Disposable, type DocumentSelector, languages, RelativePattern, type TextDocument, workspace } from 'vscode';
import { formatAnnotations } from '../../core/language/format.ts';
import { contains, type Range } from '../../core/language/text.ts';
import { DisposableStore } from '../dispose.ts';
import { runbookGlobs } from '../runbookFiles.ts';
import { concerns, readSetting } from '../settings.ts';
import { fromRange, toEdit } from './convert.ts';
import { type LanguageHost, sourceOf } from './host.ts';

/**
 * Formats annotations, and nothing else. It is registered for runbooks by their
 * names only: a second formatter for all Markdown would make the editor ask
 * which one is meant, in files that have nothing to do with it.
 */
export function registerFormatting(host: LanguageHost): Disposable {
  const store = new DisposableStore();
  let registered: Disposable | undefined;
  const register = (): void => {
    registered?.dispose();
    registered = languages.registerDocumentRangeFormattingEditProvider(selector(), {
      provideDocumentRangeFormattingEdits: (document, range) => edits(document, fromRange(range), host),
    });
  };
  register();
  store.add(workspace.onDidChangeConfiguration((event) => concerns(event, 'include') && register()));
  store.add(workspace.onDidChangeWorkspaceFolders(register));
  store.defer(() => registered?.dispose());
  return store;
}

function selector(): DocumentSelector {
  const included = (workspace.workspaceFolders ?? []).flatMap((folder) => readSetting('include', folder.uri).map((glob) => new RelativePattern(folder, glob)));
  return [...runbookGlobs, ...included].map((pattern) => ({ language: 'markdown', pattern }));
}

function edits(document: TextDocument, range: Range, host: LanguageHost): ReturnType<typeof toEdit>[] {
  const source = sourceOf(document, host);
  if (source === undefined) return [];
  return formatAnnotations(source).filter(({ range: at }) => contains(range, at.start) && contains(range, at.end)).map(toEdit);
}
