import type { LintFinding } from '../diagnostics/finding.ts';
import { lintComments } from '../diagnostics/lintComments.ts';
import type { RunbookSource } from '../source.ts';
import { rangeOf, type TextEdit } from '../text.ts';
import { quickFix, touches, type Fix, type FixPlace } from './fix.ts';

/** Takes out what has no effect: an attribute given twice, a lint comment that hides nothing. */
export function removeUseless({ source, findings }: FixPlace): readonly Fix[] {
  return findings.flatMap((finding) => {
    const isAttribute = finding.code === 'duplicate-attribute';
    const edits = isAttribute ? withoutDuplicates(source, finding) : finding.code === 'unused-lint-disable' ? withoutComment(source, finding) : [];
    if (edits.length === 0) return [];
    // A comment that lost all of its words one by one would hide everything.
    const isSafe = isAttribute || source.lines.textIn(finding.range).startsWith('<!--');
    const title = isAttribute ? 'Remove what does not count' : 'Remove what hides nothing';
    return [quickFix(title, finding, edits, { isPreferred: true, isSafe })];
  });
}

/** All but the first one: of an attribute by its name, of ids whatever they are. */
function withoutDuplicates({ annotations, lines }: RunbookSource, { range, subject }: LintFinding): readonly TextEdit[] {
  const site = annotations.find(({ tokens }) => tokens.some(({ name }) => touches(name, range)));
  const tokens = site?.tokens.filter(({ token }) => token.kind === 'attribute' && token.name === subject) ?? [];
  const same = tokens.length > 0 ? tokens : (site?.tokens.filter(({ token }) => token.kind === 'id') ?? []);
  return same.slice(1).map(({ range: { start, end } }) => {
    const text = lines.lineText(start.line);
    let from = start.character;
    while (from > 0 && /[ \t]/.test(text.charAt(from - 1))) from--;
    return { range: rangeOf(start.line, from, end.character), newText: '' };
  });
}

/** The word, or all of the comment; with it the line when nothing else stands there. */
function withoutComment(source: RunbookSource, { range }: LintFinding): readonly TextEdit[] {
  const { lines } = source;
  const comment = lintComments(source).find((each) => touches(each.range, range));
  if (comment === undefined) return [];
  const text = lines.lineText(range.start.line);
  const isWhole = range.start.character === comment.range.start.character;
  if (isWhole && text.slice(0, range.start.character).trim() === '' && text.slice(range.end.character).trim() === '') {
    const next = range.start.line + 1;
    return [{ range: { start: { line: range.start.line, character: 0 }, end: next < lines.count ? { line: next, character: 0 } : lines.lineRange(range.start.line).end }, newText: '' }];
  }
  if (isWhole) return [{ range, newText: '' }];
  const after = /^[\s,]*/.exec(text.slice(range.end.character))?.[0].length ?? 0;
  const isLast = text.slice(range.end.character + after).startsWith('-->');
  return [{ range: rangeOf(range.start.line, range.start.character, range.end.character + (isLast ? 0 : after)), newText: '' }];
}
