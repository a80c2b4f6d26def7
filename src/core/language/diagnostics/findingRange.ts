import type { Diagnostic } from '../../runbook/model.ts';
import type { AnnotationSite, SiteToken } from '../annotationSites.ts';
import type { RunbookSource } from '../source.ts';
import { rangeOf, type Lines, type Range } from '../text.ts';

/** Findings about what a value names; the others are about names. */
const OF_VALUES: ReadonlySet<string> = new Set(['bad-value', 'unknown-step', 'unknown-level', 'unknown-value', 'unknown-backup']);

/**
 * Where the parser's findings stand: the word that each is about, in its
 * annotation or on its line, else the whole line without the blanks around it.
 */
export function findingRanges(source: RunbookSource): (diagnostic: Diagnostic) => Range {
  const { lines, runbook } = source;
  const sites = new Map<number, AnnotationSite[]>();
  for (const site of source.annotations) sites.set(site.ownerLine, [...(sites.get(site.ownerLine) ?? []), site]);
  const ends = new Map(runbook.steps.map(({ line, endLine }) => [line, endLine]));
  return ({ code, subject, line }) => {
    const at = Math.min(Math.max(0, line - 1), lines.count - 1);
    if (subject === undefined) return lines.wordsOf(at);
    // What a step's block says is reported where the step begins.
    for (let owner = line; owner <= Math.max(line, ends.get(line) ?? 0); owner++) {
      for (const site of sites.get(owner) ?? []) {
        const found = code === 'duplicate-attribute' ? lastOf(site, subject) : inSite(site, subject, lines, OF_VALUES.has(code));
        if (found !== null) return found;
      }
    }
    return inFrontMatter(source, at, subject) ?? onLine(lines, at, subject) ?? lines.wordsOf(at);
  };
}

function inSite({ tokens }: AnnotationSite, subject: string, lines: Lines, valuesFirst: boolean): Range | null {
  const value = tokens.find(({ token }) => token.kind === 'attribute' && token.value === subject)?.value ?? null;
  const name = tokens.findLast(({ token }) => (token.kind === 'stray' ? token.text : token.name) === subject)?.name ?? null;
  return (valuesFirst ? (value ?? name) : (name ?? value)) ?? partOfValue(tokens, subject, lines);
}

/** Of two the second one is too many, with all that it says. */
function lastOf({ tokens }: AnnotationSite, subject: string): Range | null {
  return tokens.findLast(({ token }) => token.kind !== 'stray' && token.name === subject)?.range ?? null;
}

/** One of several that a value lists, such as `requires=a,b`. */
function partOfValue(tokens: readonly SiteToken[], subject: string, lines: Lines): Range | null {
  for (const { value } of tokens) {
    if (value === null) continue;
    const text = lines.textIn(value);
    const at = entryAt(text, subject) ?? wordAt(text, subject);
    if (at !== -1) return rangeOf(value.start.line, value.start.character + at, value.start.character + at + subject.length);
  }
  return null;
}

/** Where one of the listed words is all of the subject; null when none is. */
function entryAt(text: string, subject: string): number | null {
  let start = 0;
  for (const entry of text.split(',')) {
    if (entry.trim() === subject) return start + entry.indexOf(subject);
    start += entry.length + 1;
  }
  return null;
}

function inFrontMatter({ frontMatter }: RunbookSource, line: number, subject: string): Range | null {
  if (frontMatter === null || line > frontMatter.endLine) return null;
  const here = frontMatter.entries.filter(({ key }) => key.start.line === line);
  return here.find(({ path }) => path.at(-1) === subject)?.key ?? here.find(({ text }) => text === subject)?.value ?? null;
}

function onLine(lines: Lines, line: number, subject: string): Range | null {
  const at = wordAt(lines.lineText(line), subject);
  return at === -1 ? null : rangeOf(line, at, at + subject.length);
}

/** Where a word stands by itself, else where it stands at all; -1 when it does not. */
function wordAt(text: string, word: string): number {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    if (!/[\w-]/.test(text.charAt(at - 1)) && !/[\w-]/.test(text.charAt(at + word.length))) return at;
  }
  return text.indexOf(word);
}

/** A stretch with the word around it: characters that cannot be seen have to be underlined with ones that can. */
export function withWordAround(lines: Lines, { start, end }: Range): Range {
  const text = lines.lineText(start.line);
  let from = start.character;
  let to = end.line === start.line ? end.character : text.length;
  while (from > 0 && /\S/.test(text.charAt(from - 1))) from--;
  while (to < text.length && /\S/.test(text.charAt(to))) to++;
  return rangeOf(start.line, from, to);
}
