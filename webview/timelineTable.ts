import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { TimelineBarView, TimelineRowView, TimelineView } from '../src/core/view/review/reviewView.ts';
import type { Drawing } from './drawing.ts';

/** The timeline in words, for those who hear it and those who want it exactly. */
export function timelineTable(view: TimelineView, drawing: Drawing): TemplateResult {
  return html`<div class="table" tabindex="0" role="region" aria-label="Timeline as a table">
    <table>
      <thead>
        <tr><th scope="col">When</th><th scope="col">What</th><th scope="col">How it ended</th></tr>
      </thead>
      ${view.rows.map((row) => group(row, drawing))}
      ${view.waits.length === 0
        ? nothing
        : html`<tbody>
            <tr><th scope="rowgroup" colspan="3">Nothing ran</th></tr>
            ${view.waits.map((wait) => html`<tr><td colspan="3">${wait.words}</td></tr>`)}
          </tbody>`}
    </table>
  </div>`;
}

function group(row: TimelineRowView, drawing: Drawing): TemplateResult {
  return html`<tbody>
    <tr><th scope="rowgroup" colspan="3">${row.title}${row.words === '' ? nothing : html`<small>${row.words}</small>`}</th></tr>
    ${row.bars.map((bar) => line(bar, drawing))}
  </tbody>`;
}

function line({ when, label, words, stepId, isOverBudget }: TimelineBarView, drawing: Drawing): TemplateResult {
  return html`<tr>
    <td>${when}</td>
    <td>${stepId === null ? label : html`<button type="button" class="linklike" aria-label=${`Go to ${label}`} @click=${() => drawing.toStep(stepId)}>${label}</button>`}</td>
    <td>${words}${isOverBudget && !words.includes('over') ? ', over its time' : nothing}</td>
  </tr>`;
}
