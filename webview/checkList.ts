import { html, type TemplateResult } from 'lit/html.js';
import type { PromptView } from '../src/core/view/viewModel.ts';
import { icon } from './icon.ts';

const LOOK = {
  passed: { icon: 'pass', words: 'Passed', tone: 'status-done' },
  failed: { icon: 'error', words: 'Failed', tone: 'status-failed' },
  unknown: { icon: 'question', words: 'Unknown', tone: 'status-unknown' },
} as const;

/** What was looked at before a start: each with its result in words, and what to do. */
export function checkList(checks: NonNullable<PromptView['checks']>): TemplateResult {
  return html`<h3>Pre-flight checks</h3>
    <ul class="check-list">
      ${checks.map(({ result, words }) => html`<li class="check-${result}">${icon(LOOK[result].icon, LOOK[result].tone)}<span><b>${LOOK[result].words}</b> ${words}</span></li>`)}
    </ul>`;
}
