import { type Disposable, Hover, languages, MarkdownString } from 'vscode';
import { hoverAt } from '../../core/language/hover/hover.ts';
import { fromPosition, toRange } from './convert.ts';
import { type LanguageHost, MARKDOWN, sourceOf } from './host.ts';

/** What is known of steps, levels, inputs, times, attributes and keys. */
export function registerHover(host: LanguageHost): Disposable {
  return languages.registerHoverProvider(MARKDOWN, {
    async provideHover(document, position) {
      const source = sourceOf(document, host);
      if (source === undefined) return undefined;
      const hover = hoverAt(source, fromPosition(position), await host.past.of(document, source.runbook));
      return hover === null ? undefined : new Hover(new MarkdownString(hover.markdown), toRange(hover.range));
    },
  });
}
