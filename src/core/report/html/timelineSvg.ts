import { durationWords } from '../../view/words.ts';
import { shownLine } from '../shownText.ts';
import type { Timeline, TimelineBar } from '../timeline.ts';
import { line } from './escape.ts';
import { timeTicks } from './timeAxis.ts';

/** Measures in the drawing's own units; it is as wide as the page lets it be. */
const WIDTH = 1000;
const PLOT = { left: 310, right: 960 };
const ROW = 22;
const TOP = 28;
/** More rows than this nobody reads; the longest and those that went wrong are drawn. */
const MOST_ROWS = 200;

interface Row {
  readonly kind: string;
  readonly label: string;
  readonly words: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly budgetSeconds: number | null;
  readonly isOverBudget: boolean;
}

/** The run as a drawing to scale: phases, commands and decisions a row each, waits as shaded bands. */
export function timelineSvg(timeline: Timeline): string {
  const scale = (ms: number): number => Math.round((PLOT.left + (ms / Math.max(1, timeline.totalMs)) * (PLOT.right - PLOT.left)) * 10) / 10;
  const bars = drawn(timeline.bars);
  const rows = [...timeline.phases.map((phase): Row => ({ ...phase, kind: 'phase', label: phase.title, words: `${durationWords(phase.toMs - phase.fromMs)}${phase.isOverBudget ? ', over its budget' : ''}` })), ...bars.map((bar) => rowOf(bar, timeline.totalMs))];
  const bottom = TOP + rows.length * ROW;
  const ticks = timeTicks(timeline.totalMs).map(({ atMs, words }) => `<line class="tick" x1="${scale(atMs)}" y1="${TOP - 6}" x2="${scale(atMs)}" y2="${bottom}"/><text class="axis" x="${scale(atMs)}" y="${TOP - 12}" text-anchor="middle">${line(words)}</text>`);
  const waits = timeline.waits.map(({ fromMs, toMs }) => `<rect class="wait" x="${scale(fromMs)}" y="${TOP}" width="${width(scale, fromMs, toMs)}" height="${bottom - TOP}"><title>Nothing ran for ${line(durationWords(toMs - fromMs))}</title></rect>`);
  const left = timeline.bars.length - bars.length;
  return [
    `<svg class="timeline" viewBox="0 0 ${WIDTH} ${bottom + 8}" role="img" aria-label="Timeline of ${line(durationWords(timeline.totalMs))}">`,
    ...waits,
    ...ticks,
    ...rows.map((row, place) => drawRow(row, TOP + place * ROW, scale)),
    '</svg>',
    ...(left > 0 ? [`<p>${left} shorter ones of ${timeline.bars.length} are not drawn.</p>`] : []),
    ...(timeline.isClockUncertain ? ['<p>The machines’ clocks contradict the order of what happened, so lengths and places are uncertain.</p>'] : []),
  ].join('\n');
}

function drawRow(row: Row, y: number, scale: (ms: number) => number): string {
  const [x, length] = [scale(row.fromMs), width(scale, row.fromMs, row.toMs)];
  const middle = y + ROW / 2;
  const parts = [`<title>${line(`${row.label}: ${row.words}`)}</title>`, `<text class="label" x="300" y="${middle + 4}" text-anchor="end">${line(short(row.label))}</text>`];
  if (row.kind.startsWith('mark')) parts.push(`<path class="${row.kind}" d="M${x} ${middle - 6}l6 6-6 6-6-6z"/>`);
  else parts.push(`<rect class="${row.kind}" x="${x}" y="${y + 4}" width="${length}" height="${ROW - 8}" rx="2"/>`);
  const budgetMs = row.budgetSeconds === null ? null : row.fromMs + row.budgetSeconds * 1000;
  if (budgetMs !== null && row.isOverBudget) parts.push(`<rect class="over" x="${scale(budgetMs)}" y="${y + ROW - 6}" width="${width(scale, budgetMs, row.toMs)}" height="3"/>`);
  return `<g>${parts.join('')}</g>`;
}

function rowOf({ kind, label, words, fromMs, toMs, outcome, budgetSeconds, isOverBudget }: TimelineBar, totalMs: number): Row {
  return { kind: `${kind} ${outcome}`, label, words, fromMs, toMs: toMs ?? (outcome === 'running' ? totalMs : fromMs), budgetSeconds, isOverBudget };
}

/** All of them, or the most telling ones in their order. */
function drawn(bars: readonly TimelineBar[]): readonly TimelineBar[] {
  if (bars.length <= MOST_ROWS) return bars;
  const weight = ({ kind, outcome, fromMs, toMs }: TimelineBar): number => (toMs ?? fromMs) - fromMs + (kind === 'rollback' || outcome === 'failed' || outcome === 'unknown' ? Number.MAX_SAFE_INTEGER / 2 : 0);
  const chosen = new Set([...bars].sort((a, b) => weight(b) - weight(a)).slice(0, MOST_ROWS));
  return bars.filter((bar) => chosen.has(bar));
}

/** Never so narrow that it cannot be seen. */
function width(scale: (ms: number) => number, fromMs: number, toMs: number): number {
  return Math.max(2, Math.round((scale(toMs) - scale(fromMs)) * 10) / 10);
}

function short(label: string): string {
  const words = shownLine(label);
  return words.length > 44 ? `${words.slice(0, 43).trimEnd()}…` : words;
}
