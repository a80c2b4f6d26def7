/** From one node to another, by their numbers. */
export type Arrow = readonly [from: number, to: number];

export interface Layout {
  /** Where each node stands: columns from the left, rows from the top, from 0. */
  readonly places: readonly { readonly column: number; readonly row: number }[];
  /** The arrows that point to the right; what closes a circle is left out. */
  readonly arrows: readonly Arrow[];
  readonly columns: number;
  readonly rows: number;
}

/** How often columns are sorted by what stands before and behind them. */
const SWEEPS = 2;

/**
 * Lays a graph out in layers: a node stands to the right of everything that it
 * comes from, and no two at one place. Nodes of a column stand near what they
 * come from. Takes time in proportion to nodes and arrows (and their sorting).
 */
export function layoutGraph(count: number, given: readonly Arrow[]): Layout {
  const arrows = withoutCircles(count, given);
  const into: number[][] = Array.from({ length: count }, () => []);
  const out: number[][] = Array.from({ length: count }, () => []);
  for (const [from, to] of arrows) {
    out[from]?.push(to);
    into[to]?.push(from);
  }
  const columns = columnsOf(count, into, out);
  const layers: number[][] = [];
  columns.forEach((column, node) => void (layers[column] ??= []).push(node));
  const rows = new Array<number>(count).fill(0);
  const number = (layer: readonly number[]): void => layer.forEach((node, row) => void (rows[node] = row));
  layers.forEach(number);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    for (const layer of layers) number(sortBy(layer, into, rows));
    for (const layer of [...layers].reverse()) number(sortBy(layer, out, rows));
  }
  return { places: columns.map((column, node) => ({ column, row: rows[node] ?? 0 })), arrows, columns: layers.length, rows: Math.max(0, ...layers.map((layer) => layer.length)) };
}

/** The mean row of a node's neighbours decides; nodes without any keep their place. */
function sortBy(layer: number[], neighbours: readonly (readonly number[])[], rows: readonly number[]): readonly number[] {
  const weight = new Map(layer.map((node) => {
    const near = neighbours[node] ?? [];
    const sum = near.reduce((total, other) => total + (rows[other] ?? 0), 0);
    return [node, near.length === 0 ? (rows[node] ?? 0) : sum / near.length] as const;
  }));
  return layer.sort((a, b) => (weight.get(a) ?? 0) - (weight.get(b) ?? 0) || (rows[a] ?? 0) - (rows[b] ?? 0));
}

/** One more than the greatest column of what a node comes from. */
function columnsOf(count: number, into: readonly (readonly number[])[], out: readonly (readonly number[])[]): readonly number[] {
  const columns = new Array<number>(count).fill(0);
  const left = into.map((from) => from.length);
  const ready = left.flatMap((number, node) => (number === 0 ? [node] : []));
  for (let at = 0; at < ready.length; at += 1) {
    const node = ready[at] ?? 0;
    for (const to of out[node] ?? []) {
      columns[to] = Math.max(columns[to] ?? 0, (columns[node] ?? 0) + 1);
      left[to] = (left[to] ?? 0) - 1;
      if (left[to] === 0) ready.push(to);
    }
  }
  return columns;
}

/** Each arrow once, without those that lead back to where one came from. */
function withoutCircles(count: number, given: readonly Arrow[]): readonly Arrow[] {
  const out: Arrow[][] = Array.from({ length: count }, () => []);
  const seen = new Set<string>();
  for (const arrow of given) {
    const key = arrow.join();
    if (!seen.has(key)) out[arrow[0]]?.push(arrow);
    seen.add(key);
  }
  const kept: Arrow[] = [];
  const state = new Map<number, 'open' | 'done'>();
  for (let root = 0; root < count; root += 1) {
    if (state.has(root)) continue;
    const path = [{ node: root, at: 0 }];
    state.set(root, 'open');
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const arrow = out[top.node]?.[top.at];
      top.at += 1;
      if (arrow === undefined) {
        state.set(top.node, 'done');
        path.pop();
        continue;
      }
      const known = state.get(arrow[1]);
      if (known !== 'open') kept.push(arrow);
      if (known !== undefined) continue;
      state.set(arrow[1], 'open');
      path.push({ node: arrow[1], at: 0 });
    }
  }
  return kept;
}
