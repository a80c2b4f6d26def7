import { type Disposable, DocumentSymbol, type DocumentSymbolProvider, languages, SymbolKind } from 'vscode';
import { outline, type OutlineItem } from '../../core/language/outline.ts';
import { toRange } from './convert.ts';
import { type LanguageHost, MARKDOWN, sourceOf } from './host.ts';

const KINDS: Readonly<Record<OutlineItem['kind'], SymbolKind>> = {
  section: SymbolKind.Namespace,
  command: SymbolKind.Function,
  manual: SymbolKind.Boolean,
  task: SymbolKind.Class,
  gate: SymbolKind.Event,
  attestation: SymbolKind.Key,
};

/** Phases and steps in the outline, the breadcrumbs and *Go to Symbol*. */
export function registerOutline(host: LanguageHost): Disposable {
  const provider: DocumentSymbolProvider = {
    provideDocumentSymbols(document) {
      const source = sourceOf(document, host);
      return source === undefined ? [] : outline(source).map(symbol);
    },
  };
  return languages.registerDocumentSymbolProvider(MARKDOWN, provider, { label: 'Runbook' });
}

function symbol(item: OutlineItem): DocumentSymbol {
  const made = new DocumentSymbol(item.name, item.detail, KINDS[item.kind], toRange(item.range), toRange(item.selection));
  made.children = item.children.map(symbol);
  return made;
}
