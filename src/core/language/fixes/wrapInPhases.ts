import type { RunbookSource } from '../source.ts';
import type { TextEdit } from '../text.ts';
import { refactoring, type Fix, type FixPlace } from './fix.ts';
import { keepsInSections } from './keeps.ts';

const TASK = /^(?:[-*+]|\d{1,9}[.)])[ \t]+\[[ xX]\](?:[ \t]|$)/;
const ITEM = /^(?:[-*+]|\d{1,9}[.)])[ \t]/;

/** A list of tasks that stands by itself. */
interface Checklist {
  readonly line: number;
  readonly endLine: number;
  /** Line of the words right above it that end in a colon; null for none. */
  readonly label: { readonly line: number; readonly words: string } | null;
}

/** Makes phases of a document that has only checklists: each list gets a heading, of the label above it when there is one. */
export function wrapInPhases({ source, range }: FixPlace): readonly Fix[] {
  if (source.runbook.sections.some(({ depth, role }) => depth > 1 || role !== null)) return [];
  const lists = checklists(source);
  if (!lists.some(({ line, endLine, label }) => range.start.line >= (label?.line ?? line) && range.start.line <= endLine)) return [];
  return [refactoring(lists.length === 1 ? 'Make a phase of this checklist' : `Make ${String(lists.length)} phases of these checklists`, lists.map((list, index) => heading(list, index + 1, source)), keepsInSections)];
}

function heading({ line, label }: Checklist, number: number, { lines }: RunbookSource): TextEdit {
  const words = `## Phase ${String(number)}: ${label?.words ?? 'Steps'}`;
  if (label !== null) return { range: lines.lineRange(label.line), newText: lines.lineText(label.line + 1).trim() === '' ? words : `${words}\n` };
  const at = { line, character: 0 };
  const isApart = line === 0 || lines.lineText(line - 1).trim() === '';
  return { range: { start: at, end: at }, newText: `${isApart ? '' : '\n'}${words}\n\n` };
}

function checklists(source: RunbookSource): readonly Checklist[] {
  const { lines, fences, frontMatter } = source;
  const found: Checklist[] = [];
  const inFence = new Set(fences.flatMap(({ line, endLine }) => Array.from({ length: endLine - line + 1 }, (_, at) => line + at)));
  let open: { line: number; endLine: number } | null = null;
  for (let line = frontMatter === null ? 0 : frontMatter.endLine + 1; line <= lines.count; line++) {
    const text = line < lines.count ? lines.lineText(line) : '#';
    const isInside = inFence.has(line) ? /^\s/.test(text) || open === null : text.trim() === '' || /^\s/.test(text) || ITEM.test(text);
    if (open === null && !inFence.has(line) && TASK.test(text)) open = { line, endLine: line };
    else if (open !== null && !isInside) {
      found.push({ ...open, label: labelAbove(source, open.line) });
      open = null;
    } else if (open !== null && text.trim() !== '') open.endLine = line;
  }
  return found;
}

function labelAbove({ lines }: RunbookSource, line: number): Checklist['label'] {
  let at = line - 1;
  while (at >= 0 && lines.lineText(at).trim() === '') at--;
  const isAlone = at === 0 || lines.lineText(at - 1).trim() === '';
  const words = /^(?:\*\*|__)?([^*_:#<>|]{2,60}?)\s*(?::(?:\*\*|__)?|(?:\*\*|__):)\s*$/.exec(at < 0 ? '' : lines.lineText(at))?.[1];
  return words === undefined || !isAlone ? null : { line: at, words };
}
