import type { Step } from '../runbook/model.ts';
import type { RunbookIndex } from './runbookIndex.ts';

/** Ids of the steps and sections that have to be settled before a step: its own, and those of the sections around it. */
export function requiredBy({ sections }: Pick<RunbookIndex, 'sections'>, step: Pick<Step, 'requires' | 'sectionId'>): readonly string[] {
  let all = step.requires;
  for (let id = step.sectionId, left = sections.size; id !== null && left >= 0; left -= 1) {
    const section = sections.get(id);
    if (section?.requires !== undefined) all = [...new Set([...all, ...section.requires])];
    id = section?.parentId ?? null;
  }
  return all;
}
