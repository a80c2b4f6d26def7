import type { RunbookSource } from '../source.ts';
import type { Position, TextEdit } from '../text.ts';

/** What is put below a key of the front matter. */
export interface NewEntry {
  readonly name: string;
  /** What it holds, on one line. */
  readonly value: string;
}

/**
 * Adds a name to a key of the front matter that holds names, such as `inputs`;
 * the key and the front matter are made when they are missing. Null when it
 * cannot be read, or holds something else there.
 */
export function withEntry({ lines, frontMatter }: RunbookSource, key: string, { name, value }: NewEntry): TextEdit | null {
  if (frontMatter === null) return insert({ line: 0, character: 0 }, `---\nrunbook: 1\n${key}:\n  ${name}: ${value}\n---\n\n`);
  if (frontMatter.isBroken) return null;
  const own = frontMatter.entries.find(({ path }) => path.length === 1 && path[0] === key);
  if (own === undefined) return insert({ line: frontMatter.endLine, character: 0 }, `${key}:\n  ${name}: ${value}\n`);
  const inside = frontMatter.entries.filter(({ path }) => path.length === 2 && path[0] === key);
  const first = inside[0];
  const rest = lines.lineText(own.key.end.line).slice(own.key.end.character);
  if (/^\s*:\s*(?:#.*)?$/.test(rest)) {
    const indent = first === undefined ? '  ' : lines.lineText(first.key.start.line).slice(0, first.key.start.character);
    return /^ +$/.test(indent) ? insert({ line: own.key.end.line + 1, character: 0 }, `${indent}${name}: ${value}\n`) : null;
  }
  const open = /^\s*:\s*\{[ \t]*/.exec(rest)?.[0];
  if (open === undefined) return null;
  return insert({ line: own.key.end.line, character: own.key.end.character + open.length }, `${/[ \t]$/.test(open) ? '' : ' '}${name}: ${value}${inside.length === 0 ? ' ' : ', '}`);
}

function insert(at: Position, newText: string): TextEdit {
  return { range: { start: at, end: at }, newText };
}
