import type { Command } from '../runbook/model.ts';
import type { FenceLines } from './fenceLines.ts';
import type { Lines, Position } from './text.ts';

/**
 * Where the characters of a command's text stand in the document: indentation,
 * prompts, and lines that are not part of it are passed over.
 * @returns a function from an offset in the text (UTF-16 units) to its place
 */
export function commandPlaces(lines: Lines, fences: readonly FenceLines[], command: Pick<Command, 'text' | 'line'>): (offset: number) => Position {
  // A command's line counts from 1, so it is the line below its fence when it is counted from 0.
  const first = command.line;
  const fence = fences.find(({ line, endLine }) => line < first && endLine >= first);
  const end = fence === undefined ? lines.count : fence.isClosed ? fence.endLine : fence.endLine + 1;
  const own = command.text.split('\n');
  const found: Position[] = [];
  const shared = fence === undefined || fence.line === first - 1 ? 0 : sharedLines(lines, own, first);
  let next = shared === 0 ? first : (fence?.line ?? 0) + 1;
  for (const [index, text] of own.entries()) {
    if (index === shared) next = Math.max(next, first);
    let line = next;
    while (line < end && !lines.lineText(line).endsWith(text)) line++;
    const isThere = line < end;
    // What is not found (a character was replaced) is said of the line where it should be.
    if (!isThere) line = Math.max(0, Math.min(next, end - 1));
    found.push({ line, character: isThere ? lines.lineText(line).length - text.length : 0 });
    if (isThere) next = line + 1;
  }
  return (offset) => {
    let start = 0;
    for (const [index, text] of own.entries()) {
      const place = found[index];
      if (place !== undefined && offset <= start + text.length) return { line: place.line, character: Math.min(place.character + Math.max(0, offset - start), lines.lineText(place.line).length) };
      start += text.length + 1;
    }
    return found.at(-1) ?? { line: 0, character: 0 };
  };
}

/** How many of a level's lines stand above the comment that begins it, and belong to the other levels of its block too. */
function sharedLines(lines: Lines, own: readonly string[], first: number): number {
  const body = own.at(-1) === '' ? own.slice(0, -1) : own;
  for (let shared = 0; shared < body.length; shared++) {
    if (body.slice(shared).every((text, index) => lines.lineText(first + index).endsWith(text))) return shared;
  }
  return 0;
}
