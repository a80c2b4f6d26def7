import { commandLines } from '../view/command.ts';
import { counted, dotted } from '../view/words.ts';
import type { Section, Step } from '../runbook/model.ts';
import type { RunbookSource } from './source.ts';
import { isBefore, type Position, type Range } from './text.ts';

/** A section or step in the outline. */
export interface OutlineItem {
  readonly kind: 'section' | Step['kind'];
  readonly name: string;
  /** What is known of it, in a few words; may be empty. */
  readonly detail: string;
  readonly range: Range;
  /** The line that names it, without the blanks around it; inside `range`. */
  readonly selection: Range;
  readonly children: readonly OutlineItem[];
}

interface Draft extends OutlineItem {
  readonly children: Draft[];
  range: Range;
}

/** Phases and steps of a runbook as a tree. */
export function outline(source: RunbookSource): readonly OutlineItem[] {
  const { runbook } = source;
  const roots: Draft[] = [];
  const sections = new Map(runbook.sections.map((section) => [section.id, section]));
  const steps = new Map(runbook.steps.map((step) => [step.id, step]));
  const byId = new Map<string, Draft>();
  const add = (item: Draft, id: string, parent: string | null): void => {
    byId.set(id, item);
    (parent === null ? roots : (byId.get(parent)?.children ?? roots)).push(item);
  };
  for (const block of runbook.blocks) {
    if (block.kind === 'section') {
      const section = sections.get(block.sectionId);
      if (section !== undefined) add(sectionItem(source, section), `section ${section.id}`, section.parentId === null ? null : `section ${section.parentId}`);
    } else if (block.kind === 'step') {
      const step = steps.get(block.stepId);
      if (step !== undefined) add(stepItem(source, step), `step ${step.id}`, step.parentId !== null ? `step ${step.parentId}` : step.sectionId === null ? null : `section ${step.sectionId}`);
    }
  }
  for (const root of roots) widen(root);
  return roots;
}

function sectionItem(source: RunbookSource, section: Section): Draft {
  const role = section.role === null || section.role === 'phase' ? null : section.role === 'postdeployment' ? 'post-deployment' : section.role;
  return { kind: 'section', name: nameOf(section.title), detail: dotted([role, section.budgetWords]), ...placed(source, section.line, section.endLine), children: [] };
}

function stepItem(source: RunbookSource, step: Step): Draft {
  const lines = step.commands.reduce((sum, { text }) => sum + commandLines(text), 0);
  const detail = dotted([step.kind === 'manual' || step.kind === 'command' ? null : step.kind, lines === 0 ? null : counted(lines, 'command'), step.check ? 'check' : null, step.owner]);
  return { kind: step.kind, name: nameOf(step.title), detail, ...placed(source, step.line, step.endLine), children: [] };
}

/** Editors refuse an item without a name. */
function nameOf(title: string): string {
  return title.trim() === '' ? '(no words)' : title;
}

function placed({ lines }: RunbookSource, line: number, endLine: number): { readonly range: Range; readonly selection: Range } {
  const first = Math.min(Math.max(0, line - 1), lines.count - 1);
  const last = Math.min(Math.max(first, endLine - 1), lines.count - 1);
  return { range: { start: { line: first, character: 0 }, end: lines.lineRange(last).end }, selection: lines.wordsOf(first) };
}

/** What is inside belongs to what is around it: a card's criteria end after its heading's list. */
function widen(item: Draft): Position {
  let { end } = item.range;
  for (const child of item.children) {
    const childEnd = widen(child);
    if (isBefore(end, childEnd)) end = childEnd;
  }
  item.range = { start: item.range.start, end };
  return end;
}
