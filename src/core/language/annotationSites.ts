import { annotationTokens, type AnnotationToken } from '../runbook/annotationTokens.ts';
import type { AnnotationPlace } from '../runbook/model.ts';
import { rangeOf, type Lines, type Range } from './text.ts';

/** An annotation where it stands in the text. */
export interface AnnotationSite {
  readonly on: AnnotationPlace['on'];
  /** Line of the fence, or the first one of the heading or item, from 1 as in the runbook. */
  readonly ownerLine: number;
  readonly text: string;
  /** With its braces, on one line. */
  readonly range: Range;
  readonly tokens: readonly SiteToken[];
}

/** A piece of an annotation where it stands. */
export interface SiteToken {
  readonly token: AnnotationToken;
  readonly range: Range;
  /** The name alone: of an id without its `#`, of an attribute without its value. */
  readonly name: Range;
  /** The value without its quotes; null for none. */
  readonly value: Range | null;
}

/** How far below its first line the end of an item's words is looked for. */
const FAR = 200;

/**
 * Where the annotations that the parser read stand. One that goes over several
 * lines has no site: nothing in it can be pointed at.
 */
export function annotationSites(lines: Lines, places: readonly AnnotationPlace[]): readonly AnnotationSite[] {
  return places.flatMap(({ text, line: ownerLine, on }) => {
    const isFence = on === 'fence' || on === 'output';
    const last = Math.min(lines.count, isFence ? ownerLine : ownerLine + FAR);
    for (let line = ownerLine - 1; line < last; line++) {
      const at = isFence ? lines.lineText(line).indexOf(text) : lines.lineText(line).lastIndexOf(text);
      if (at !== -1) return [siteOf(text, ownerLine, on, line, at)];
    }
    return [];
  });
}

function siteOf(text: string, ownerLine: number, on: AnnotationPlace['on'], line: number, at: number): AnnotationSite {
  // Runme's JSON is no list of words.
  const tokens = /^\{\s*"/.test(text) ? [] : annotationTokens(text);
  return { on, ownerLine, text, range: rangeOf(line, at, at + text.length), tokens: tokens.map((token) => placed(token, text, line, at)) };
}

function placed(token: AnnotationToken, text: string, line: number, at: number): SiteToken {
  const range = rangeOf(line, at + token.start, at + token.end);
  if (token.kind === 'id') return { token, range, name: rangeOf(line, at + token.start + 1, at + token.end), value: null };
  if (token.kind !== 'attribute') return { token, range, name: range, value: null };
  const name = rangeOf(line, at + token.start, at + token.start + token.name.length);
  if (token.written === null) return { token, range, name, value: null };
  const quoted = /["']/.test(text.charAt(token.written.start)) ? 1 : 0;
  return { token, range, name, value: rangeOf(line, at + token.written.start + quoted, at + token.written.end - quoted) };
}
