import { CompletionItem, CompletionItemKind, type CompletionItemProvider, CompletionList, type Disposable, languages, MarkdownString, Range, SnippetString } from 'vscode';
import { complete, TRIGGERS } from '../../core/language/completion/complete.ts';
import type { Completion } from '../../core/language/completion/model.ts';
import { narrow } from '../../core/language/completion/narrow.ts';
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
  // There may be a thousand of them, and the editor shows the documentation of one.
  const documentation = new WeakMap<CompletionItem, string>();
  const provider: CompletionItemProvider = {
    async provideCompletionItems(document, position) {
      const source = sourceOf(document, host);
      if (source === undefined) return [];
      const found = complete(source, fromPosition(position), host.sources.lastOf(document));
      if (found.length === 0) return pathCompletions(document, source, fromPosition(position));
      const [first] = found;
      const typed = first === undefined ? '' : document.getText(new Range(toRange(first.range).start, position));
      const { found: near, isPart } = narrow(found, typed);
      const items = near.map((each, index) => {
        const made = item(each, index);
        documentation.set(made, each.documentation);
        return made;
      });
      return new CompletionList(items, isPart);
    },
    resolveCompletionItem(made) {
      const text = documentation.get(made) ?? '';
      if (text !== '') made.documentation = new MarkdownString(text);
      return made;
    },
  };
  return languages.registerCompletionItemProvider(MARKDOWN, provider, ...TRIGGERS);
}

function item(found: Completion, index: number): CompletionItem {
  const made = new CompletionItem({ label: found.label, ...(found.detail === '' ? {} : { description: found.detail }) }, KINDS[found.kind]);
  made.insertText = new SnippetString(found.snippet);
  made.range = toRange(found.range);
  // `#id` is typed with its sign, and `"` opens values: both are part of what is looked for.
  made.filterText = found.label;
  // In the order of the document, or of the table.
  made.sortText = String(index).padStart(4, '0');
  if (found.goesOn === true) made.command = { command: 'editor.action.triggerSuggest', title: 'Suggest' };
  return made;
}
