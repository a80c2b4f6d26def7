import type { AttributePlace } from '../../runbook/attributeTable.ts';
import { annotationTokens, type AnnotationToken } from '../../runbook/annotationTokens.ts';
import { parseFenceInfo } from '../../runbook/fences.ts';
import { OUTPUT_LANGUAGE, REQUEST_LANGUAGE } from '../../runbook/vocabulary.ts';
import { fenceAround } from '../fenceLines.ts';
import type { RunbookSource } from '../source.ts';
import { rangeOf, type Position, type Range } from '../text.ts';

/** The annotation in which the cursor stands, as far as it is written. */
export interface AnnotationContext {
  readonly on: AttributePlace;
  /** Names of the attributes that it has already; `#` for an id. */
  readonly has: ReadonlySet<string>;
  /** What is being written: a name, or the value of an attribute. */
  readonly writing: { readonly what: 'name'; readonly range: Range } | { readonly what: 'value'; readonly name: string; readonly range: Range; readonly isQuoted: boolean };
}

/** Read from the line alone, since an annotation that is being written is none yet. */
export function annotationContext(source: RunbookSource, at: Position): AnnotationContext | null {
  const line = source.lines.lineText(at.line);
  const found = opening(source, line, at);
  if (found === null) return null;
  const { start, on } = found;
  // Braces are no matter here: what stands behind the cursor is looked at only for what is there already.
  const before = line.slice(start, at.character);
  const all = line.slice(start).replace(/\}.*$/, '');
  const writing = written(before, line, start, at);
  if (writing === null) return null;
  const touches = ({ start: from, end }: AnnotationToken): boolean => start + from < at.character && at.character <= start + end;
  const has = new Set(annotationTokens(all).filter((token) => !touches(token)).map((token) => (token.kind === 'id' ? '#' : token.kind === 'attribute' ? token.name : '')));
  return { on, has, writing };
}

/** Where the annotation begins, and on what it stands; null when the cursor is in none. */
function opening(source: RunbookSource, line: string, { line: number, character }: Position): { readonly start: number; readonly on: AttributePlace } | null {
  const before = line.slice(0, character);
  const fence = fenceAround(source.fences, number);
  if (fence !== null && fence.line !== number) return null;
  if (fence !== null) {
    const start = line.indexOf('{', fence.infoStart);
    if (start === -1 || start >= character || isClosed(before.slice(start))) return null;
    const { language } = parseFenceInfo(line.slice(fence.infoStart));
    return { start, on: language === OUTPUT_LANGUAGE ? 'output' : language === REQUEST_LANGUAGE ? 'http' : 'fence' };
  }
  const comment = before.lastIndexOf('<!--');
  if (comment === -1) return null;
  const brace = /^<!--\s*\{:?/.exec(before.slice(comment));
  if (brace === null || before.slice(comment).includes('-->')) return null;
  const start = comment + brace[0].length - (brace[0].endsWith(':') ? 2 : 1);
  if (isClosed(before.slice(start))) return null;
  return { start, on: /^\s{0,3}#{1,6}\s/.test(line) ? 'heading' : 'item' };
}

/** A brace inside quotes closes nothing. */
function isClosed(text: string): boolean {
  return text.replace(/"(?:[^"\\]|\\.)*"|'[^']*'/g, '').includes('}');
}

const VALUE = /(?:^|[\s{])([A-Za-z][\w.-]*)\s*=\s*(?:"([^"]*)|'([^']*)|([^\s"'{}]*))$/;
const NAME = /(?:^|[\s{:])(#?[\w.-]*)$/;

function written(before: string, line: string, start: number, { line: number, character }: Position): AnnotationContext['writing'] | null {
  const value = VALUE.exec(before);
  if (value !== null) {
    const [, name = '', double, single, bare] = value;
    const text = double ?? single ?? bare ?? '';
    const isQuoted = bare === undefined;
    const rest = (isQuoted ? (double === undefined ? /^[^']*/ : /^[^"]*/) : /^[^\s"'{}]*/).exec(line.slice(character))?.[0] ?? '';
    // Of a list such as `a,b` only the part at the cursor.
    const from = character - (text.length - (text.lastIndexOf(',') + 1)) + (/^\s*/.exec(text.slice(text.lastIndexOf(',') + 1))?.[0].length ?? 0);
    const comma = rest.indexOf(',');
    return { what: 'value', name, range: rangeOf(number, from, character + (comma === -1 ? rest.length : comma)), isQuoted };
  }
  // Inside quotes of something else nothing is proposed.
  if (((before.match(/"/g)?.length ?? 0) % 2) === 1) return null;
  const name = NAME.exec(before);
  if (name === null || character <= start) return null;
  const typed = name[1] ?? '';
  const rest = /^[\w.-]*/.exec(line.slice(character))?.[0] ?? '';
  return { what: 'name', range: rangeOf(number, character - typed.length, character + rest.length) };
}
