import type { Diagnostic, Section, Step } from './model.ts';

/** What waits, or is waited for: a step, a section to be settled, a section to begin. */
interface Node {
  readonly title: string;
  readonly line: number;
  readonly next: Edge[];
}

/** `isRequired`: written in the document; else a part of a whole. */
interface Edge {
  readonly to: Node;
  readonly isRequired: boolean;
}

/** A document with more of them has one mistake at its root. */
const MOST = 5;

/** Steps and sections that wait for each other, so that none of them can ever begin. Takes time in proportion to the document. */
export function cycleFindings(steps: readonly Step[], sections: readonly Section[]): readonly Diagnostic[] {
  return findCycles(waitingGraph(steps, sections)).slice(0, MOST).map(finding);
}

function waitingGraph(steps: readonly Step[], sections: readonly Section[]): readonly Node[] {
  const node = ({ title, line }: { readonly title: string; readonly line: number }): Node => ({ title, line, next: [] });
  const stepNodes = new Map(steps.map((step) => [step.id, node(step)]));
  const whole = new Map(sections.map((section) => [section.id, node(section)]));
  const entry = new Map(sections.map((section) => [section.id, node(section)]));
  const parents = new Map(sections.map(({ id, parentId }) => [id, parentId]));
  const link = (from: Node | undefined, to: Node | undefined, isRequired: boolean): void => {
    if (from !== undefined && to !== undefined) from.next.push({ to, isRequired });
  };
  const isInside = (sectionId: string | null, outer: string): boolean => {
    for (let id = sectionId; id !== null; id = parents.get(id) ?? null) if (id === outer) return true;
    return false;
  };
  for (const section of sections) {
    const { id, parentId, requires = [] } = section;
    if (parentId !== null) {
      link(whole.get(parentId), whole.get(id), false);
      link(entry.get(id), entry.get(parentId), false);
    }
    for (const required of requires) link(entry.get(id), stepNodes.get(required) ?? whole.get(required), true);
  }
  for (const step of steps) {
    if (step.aside) continue;
    const from = stepNodes.get(step.id);
    if (step.sectionId !== null) {
      link(whole.get(step.sectionId), from, false);
      link(from, entry.get(step.sectionId), false);
    }
    if (step.parentId !== null) link(stepNodes.get(step.parentId), from, false);
    for (const required of step.requires) {
      const target = stepNodes.get(required);
      if (target !== undefined || !isInside(step.sectionId, required)) link(from, target ?? whole.get(required), true);
      // The last step of a section may wait for the rest of it.
      else for (const other of steps) if (other.id !== step.id && !other.aside && isInside(other.sectionId, required)) link(from, stepNodes.get(other.id), true);
    }
  }
  return [...stepNodes.values(), ...entry.values(), ...whole.values()];
}

/** The requirements of each cycle, in order. Depth first, without recursion: documents may be long. */
function findCycles(nodes: readonly Node[]): readonly (readonly { readonly from: Node; readonly to: Node }[])[] {
  const found: { readonly from: Node; readonly to: Node }[][] = [];
  const state = new Map<Node, 'open' | 'done'>();
  for (const root of nodes) {
    if (state.has(root)) continue;
    const path: { readonly node: Node; at: number }[] = [{ node: root, at: 0 }];
    state.set(root, 'open');
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const edge = top.node.next[top.at];
      top.at += 1;
      if (edge === undefined) {
        state.set(top.node, 'done');
        path.pop();
      } else if (!state.has(edge.to)) {
        state.set(edge.to, 'open');
        path.push({ node: edge.to, at: 0 });
      } else if (state.get(edge.to) === 'open') {
        const begin = path.findIndex(({ node }) => node === edge.to);
        const edges = path.slice(begin).flatMap(({ node, at }) => node.next[at - 1] ?? []).map((taken, place) => ({ from: path[begin + place]?.node ?? top.node, to: taken.to, isRequired: taken.isRequired }));
        found.push(edges.filter(({ isRequired }) => isRequired));
      }
    }
  }
  return found.filter((cycle) => cycle.length > 0);
}

function finding(cycle: readonly { readonly from: Node; readonly to: Node }[]): Diagnostic {
  const first = cycle.reduce((least, { from }, place) => (from.line < (cycle[least]?.from.line ?? 0) ? place : least), 0);
  const ordered = [...cycle.slice(first), ...cycle.slice(0, first)];
  const words = ordered.map(({ from, to }) => `“${from.title}” waits for “${to.title}”`).join(', ');
  const part = ordered.length === 1 && ordered[0]?.from !== ordered[0]?.to ? ', which is a part of it or waits for it to begin' : '';
  return { severity: 'error', code: 'dependency-cycle', message: `These wait for each other, so none of them can ever begin: ${words}${part}. Take one of these requirements out.`, line: ordered[0]?.from.line ?? 1 };
}
