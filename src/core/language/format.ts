import type { AnnotationToken } from '../runbook/annotationTokens.ts';
import type { AnnotationSite } from './annotationSites.ts';
import type { RunbookSource } from './source.ts';
import { rangeOf, type Lines, type TextEdit } from './text.ts';

/**
 * Edits that bring annotations into one form: the id first, one blank between
 * words and around the annotation, quotes only where they are needed. Prose,
 * commands and all that is not understood stay as they are.
 */
export function formatAnnotations(source: RunbookSource): readonly TextEdit[] {
  return source.annotations.flatMap((site) => {
    const edit = formatted(source.lines, site);
    return edit === null || source.lines.textIn(edit.range) === edit.newText ? [] : [edit];
  });
}

function formatted(lines: Lines, site: AnnotationSite): TextEdit | null {
  const { text, tokens, range, on } = site;
  // An annotation without its end, Runme's forms, and signs that are not understood are for the author to mend.
  if (!text.endsWith('}') || tokens.length === 0 || tokens.some(({ token }) => token.kind === 'stray')) return null;
  const words = tokens.map(({ token }) => token).filter((token) => token.kind !== 'stray');
  const first = words.find(({ kind }) => kind === 'id');
  const ordered = first === undefined || words[0]?.kind === 'class' ? words : [first, ...words.filter((token) => token !== first)];
  const braces = `{${ordered.map((token) => wordOf(token, text)).join(' ')}}`;
  const line = lines.lineText(range.start.line);
  const before = line.slice(0, range.start.character);
  const after = line.slice(range.end.character);
  const { line: number } = range.start;
  if (on === 'fence' || on === 'output') {
    const start = before.trimEnd().length;
    // Right behind the marks, `{.bash}` is the language itself.
    const isBare = /[`~]$/.test(before.trimEnd());
    return { range: rangeOf(number, isBare ? range.start.character : start, line.length), newText: (isBare ? '' : ' ') + braces };
  }
  const opening = /\s*<!--\s*$/.exec(before);
  const closing = /^\s*-->\s*$/.exec(after);
  if (opening === null || closing === null) return null;
  return { range: rangeOf(number, opening.index, line.length), newText: `${opening.index === 0 ? /^\s*/.exec(before)?.[0] ?? '' : ' '}<!-- ${braces} -->` };
}

function wordOf(token: AnnotationToken, text: string): string {
  if (token.kind === 'id') return `#${token.name}`;
  if (token.kind === 'class') return `.${token.name}`;
  if (token.kind === 'stray') return token.text;
  if (token.value === true || token.written === null) return token.name;
  const written = text.slice(token.written.start, token.written.end);
  // Between slashes stands an expression, and its backslashes mean what they mean.
  if (written.startsWith('/') || !/^["']/.test(written)) return `${token.name}=${written}`;
  const value = token.value;
  return `${token.name}=${value !== '' && /^[^\s"'{}\\/]+$/.test(value) && !KEPT_QUOTES.has(token.name) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`}`;
}

/** Words for people stay in quotes, so that one word looks like several. */
const KEPT_QUOTES: ReadonlySet<string> = new Set(['title', 'confirm', 'expect', 'contains', 'header', 'interpreter']);

