import { indexOf, type RunbookIndex } from '../run/runbookIndex.ts';
import type { Runbook, Section } from '../runbook/model.ts';
import type { TimelineBar, TimelinePhase } from './timeline.ts';

/**
 * The phases in which something happened, each from the beginning of its first
 * bar to the end of its last one.
 *
 * @param totalMs where a bar that is still running ends
 */
export function phasesOf(runbook: Runbook, bars: readonly TimelineBar[], totalMs: number): readonly TimelinePhase[] {
  const index = indexOf(runbook);
  const known = new Map<string, Section | null>();
  const spans = new Map<Section, { from: number; to: number }>();
  for (const { sectionId, fromMs, toMs, outcome, isBackground } of bars) {
    if (sectionId === null) continue;
    let phase = known.get(sectionId);
    if (phase === undefined) known.set(sectionId, (phase = phaseAround(index, sectionId)));
    if (phase === null) continue;
    // What goes on beside the run does not make its phase longer.
    const to = isBackground === true ? fromMs : toMs ?? (outcome === 'running' ? totalMs : fromMs);
    const span = spans.get(phase);
    if (span === undefined) spans.set(phase, { from: fromMs, to });
    else {
      span.from = Math.min(span.from, fromMs);
      span.to = Math.max(span.to, to);
    }
  }
  return runbook.sections.flatMap((section) => {
    const span = spans.get(section);
    if (span === undefined) return [];
    const { budgetSeconds } = section;
    return [{ sectionId: section.id, title: section.title, fromMs: span.from, toMs: span.to, budgetSeconds, isOverBudget: budgetSeconds !== null && span.to - span.from > budgetSeconds * 1000 }];
  });
}

/** The outermost phase around a section, else the outermost section below the document's title. */
function phaseAround(index: RunbookIndex, sectionId: string): Section | null {
  const chain: Section[] = [];
  let section = index.sections.get(sectionId);
  while (section !== undefined && !chain.includes(section)) {
    chain.push(section);
    section = section.parentId === null ? undefined : index.sections.get(section.parentId);
  }
  const inner = chain.filter(({ depth }) => depth > 1);
  return inner.findLast(({ role }) => role === 'phase') ?? inner.at(-1) ?? chain.at(-1) ?? null;
}
