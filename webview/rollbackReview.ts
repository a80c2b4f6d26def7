import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { RollbackReviewView } from '../src/core/view/review/reviewView.ts';
import { attempt } from './attempt.ts';
import type { Drawing } from './drawing.ts';
import { colouredCode } from './lazyColour.ts';
import { icon } from './icon.ts';
import { commandMark } from './statusLook.ts';

/** The rollbacks of a run, each with the commands that were confirmed and what they did. */
export function rollbackReviews(rollbacks: readonly RollbackReviewView[], drawing: Drawing): TemplateResult | typeof nothing {
  if (rollbacks.length === 0) return nothing;
  return html`<section class="rollbacks" aria-label="Rollbacks">${rollbacks.map((rollback) => one(rollback, drawing))}</section>`;
}

function one(rollback: RollbackReviewView, drawing: Drawing): TemplateResult {
  return html`<div class="rollback-review state-${rollback.state}">
    <h2>${commandMark(rollback.state)}<span class="title">${rollback.title}</span><span class="by">${rollback.words} · ${rollback.by}</span></h2>
    ${rollback.reason === null ? nothing : html`<p class="reason">Reason: ${rollback.reason}</p>`}
    ${rollback.remains.map(({ heading, items }) => html`<p class="remains">${icon('warning', 'tone-warning')}<b>${heading}:</b> ${items.join(', ')}</p>`)}
    <ol>
      ${rollback.commands.map(
        ({ purpose, text, language, untried, attempts }, index) => html`<li>
          <div class="source"><pre tabindex="0" aria-label=${`${purpose === 'undo' ? 'Undo' : 'Verify'} command ${index + 1}`}>${colouredCode(text, language, { placeholders: [], hidden: [] })}</pre></div>
          ${attempts.length === 0 ? html`<p class="missing">${untried}</p>` : attempts.map((each) => attempt(each, { drawing, owner: `${rollback.title}, command ${index + 1}`, tabbable: true }))}
        </li>`,
      )}
    </ol>
  </div>`;
}
