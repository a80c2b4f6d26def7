import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { ReviewWordView } from '../src/core/view/review/reviewView.ts';
import { icon } from './icon.ts';

const LOOK: Readonly<Record<ReviewWordView['kind'], { readonly icon: string; readonly words: string; readonly tone: string }>> = {
  remark: { icon: 'comment', words: 'Remark', tone: 'status-none' },
  approved: { icon: 'pass', words: 'Approved', tone: 'status-done' },
  rejected: { icon: 'circle-slash', words: 'Rejected', tone: 'status-failed' },
};

/** What reviewers said. The words are somebody else's: they are drawn as text, never as Markdown. */
export function reviewWords(said: readonly ReviewWordView[], label: string): TemplateResult | typeof nothing {
  if (said.length === 0) return nothing;
  return html`<ul class="said" aria-label=${label}>
    ${said.map(
      ({ kind, by, text, overtaken }) =>
        html`<li class="said-${kind} ${overtaken === null ? '' : 'overtaken'}">
          ${icon(LOOK[kind].icon, LOOK[kind].tone)}
          <div><p class="entry"><b>${LOOK[kind].words}</b><span class="about">${overtaken ?? ''}</span><span class="by">${by}</span></p>${text === '' ? nothing : html`<p class="words" dir="auto">${text}</p>`}</div>
        </li>`,
    )}
  </ul>`;
}
