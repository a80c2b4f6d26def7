import { html, nothing, svg, type TemplateResult } from 'lit/html.js';
import type { ChartView } from '../src/core/view/viewModel.ts';
import { icon } from './icon.ts';
import { ticker } from './ticker.ts';

/** Size of the drawing's own coordinates; it is stretched to its place. */
const WIDTH = 200;
const HEIGHT = 40;

/** What monitors say, each with its last value and how its triggers stand. */
export function charts(views: readonly ChartView[] | undefined): TemplateResult | typeof nothing {
  if (views === undefined || views.length === 0) return nothing;
  return html`<ul class="charts" aria-label="Monitors">${views.map(chart)}</ul>`;
}

function chart(view: ChartView): TemplateResult {
  const { name, value, problem, at } = view;
  return html`<li class="chart">
    <div class="chart-head"><b>${name}</b><span class="chart-value">${value ?? `no value${problem === null ? '' : `: ${problem}`}`}</span>${at === null ? html`<small>asked for the first time</small>` : html`<small>${ticker('run', at, null, null)} ago</small>`}</div>
    ${drawing(view)}
    <div class="chart-triggers">${view.triggers.map(({ words, fired }) => html`<span class=${fired ? 'fired' : ''}>${fired ? icon('warning') : nothing}${words}</span>`)}</div>
  </li>`;
}

function drawing({ lines, limits, words }: ChartView): TemplateResult {
  return html`<svg class="chart-drawing" role="img" aria-label=${words} viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none">
    ${limits.map(({ y, fired }) => svg`<line class=${fired ? 'limit fired' : 'limit'} x1="0" x2=${WIDTH} y1=${up(y)} y2=${up(y)} vector-effect="non-scaling-stroke"></line>`)}
    ${lines.map((piece) => svg`<polyline class="values" points=${pointsOf(piece)} vector-effect="non-scaling-stroke"></polyline>`)}
  </svg>`;
}

/** One value alone is drawn as a short line: a point has no length. */
function pointsOf(piece: readonly (readonly [number, number])[]): string {
  const points = piece.map(([x, y]): readonly [number, number] => [x * WIDTH, up(y)]);
  const [only] = points;
  const drawn = points.length === 1 && only !== undefined ? [[Math.max(0, only[0] - 3), only[1]] as const, only] : points;
  return drawn.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');
}

function up(y: number): number {
  return Number(((1 - y) * (HEIGHT - 4) + 2).toFixed(1));
}
