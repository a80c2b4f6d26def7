import { CompletionItem, CompletionItemKind, type Disposable, languages, MarkdownString, SnippetString, type TextDocument } from 'vscode';
import { complete, TRIGGERS } from '../../core/language/completion/complete.ts';
import type { Completion } from '../../core/language/completion/model.ts';
import { fromPosition, toRange } from './convert.ts';
import { type LanguageHost, MARKDOWN, sourceOf } from './host.ts';
import { pathCompletions } from './pathCompletion.ts';

const KINDS: Readonly<Record<Completion['kind'], CompletionItemKind>> = {
  attribute: CompletionItemKind.Property,
  value: CompletionItemKind.Value,
  step: CompletionItemKind.Reference,
  section: CompletionItemKind.Reference,
  input: CompletionItemKind.Variable,
  environment: CompletionItemKind.EnumMember,
  level: CompletionItemKind.EnumMember,
  key: CompletionItemKind.Property,
  language: CompletionItemKind.Keyword,
  backup: CompletionItemKind.EnumMember,
  monitor: CompletionItemKind.EnumMember,
  shell: CompletionItemKind.EnumMember,
};

/** Attributes and their values, keys of the front matter, languages, values behind `$`, and paths. */
export function registerCompletion(host: LanguageHost): Disposable {
  return languages.registerCompletionItemProvider(
    MARKDOWN,
    {
      async provideCompletionItems(document: TextDocument, position) {
        const source = sourceOf(document, host);
        if (source === undefined) return [];
        const found = complete(source, fromPosition(position));
        return found.length > 0 ? found.map(item) : pathCompletions(document, source, fromPosition(position));
      },
    },
    ...TRIGGERS,
  );
}

function item(found: Completion, index: number): CompletionItem {
  const made = new CompletionItem({ label: found.label, ...(found.detail === '' ? {} : { description: found.detail }) }, KINDS[found.kind]);
  if (found.documentation !== '') made.documentation = new MarkdownString(found.documentation);
  made.insertText = new SnippetString(found.snippet);
  made.range = toRange(found.range);
  // `#id` is typed with its sign, and `"` opens values: both are part of what is looked for.
  made.filterText = found.label;
  // In the order of the document, or of the table.
  made.sortText = String(index).padStart(4, '0');
  if (found.goesOn === true) made.command = { command: 'editor.action.triggerSuggest', title: 'Suggest' };
  return made;
}
