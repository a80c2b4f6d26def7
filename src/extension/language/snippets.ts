import { CompletionItem, CompletionItemKind, type Disposable, languages, MarkdownString, SnippetString } from 'vscode';
import { snippetsAt } from '../../core/language/snippets/snippetsAt.ts';
import type { Snippet } from '../../core/language/snippets/snippets.ts';
import { fromPosition, toRange } from './convert.ts';
import { type LanguageHost, MARKDOWN, sourceOf } from './host.ts';

/** Phases, steps, levels and the rest, ready to be filled in. Offered in runbooks alone: snippets of the manifest would be in all Markdown. */
export function registerSnippets(host: LanguageHost): Disposable {
  return languages.registerCompletionItemProvider(MARKDOWN, {
    provideCompletionItems(document, position) {
      const source = sourceOf(document, host);
      const offer = source === undefined ? null : snippetsAt(source, fromPosition(position));
      return offer === null ? [] : offer.snippets.map((snippet) => item(snippet, toRange(offer.range)));
    },
  });
}

function item({ name, detail, body }: Snippet, range: ReturnType<typeof toRange>): CompletionItem {
  const made = new CompletionItem({ label: name, description: detail }, CompletionItemKind.Snippet);
  made.insertText = new SnippetString(body.join('\n'));
  made.documentation = new MarkdownString(`\`\`\`\`markdown\n${body.join('\n').replace(/\$\{\d+:([^}]*)\}|\$\d+/g, '$1').replace(/\\\$/g, '$')}\n\`\`\`\``);
  made.range = range;
  // Behind what is meant for exactly this place.
  made.sortText = `~${name}`;
  return made;
}
