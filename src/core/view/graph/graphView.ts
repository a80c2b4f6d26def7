import type { Runbook } from '../../runbook/model.ts';
import type { Progress } from '../progress.ts';
import type { Sections } from '../sections.ts';
import type { StepViewStatus } from '../viewModel.ts';
import { counted } from '../words.ts';
import { type Arrow, layoutGraph, type Layout } from './layout.ts';

/** What waits for what, drawn from left to right. */
export interface GraphView {
  /** e.g. `12 tasks, 3 done`. */
  readonly words: string;
  readonly columns: number;
  readonly rows: number;
  readonly nodes: readonly GraphNodeView[];
  /** From one node to another, by their places in `nodes`; all point to the right. */
  readonly arrows: readonly Arrow[];
}

export interface GraphNodeView {
  /** Key of the block to which it leads. */
  readonly key: string;
  readonly title: string;
  readonly status: StepViewStatus;
  readonly statusWords: string;
  /** Titles of what it comes after. */
  readonly after: readonly string[];
  readonly column: number;
  readonly row: number;
}

/** More than this nobody can follow. */
const MOST = 200;

interface Shape {
  readonly ids: readonly { readonly kind: 'step' | 'section'; readonly id: string }[];
  readonly arrows: readonly Arrow[];
  readonly layout: Layout;
}

const shapes = new WeakMap<Runbook, Shape | 'none'>();

/** The graph of what the document puts in an order of its own; null when it does not, or when there is too much of it. */
export function graphView(runbook: Runbook, progress: Progress, sections: Sections): GraphView | null {
  const shape = shapeOf(runbook);
  if (shape === null) return null;
  const bare = shape.ids.map(({ kind, id }) => (kind === 'step' ? stepNode(id, progress) : sectionNode(id, progress, sections)));
  const nodes = bare.map((node, place): GraphNodeView => ({
    ...node,
    after: shape.arrows.flatMap(([from, to]) => (to === place ? [bare[from]?.title ?? ''] : [])),
    ...(shape.layout.places[place] ?? { column: 0, row: 0 }),
  }));
  const done = nodes.filter(({ status }) => status === 'done' || status === 'skipped').length;
  return { words: `${counted(nodes.length, 'task')}, ${String(done)} done`, columns: shape.layout.columns, rows: shape.layout.rows, nodes, arrows: shape.layout.arrows };
}

type Bare = Omit<GraphNodeView, 'after' | 'column' | 'row'>;

function stepNode(id: string, progress: Progress): Bare {
  const step = progress.tree.steps.get(id);
  const status = step === undefined ? 'open' : progress.status(step);
  return { key: `step:${id}`, title: step?.title ?? id, status, statusWords: status };
}

function sectionNode(id: string, progress: Progress, sections: Sections): Bare {
  const found = sections.of(id);
  const [done, failed, total] = [found?.done ?? 0, found?.failed ?? 0, found?.total ?? 0];
  const status: StepViewStatus = failed > 0 ? 'failed' : total > 0 && done === total ? 'done' : done > 0 ? 'partly' : 'open';
  return { key: `section:${id}`, title: progress.tree.sections.get(id)?.title ?? id, status, statusWords: `${String(done)} of ${String(total)} done${failed > 0 ? `, ${String(failed)} failed` : ''}` };
}

/** What does not change while the document does not. */
function shapeOf(runbook: Runbook): Shape | null {
  let shape = shapes.get(runbook);
  if (shape === undefined) shapes.set(runbook, (shape = makeShape(runbook) ?? 'none'));
  return shape === 'none' ? null : shape;
}

function makeShape({ steps, sections }: Runbook): Shape | null {
  const stepIds = new Set(steps.map(({ id }) => id));
  const pairs = [
    ...sections.flatMap(({ id, requires = [] }) => requires.map((required) => [nodeKey(stepIds, required), `section ${id}`] as const)),
    ...steps.filter(({ aside }) => !aside).flatMap(({ id, requires }) => requires.map((required) => [nodeKey(stepIds, required), `step ${id}`] as const)),
  ];
  const inOrder = [...sections.map(({ id, line }) => ({ key: `section ${id}`, line })), ...steps.map(({ id, line }) => ({ key: `step ${id}`, line }))].sort((a, b) => a.line - b.line);
  const used = new Set(pairs.flat());
  const keys = inOrder.map(({ key }) => key).filter((key) => used.has(key));
  if (keys.length < 2 || keys.length > MOST) return null;
  const number = new Map(keys.map((key, place) => [key, place]));
  const arrows = pairs.flatMap(([from, to]): Arrow[] => {
    const [a, b] = [number.get(from), number.get(to)];
    return a === undefined || b === undefined || a === b ? [] : [[a, b]];
  });
  const ids = keys.map((key) => (key.startsWith('step ') ? ({ kind: 'step', id: key.slice('step '.length) } as const) : ({ kind: 'section', id: key.slice('section '.length) } as const)));
  return { ids, arrows, layout: layoutGraph(keys.length, arrows) };
}

function nodeKey(stepIds: ReadonlySet<string>, id: string): string {
  return `${stepIds.has(id) ? 'step' : 'section'} ${id}`;
}
