import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { IntegrityView } from '../src/core/view/review/reviewView.ts';
import { icon } from './icon.ts';
import type { Folds } from './notices.ts';

/** More findings than this fold under a summary. */
const SHOWN = 4;

const LOOK: Readonly<Record<IntegrityView['state'], readonly [string, string]>> = {
  checking: ['loading', 'status-running codicon-modifier-spin'],
  whole: ['pass', 'status-done'],
  damaged: ['error', 'status-failed'],
};

/** Whether the record is whole, where it is not, and what git says of it. */
export function integrity(view: IntegrityView, folds: Folds): TemplateResult {
  const [name, tone] = LOOK[view.state];
  const findings = html`<ul class="findings">${view.findings.map((finding) => html`<li>${finding}</li>`)}</ul>`;
  return html`<div class="fact integrity-${view.state}">
    ${icon(name, tone)}
    <div>
      <p><b>${view.title}</b></p>
      ${view.findings.length === 0
        ? nothing
        : view.findings.length <= SHOWN
          ? findings
          : html`<details .open=${folds.isOpen('findings')} @toggle=${(event: Event) => folds.set('findings', (event.target as HTMLDetailsElement).open)}><summary>${view.findings.length} findings</summary>${findings}</details>`}
      ${view.anchor.words === '' ? nothing : html`<p class="anchor tone-${view.anchor.tone}">${view.anchor.tone === 'warning' ? icon('warning', 'tone-warning') : nothing}${view.anchor.words}</p>`}
    </div>
  </div>`;
}
