import { isMap, isPair, isScalar, isSeq, type Document, type Node, parseDocument } from 'yaml';
import { readFrontMatter } from '../runbook/frontMatter.ts';
import type { Lines, Range } from './text.ts';

/** The front matter where it stands in the text. */
export interface FrontMatterSource {
  /** Line of the first `---` (0), and of the closing one. */
  readonly endLine: number;
  /** Entries of all depths in document order; empty for YAML that does not parse. */
  readonly entries: readonly FrontMatterEntry[];
  readonly isBroken: boolean;
}

/** A key with what it says. */
export interface FrontMatterEntry {
  /** Names from the top down, list places as numbers: `['inputs', 'VERSION', 'default']`. */
  readonly path: readonly (string | number)[];
  readonly key: Range;
  /** A single value as it is written, quotes included; null for nothing, lists and maps. */
  readonly value: Range | null;
  /** The single value, read; null for nothing, lists and maps. */
  readonly text: string | null;
  /** Key and all that belongs to it. */
  readonly range: Range;
}

/** What is nested deeper than any key of the format is not looked at. */
const DEEPEST = 6;
const MOST = 5_000;

/** @returns null when the text does not begin with front matter */
export function frontMatterSource(lines: Lines): FrontMatterSource | null {
  if (lines.lineText(0).trimEnd() !== '---') return null;
  let endLine = 1;
  while (endLine < lines.count && !/^(?:---|\.\.\.)\s*$/.test(lines.lineText(endLine))) endLine++;
  if (endLine >= lines.count) return null;
  const offset = lines.offsetAt({ line: 1, character: 0 });
  const yaml = lines.text.slice(offset, lines.offsetAt({ line: endLine, character: 0 }));
  // A line, and another one below some words: nothing that the parser reads as front matter.
  if (yaml.trim() !== '' && isProse(lines.text.slice(0, lines.offsetAt(lines.lineRange(endLine).end)))) return null;
  const document = parsed(yaml);
  if (document === null) return { endLine, entries: [], isBroken: true };
  const entries: FrontMatterEntry[] = [];
  collect(document.contents, [], { lines, offset }, entries);
  return { endLine, entries, isBroken: document.errors.length > 0 };
}

function isProse(head: string): boolean {
  const text = head.replace(/\r\n?/g, '\n');
  return readFrontMatter(text).body === text;
}

function parsed(yaml: string): Document | null {
  try {
    return parseDocument(yaml, { prettyErrors: false, logLevel: 'silent', uniqueKeys: false });
  } catch {
    return null;
  }
}

interface At {
  readonly lines: Lines;
  /** Of the YAML in the text. */
  readonly offset: number;
}

function collect(node: unknown, path: readonly (string | number)[], at: At, entries: FrontMatterEntry[]): void {
  if (path.length > DEEPEST || entries.length > MOST) return;
  if (isSeq(node)) node.items.forEach((item, index) => collect(isPair(item) ? null : item, [...path, index], at, entries));
  if (!isMap(node)) return;
  for (const pair of node.items) {
    const { key } = pair;
    if (!isScalar(key) || key.range == null) continue;
    const value = pair.value as Node | null;
    const own = [...path, String(key.value)];
    const single = isScalar(value) && value.range != null && value.value !== null ? value : null;
    const start = key.range[0];
    const keyEnd = key.range[1];
    entries.push({
      path: own,
      key: span(at, start, keyEnd),
      value: single?.range == null ? null : span(at, single.range[0], single.range[1]),
      text: single === null ? null : typeof single.value === 'string' ? single.value : (single.source ?? String(single.value)),
      range: span(at, start, Math.max(keyEnd, value?.range?.[1] ?? keyEnd)),
    });
    collect(value, own, at, entries);
  }
}

function span({ lines, offset }: At, start: number, end: number): Range {
  return { start: lines.positionAt(offset + start), end: lines.positionAt(offset + end) };
}
