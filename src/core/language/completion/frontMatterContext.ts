import type { Lines, Position, Range } from '../text.ts';
import { rangeOf } from '../text.ts';

/** Where in the front matter the cursor stands, as far as it is written. */
export interface FrontMatterContext {
  /** Keys from the top down to what holds the cursor; `-` for an item of a list. */
  readonly path: readonly string[];
  /** What is being written: a key, or the value of one. */
  readonly writing: { readonly what: 'key' | 'item'; readonly range: Range } | { readonly what: 'value'; readonly key: string; readonly range: Range };
  /** It stands inside `{ … }`, where a block over several lines has no place. */
  readonly isFlow: boolean;
}

/** Read from the lines above by their indentation, since YAML that is being written rarely parses. */
export function frontMatterContext(lines: Lines, at: Position): FrontMatterContext | null {
  if (at.line === 0 || lines.lineText(0).trimEnd() !== '---') return null;
  for (let line = 1; line <= at.line; line++) if (/^(?:---|\.\.\.)\s*$/.test(lines.lineText(line))) return null;
  const text = lines.lineText(at.line);
  const before = text.slice(0, at.character);
  if (/(?:^|\s)#/.test(before.replace(/"[^"]*"|'[^']*'/g, ''))) return null;
  const head = /^(\s*)((?:-\s+)*)/.exec(before) ?? ['', '', ''];
  const dashes = head[2]?.match(/-/g) ?? [];
  const above = pathAbove(lines, at.line, (head[1]?.length ?? 0) + (dashes.length > 0 ? 0 : (head[2]?.length ?? 0)), dashes.length > 0);
  const start = head[0].length;
  const { frames, key, typed } = inLine(before.slice(start));
  const rest = /^[^,}\]\n"']*/.exec(text.slice(at.character))?.[0].trimEnd() ?? '';
  const range = rangeOf(at.line, at.character - typed.length, at.character + (key === null ? (/^[\w.-]*/.exec(rest)?.[0].length ?? 0) : rest.length));
  const path = [...above, ...dashes.map(() => '-'), ...frames];
  const isFlow = frames.length > 0;
  if (key !== null) return { path, writing: { what: 'value', key, range }, isFlow };
  return { path, writing: { what: path.at(-1) === '[' ? 'item' : 'key', range }, isFlow };
}

/** Keys of the lines above that hold a line of such an indentation. */
function pathAbove(lines: Lines, line: number, indent: number, isItem: boolean): readonly string[] {
  const path: string[] = [];
  let current = indent;
  let inItem = isItem;
  for (let at = line - 1; at > 0 && (current > 0 || inItem); at--) {
    const match = /^(\s*)((?:-\s+)*)(?:(["']?)([^\s"':{}[\],#][^"':]*?)\3\s*:(?:\s|$))?/.exec(lines.lineText(at));
    if (match === null || lines.lineText(at).trim() === '' || /^\s*#/.test(lines.lineText(at))) continue;
    const dash = match[1]?.length ?? 0;
    const hasDash = (match[2] ?? '') !== '';
    const own = dash + (match[2]?.length ?? 0);
    const key = match[4];
    if (key !== undefined && (own < current || (inItem && own <= current && !hasDash))) {
      path.unshift(key);
      current = own;
      inItem = false;
    }
    // The rest of an item stands below its first key.
    if (hasDash && (own <= current || dash < current)) {
      path.unshift('-');
      current = dash;
      inItem = true;
    }
  }
  return path;
}

/** What one line says up to the cursor: the keys that hold it, the key whose value is written, and what is typed of it. */
function inLine(text: string): { readonly frames: readonly string[]; readonly key: string | null; readonly typed: string } {
  const frames: string[] = [];
  let key: string | null = null;
  let typed = '';
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (quote !== '') {
      if (character === quote) quote = '';
      typed += character;
    } else if ((character === '"' || character === "'") && typed.trim() === '') {
      quote = character;
      typed += character;
    } else if (character === '{' || character === '[') {
      // What a list holds has no names; a map in a list is an item.
      if (key !== null) frames.push(key);
      frames.push(character === '[' ? '[' : frames.at(-1) === '[' ? '-' : '{');
      key = null;
      typed = '';
    } else if (character === '}' || character === ']') {
      frames.pop();
      if (frames.at(-1) !== '{' && frames.at(-1) !== '[' && frames.at(-1) !== '-') frames.pop();
      key = null;
      typed = '';
    } else if (character === ',' && frames.length > 0) {
      key = null;
      typed = '';
    } else if (character === ':' && /^\s|^$/.test(text.slice(at + 1, at + 2)) && key === null) {
      key = typed.trim().replace(/^(["'])(.*)\1$/, '$2');
      typed = '';
    } else if (typed !== '' || !/\s/.test(character)) typed += character;
  }
  return { frames: frames.filter((frame, at) => frame !== '{' && (frame !== '[' || at === frames.length - 1)), key, typed };
}
