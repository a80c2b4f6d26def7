import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { ReviewView } from '../src/core/view/review/reviewView.ts';
import type { Drawing } from './drawing.ts';
import { icon } from './icon.ts';
import { integrity } from './integrity.ts';
import type { Folds } from './notices.ts';
import { reviewWords } from './reviewWords.ts';
import { rollbackReviews } from './rollbackReview.ts';
import { timeline } from './timeline.ts';

const VERDICT = { open: ['comment-discussion', 'status-none'], ok: ['pass', 'status-done'], bad: ['circle-slash', 'status-failed'] } as const;

/** What there is to know of a record before reading it: whether it is whole, who decided what, and how the run went in time. */
export function review(view: ReviewView, drawing: Drawing, folds: Folds): TemplateResult {
  const [name, tone] = VERDICT[view.verdict.tone];
  return html`<section class="review" aria-label="Record">
      <div class="facts">
        ${integrity(view.integrity, folds)}
        <div class="fact">
          ${icon(name, tone)}
          <div>
            <p><b><span class="sr">Review: </span>${view.verdict.words}</b>${view.atSteps === 0 ? nothing : html`<span class="dim"> · ${view.atSteps} more at single steps</span>`}</p>
            <p>${view.people}</p>
            ${view.rule === null ? nothing : html`<p>${view.rule}</p>`}
          </div>
        </div>
      </div>
      ${reviewWords(view.said, 'Review of the run')}
    </section>
    ${view.timeline === null ? nothing : timeline(view.timeline, drawing, folds)} ${rollbackReviews(view.rollbacks, drawing)}`;
}
