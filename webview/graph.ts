import { html, nothing, svg, type TemplateResult } from 'lit/html.js';
import type { GraphNodeView, GraphView } from '../src/core/view/graph/graphView.ts';
import { harmless } from './commandText.ts';
import { styles } from './cssom.ts';
import { icon } from './icon.ts';
import type { Folds } from './notices.ts';
import { STATUS_ICON } from './statusLook.ts';

/** Sizes in pixels; the style sheet has the node's own. */
const NODE = { width: 180, height: 56 };
const GAP = { x: 44, y: 10 };
const FOLD = 'graph';
const LIST = 'graph-list';

/** What waits for what: a picture whose nodes are buttons, and the same as a list. */
export function graph(view: GraphView, goTo: (key: string) => void, folds: Folds): TemplateResult {
  const toggle = (id: string) => (event: Event) => folds.set(id, (event.target as HTMLDetailsElement).open);
  const width = view.columns * (NODE.width + GAP.x) - GAP.x;
  const height = view.rows * (NODE.height + GAP.y) - GAP.y;
  return html`<details class="graph" .open=${folds.isOpen(FOLD)} @toggle=${toggle(FOLD)}>
    <summary>${icon('type-hierarchy-sub')}Order of tasks <span class="dim">(${view.words})</span></summary>
    <div class="graph-scroll" role="group" aria-label="Order of tasks, from left to right" tabindex="0">
      <div class="graph-plane" ${styles({ width: `${width}px`, height: `${height}px` })}>
        <svg aria-hidden="true" width=${width} height=${height} viewBox=${`0 0 ${width} ${height}`}>
          ${view.arrows.map(([from, to]) => arrow(view.nodes[from], view.nodes[to]))}
        </svg>
        ${view.nodes.map((node) => box(node, goTo))}
      </div>
    </div>
    <details class="graph-list" .open=${folds.isOpen(LIST)} @toggle=${toggle(LIST)}>
      <summary>As a list</summary>
      <ul>
        ${view.nodes.map((node) => html`<li>${harmless(node.title)}: ${node.statusWords}${node.after.length === 0 ? nothing : html`; after ${harmless(node.after.join(', '))}`}</li>`)}
      </ul>
    </details>
  </details>`;
}

function box(node: GraphNodeView, goTo: (key: string) => void): TemplateResult {
  const { x, y } = placeOf(node);
  const words = `${node.title}: ${node.statusWords}${node.after.length === 0 ? '' : `; after ${node.after.join(', ')}`}`;
  return html`<button type="button" class="graph-node status-${node.status}" data-goes=${node.key} aria-label=${words} title=${words} ${styles({ left: `${x}px`, top: `${y}px` })} @click=${() => goTo(node.key)}>
    ${icon(STATUS_ICON[node.status], `status-${node.status}`)}<span class="graph-words"><span class="graph-title">${harmless(node.title)}</span><span class="graph-state">${node.statusWords}</span></span>
  </button>`;
}

function placeOf({ column, row }: Pick<GraphNodeView, 'column' | 'row'>): { readonly x: number; readonly y: number } {
  return { x: column * (NODE.width + GAP.x), y: row * (NODE.height + GAP.y) };
}

/** A line from the right side of one node to the left side of another, with a head. */
function arrow(from: GraphNodeView | undefined, to: GraphNodeView | undefined): ReturnType<typeof svg> | typeof nothing {
  if (from === undefined || to === undefined) return nothing;
  const [a, b] = [placeOf(from), placeOf(to)];
  const [x1, y1, x2, y2] = [a.x + NODE.width, a.y + NODE.height / 2, b.x - 5, b.y + NODE.height / 2];
  const bend = GAP.x / 2;
  return svg`<path class="graph-line" d=${`M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`}></path><path class="graph-head" d=${`M${x2} ${y2 - 4}L${x2 + 5} ${y2}L${x2} ${y2 + 4}Z`}></path>`;
}
