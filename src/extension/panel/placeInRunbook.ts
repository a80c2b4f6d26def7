import type { Runbook } from '../../core/runbook/model.ts';
import { headingAnchor } from './classifyLink.ts';

/** Key of the block that an anchor names: a step by its id, a section by its heading as Git hosts name it, or by its id. Null when there is none. */
export function placeInRunbook(runbook: Runbook, name: string): string | null {
  const step = runbook.steps.find(({ id }) => id === name);
  if (step !== undefined) return `step:${step.id}`;
  const section = runbook.sections.find(({ title, id }) => headingAnchor(title) === name || id === name);
  return section === undefined ? null : `section:${section.id}`;
}
