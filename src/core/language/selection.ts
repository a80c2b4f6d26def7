import { fenceAround } from './fenceLines.ts';
import { lastWords } from './lastWords.ts';
import type { RunbookSource } from './source.ts';
import { contains, isBefore, type Position, type Range } from './text.ts';

/** Ever wider stretches around a place, the narrowest first: a value, its attribute, the annotation, the step, its section. */
export function selectionRanges(source: RunbookSource, at: Position): readonly Range[] {
  const { lines, runbook, annotations, frontMatter } = source;
  const found: Range[] = [];
  for (const { range, tokens } of annotations) {
    if (!contains(range, at)) continue;
    const inside = { start: { ...range.start, character: range.start.character + 1 }, end: { ...range.end, character: Math.max(range.start.character + 1, range.end.character - 1) } };
    found.push(range, inside, ...tokens.flatMap((token) => [token.range, token.name, ...(token.value === null ? [] : [token.value])]));
  }
  for (const { key, value, range } of frontMatter?.entries ?? []) found.push(key, range, ...(value === null ? [] : [value]));
  if (frontMatter !== null) found.push(wholeLines(source, 0, frontMatter.endLine));
  const fence = fenceAround(source.fences, at.line);
  if (fence !== null) {
    const last = fence.isClosed ? fence.endLine - 1 : fence.endLine;
    if (last > fence.line) found.push(wholeLines(source, fence.line + 1, last));
    found.push(wholeLines(source, fence.line, fence.endLine));
  }
  found.push(lines.wordsOf(at.line));
  for (const { line, endLine } of [...runbook.steps, ...runbook.sections]) found.push(wholeLines(source, line - 1, lastWords(lines, line, endLine)));
  found.push(wholeLines(source, 0, lines.count - 1));
  return nested(found.filter((range) => contains(range, at)));
}

function wholeLines({ lines }: RunbookSource, first: number, last: number): Range {
  const end = Math.min(Math.max(first, last), lines.count - 1);
  return { start: { line: Math.max(0, Math.min(first, end)), character: 0 }, end: lines.lineRange(end).end };
}

/** From the narrowest on, only those that hold all before them. */
function nested(ranges: readonly Range[]): readonly Range[] {
  const size = ({ start, end }: Range): readonly [number, number] => [end.line - start.line, end.line === start.line ? end.character - start.character : end.character - start.character];
  const ordered = [...ranges].sort((a, b) => size(a)[0] - size(b)[0] || size(a)[1] - size(b)[1]);
  const chain: Range[] = [];
  for (const range of ordered) {
    const inner = chain.at(-1);
    const holds = inner === undefined || (!isBefore(inner.start, range.start) && !isBefore(range.end, inner.end));
    const isWider = inner === undefined || isBefore(range.start, inner.start) || isBefore(inner.end, range.end);
    if (holds && isWider) chain.push(range);
  }
  return chain;
}
