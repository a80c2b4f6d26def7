import { type Disposable, FoldingRange, languages, SelectionRange, SemanticTokensBuilder, SemanticTokensLegend, type TextDocument } from 'vscode';
import { foldingRanges } from '../../core/language/folding.ts';
import { selectionRanges } from '../../core/language/selection.ts';
import { semanticTokens, TOKEN_MODIFIERS, TOKEN_TYPES } from '../../core/language/semanticTokens.ts';
import { DisposableStore } from '../dispose.ts';
import { fromPosition, toRange } from './convert.ts';
import { type LanguageHost, MARKDOWN, sourceOf } from './host.ts';

const LEGEND = new SemanticTokensLegend([...TOKEN_TYPES], [...TOKEN_MODIFIERS]);

/** Folding, growing selections, and words coloured by what they mean. */
export function registerShape(host: LanguageHost): Disposable {
  const store = new DisposableStore();
  store.add(
    languages.registerFoldingRangeProvider(MARKDOWN, {
      provideFoldingRanges(document) {
        const source = sourceOf(document, host);
        return source === undefined ? [] : foldingRanges(source).map(({ start, end }) => new FoldingRange(start, end));
      },
    }),
  );
  store.add(
    languages.registerSelectionRangeProvider(MARKDOWN, {
      provideSelectionRanges(document, positions) {
        const source = sourceOf(document, host);
        if (source === undefined) return [];
        return positions.flatMap((position) => {
          const chain = selectionRanges(source, fromPosition(position)).map(toRange).reverse();
          return chain.reduce<SelectionRange | undefined>((parent, range) => new SelectionRange(range, parent), undefined) ?? [];
        });
      },
    }),
  );
  store.add(languages.registerDocumentSemanticTokensProvider(MARKDOWN, { provideDocumentSemanticTokens: (document) => tokensOf(document, host) }, LEGEND));
  return store;
}

function tokensOf(document: TextDocument, host: LanguageHost): ReturnType<SemanticTokensBuilder['build']> {
  const builder = new SemanticTokensBuilder(LEGEND);
  const source = sourceOf(document, host);
  for (const { range, type, isDeclaration } of source === undefined ? [] : semanticTokens(source)) builder.push(toRange(range), type, isDeclaration ? ['declaration'] : []);
  return builder.build();
}
