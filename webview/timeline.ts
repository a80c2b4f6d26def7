import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit/html.js';
import type { TimelineBarView, TimelineRowView, TimelineView } from '../src/core/view/review/reviewView.ts';
import type { Drawing } from './drawing.ts';
import { icon } from './icon.ts';
import type { Folds } from './notices.ts';
import { timelineBar, TRACK } from './timelineBar.ts';
import { timelineTable } from './timelineTable.ts';

/** Turns milliseconds of a run into a place across the drawing. */
export type Scale = (ms: number) => string;

/** A run drawn to scale, a row for each phase. The drawing is for eyes; the table under it says the same. */
export function timeline(view: TimelineView, drawing: Drawing, folds: Folds): TemplateResult {
  const scale: Scale = (ms) => `${((100 * Math.max(0, Math.min(view.totalMs, ms))) / Math.max(1, view.totalMs)).toFixed(3)}%`;
  return html`<section class="timeline" aria-label="Timeline">
    <h2>Timeline<small>${view.words}</small></h2>
    ${view.caution === null ? nothing : html`<p class="caution">${icon('warning', 'tone-warning')}${view.caution}</p>`}
    <div class="chart" aria-hidden="true">
      <div class="chart-row axis"><span></span>${axis(view, scale)}<span></span></div>
      ${view.rows.map((row) => chartRow(row, view, scale, drawing))}
    </div>
    ${legend(view)}
    <details class="as-table" .open=${folds.isOpen('timeline')} @toggle=${(event: Event) => folds.set('timeline', (event.target as HTMLDetailsElement).open)}>
      <summary>Timeline as a table</summary>
      ${timelineTable(view, drawing)}
    </details>
  </section>`;
}

function axis({ ticks, totalMs }: TimelineView, scale: Scale): TemplateResult {
  const anchor = (ms: number): string => (ms === 0 ? 'start' : ms > totalMs * 0.94 ? 'end' : 'middle');
  return html`<svg height="18">${ticks.map(({ atMs, label }) => svg`<text x=${scale(atMs)} y="12" text-anchor=${anchor(atMs)}>${label}</text>`)}</svg>`;
}

function chartRow(row: TimelineRowView, view: TimelineView, scale: Scale, drawing: Drawing): TemplateResult {
  return html`<div class="chart-row">
    <span class="name" title=${row.title}>${row.title}</span>
    <svg height=${heightOf(row)}>
      ${view.waits.map((wait) => svg`<rect class="wait" x=${scale(wait.fromMs)} width=${scale(wait.toMs - wait.fromMs)} y="0" height=${heightOf(row)}><title>${wait.words}</title></rect>`)}
      ${view.ticks.map(({ atMs }) => svg`<line class="grid" x1=${scale(atMs)} x2=${scale(atMs)} y1="0" y2=${heightOf(row)} />`)}
      ${span(row.span, scale, view.totalMs)} ${drawn(row.bars).map((bar) => timelineBar(bar, scale, view.totalMs, drawing))}
    </svg>
    <span class="took ${row.isOverBudget ? 'over' : ''}">${row.isOverBudget ? icon('warning', 'tone-warning') : nothing}${row.words}</span>
  </div>`;
}

/** A line for a row, and more of them for what happened at the same time. */
function heightOf({ tracks }: TimelineRowView): number {
  return 24 + (tracks - 1) * TRACK;
}

/** Rollbacks first: their commands lie on top of them. */
function drawn(bars: readonly TimelineBarView[]): readonly TimelineBarView[] {
  return [...bars.filter(({ kind }) => kind === 'rollback'), ...bars.filter(({ kind }) => kind !== 'rollback')];
}

/** From the first thing in a phase to the last, with where its budget ended. */
function span(at: TimelineRowView['span'], scale: Scale, totalMs: number): SVGTemplateResult | typeof nothing {
  if (at === null) return nothing;
  const { fromMs, toMs, budgetMs } = at;
  const endMs = budgetMs === null ? null : fromMs + budgetMs;
  return svg`<rect class="span" x=${scale(fromMs)} width=${scale(toMs - fromMs)} y="10.5" height="3"></rect>
    ${endMs === null || endMs >= toMs ? nothing : svg`<rect class="over" x=${scale(endMs)} width=${scale(toMs - endMs)} y="10.5" height="3"></rect>`}
    ${endMs === null || endMs > totalMs ? nothing : svg`<line class="budget" x1=${scale(endMs)} x2=${scale(endMs)} y1="2" y2="22"><title>end of its budget</title></line>`}`;
}

const LEGEND: readonly (readonly [string, string, (bar: TimelineBarView) => boolean])[] = [
  ['key-ok', 'succeeded', ({ kind, outcome }) => kind !== 'mark' && outcome === 'succeeded'],
  ['key-failed', 'failed', ({ kind, outcome }) => kind !== 'mark' && (outcome === 'failed' || outcome === 'cancelled')],
  ['key-unknown', 'end unknown', ({ kind, outcome }) => kind !== 'mark' && outcome === 'unknown'],
  ['key-background', 'in the background, stopped', ({ kind, outcome }) => kind === 'command' && outcome === 'neutral'],
  ['key-mark', 'by hand', ({ kind }) => kind === 'mark'],
];

function legend({ rows, waits, totalMs }: TimelineView): TemplateResult {
  const bars = rows.flatMap((row) => row.bars);
  const isDrawn = ({ fromMs, budgetMs }: { readonly fromMs: number; readonly budgetMs: number | null }): boolean => budgetMs !== null && fromMs + budgetMs <= totalMs;
  const hasBudget = bars.some((bar) => bar.kind === 'rollback' && isDrawn(bar)) || rows.some(({ span: at }) => at !== null && isDrawn(at));
  const keys = [
    ...LEGEND.filter(([, , isIt]) => bars.some(isIt)).map(([key, words]) => [key, words] as const),
    ...(waits.length > 0 ? [['key-wait', 'nothing ran'] as const] : []),
    ...(hasBudget ? [['key-budget', 'end of a budget'] as const] : []),
  ];
  return html`<p class="legend" aria-hidden="true">${keys.map(([key, words]) => html`<span><i class=${key}></i>${words}</span>`)}</p>`;
}
