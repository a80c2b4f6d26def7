import { nothing, svg, type SVGTemplateResult } from 'lit/html.js';
import type { TimelineBarView } from '../src/core/view/review/reviewView.ts';
import type { Drawing } from './drawing.ts';
import type { Scale } from './timeline.ts';

/** How far below the line before the next one lies. */
export const TRACK = 18;

/** One thing that happened, as long as it took; a press goes to its step. Its shape says its kind, besides its colour. */
export function timelineBar(bar: TimelineBarView, scale: Scale, totalMs: number, drawing: Drawing): SVGTemplateResult {
  const { stepId } = bar;
  return svg`<g class="bar ${bar.kind} outcome-${bar.outcome} ${stepId === null ? '' : 'goes'}" @click=${stepId === null ? nothing : () => drawing.toStep(stepId)}>
    <title>${bar.when} · ${bar.label}: ${bar.words}</title>
    ${bar.kind === 'mark' ? svg`<circle cx=${scale(bar.fromMs)} cy="12" r="4"></circle>` : shape(bar, scale)}
    ${bar.kind === 'rollback' ? budget(bar, scale, totalMs) : nothing}
  </g>`;
}

/** What failed is taller than what succeeded, and what ran in the background until it was stopped is thin: they are told apart without colours too. */
function shape({ kind, outcome, fromMs, toMs, track }: TimelineBarView, scale: Scale): SVGTemplateResult {
  const height = kind === 'rollback' ? 20 : outcome === 'succeeded' ? 10 : outcome === 'neutral' ? 6 : 16;
  return svg`<rect x=${scale(fromMs)} width=${scale(toMs - fromMs)} y=${12 + track * TRACK - height / 2} height=${height} rx="1.5"></rect>`;
}

function budget({ fromMs, budgetMs }: TimelineBarView, scale: Scale, totalMs: number): SVGTemplateResult | typeof nothing {
  if (budgetMs === null || fromMs + budgetMs > totalMs) return nothing;
  const at = scale(fromMs + budgetMs);
  return svg`<line class="budget" x1=${at} x2=${at} y1="0" y2="24"></line>`;
}
