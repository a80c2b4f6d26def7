import { html, nothing, type TemplateResult } from 'lit/html.js';
import { repeat } from 'lit/directives/repeat.js';
import type { NoticeView } from '../src/core/view/viewModel.ts';
import { charts } from './chart.ts';
import { actionRow, type Drawing } from './drawing.ts';
import { severityIcon } from './icon.ts';
import { reviewWords } from './reviewWords.ts';

/** More details than this fold under a summary. */
const SHOWN = 3;

export interface Folds {
  readonly isOpen: (id: string) => boolean;
  readonly set: (id: string, open: boolean) => void;
}

/** Short notices above the document. */
export function notices(views: readonly NoticeView[], drawing: Drawing, folds: Folds): TemplateResult | typeof nothing {
  if (views.length === 0) return nothing;
  return html`<section class="notices" aria-label="Notices">
    ${repeat(
      views,
      (view) => view.id,
      (view) => notice(view, drawing, folds),
    )}
  </section>`;
}

function notice(view: NoticeView, drawing: Drawing, folds: Folds): TemplateResult {
  const fold = view.details.length > SHOWN;
  const lines = html`<ul>
    ${view.details.map((detail) => html`<li>${detail.text}${detail.line === null ? nothing : sourceLink(detail.line, drawing)}</li>`)}
  </ul>`;
  return html`<div class="notice tone-${view.severity}">
    <div class="notice-icon">${severityIcon(view.severity)}</div>
    <div class="notice-body">
      <p>${view.text}</p>
      ${view.details.length === 0
        ? nothing
        : fold
          ? html`<details .open=${folds.isOpen(view.id)} @toggle=${(event: Event) => folds.set(view.id, (event.target as HTMLDetailsElement).open)}><summary>${view.details.length} details</summary>${lines}</details>`
          : lines}
      ${charts(view.charts)}
      ${reviewWords(view.said ?? [], 'Review of the run')}
    </div>
    ${actionRow(drawing, view.actions, view.text)}
  </div>`;
}

function sourceLink(line: number, drawing: Drawing): TemplateResult {
  return html` <button type="button" class="linklike" aria-label=${`Open the source at line ${line}`} @click=${() => drawing.post({ type: 'source', line })}>line ${line}</button>`;
}
