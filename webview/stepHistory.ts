import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { HistoryView } from '../src/core/view/review/reviewView.ts';
import { attempt } from './attempt.ts';
import type { Drawing } from './drawing.ts';
import { icon } from './icon.ts';

/** Everything that the record has of a step, oldest first. */
export function stepHistory(history: readonly HistoryView[], owner: string, context: { readonly drawing: Drawing; readonly current: boolean }): TemplateResult | typeof nothing {
  if (history.length === 0) return nothing;
  return html`<ol class="history" aria-label=${`History of ${owner}`}>
    ${history.map((entry) => html`<li>${entry.kind === 'attempt' ? attempt(entry, { drawing: context.drawing, owner, tabbable: context.current }) : said(entry)}</li>`)}
  </ol>`;
}

function said({ words, by }: Extract<HistoryView, { kind: 'said' }>): TemplateResult {
  return html`<p class="entry">${icon('person', 'status-none')}<span class="how">${words}</span><span class="about"></span><span class="by">${by}</span></p>`;
}
