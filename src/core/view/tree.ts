import { indexOf, type RunbookIndex } from '../run/runbookIndex.ts';
import type { Runbook, Section, Step } from '../runbook/model.ts';

/** Where steps and sections stand in each other, on top of the runbook's index. */
export interface RunbookTree extends RunbookIndex {
  /** Levels of a step below the outermost one, 0 for none. */
  depthOf(stepId: string): number;
  /** A section and those around it, from the innermost outwards; empty for null. */
  chainOf(sectionId: string | null): readonly Section[];
  childrenOf(stepId: string): readonly Step[];
}

const trees = new WeakMap<Runbook, RunbookTree>();

/** The tree of a runbook; made once for each parsed document. */
export function treeOf(runbook: Runbook): RunbookTree {
  let tree = trees.get(runbook);
  if (tree === undefined) trees.set(runbook, (tree = grow(runbook)));
  return tree;
}

function grow(runbook: Runbook): RunbookTree {
  const index = indexOf(runbook);
  const depth = new Map<string, number>();
  for (const step of runbook.steps) depth.set(step.id, step.parentId === null ? 0 : (depth.get(step.parentId) ?? 0) + 1);
  const chains = new Map<string, readonly Section[]>();
  for (const section of runbook.sections) {
    chains.set(section.id, [section, ...(section.parentId === null ? [] : (chains.get(section.parentId) ?? []))]);
  }
  return {
    ...index,
    depthOf: (stepId) => depth.get(stepId) ?? 0,
    chainOf: (sectionId) => (sectionId === null ? [] : (chains.get(sectionId) ?? [])),
    childrenOf: (stepId) => index.children.get(stepId) ?? [],
  };
}
