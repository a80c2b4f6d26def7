import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { AttemptView } from '../src/core/view/review/reviewView.ts';
import type { Drawing } from './drawing.ts';
import { colouredCode } from './lazyColour.ts';
import { outputBox } from './outputBox.ts';
import { commandMark } from './statusLook.ts';

export interface AttemptContext {
  readonly drawing: Drawing;
  /** What the command belongs to, for names. */
  readonly owner: string;
  readonly tabbable: boolean;
}

/** One time that a command was run: how it ended, who ran it and when, and what it printed. */
export function attempt(view: AttemptView, { drawing, owner, tabbable }: AttemptContext): TemplateResult {
  return html`<div class="attempt state-${view.state}">
    <p class="entry">${commandMark(view.state)}<span class="how">${view.words}</span><span class="about">${view.about}</span><span class="by">${view.by}</span></p>
    ${view.text === null ? nothing : html`<div class="source"><pre tabindex="-1" aria-label=${`Command of ${owner} as it ran`}>${colouredCode(view.text, view.language, { placeholders: [], hidden: [] })}</pre></div>`}
    ${outputBox(view, { tabbable })}
    ${view.fullOutput === null
      ? nothing
      : html`<button type="button" class="linklike full-output" tabindex=${tabbable ? '0' : '-1'} aria-label=${`${view.fullOutput}: ${owner}`} @click=${() => drawing.post({ type: 'recordedOutput', executionId: view.executionId })}>
          ${view.fullOutput}
        </button>`}
  </div>`;
}
