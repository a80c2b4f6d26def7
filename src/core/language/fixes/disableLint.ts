import type { LintFinding } from '../diagnostics/finding.ts';
import { blockOf } from '../resultFence.ts';
import type { RunbookSource } from '../source.ts';
import type { TextEdit } from '../text.ts';
import { firstLineOfWords } from '../wordLines.ts';
import { quickFix, type Fix, type FixPlace } from './fix.ts';

/** What is odd about such comments is not hidden by others. */
const OWN: ReadonlySet<string> = new Set(['unknown-lint-code', 'unused-lint-disable']);

/** They are about the file, and are said of its first line whatever stands there. */
const OF_THE_FILE: ReadonlySet<string> = new Set(['not-text', 'too-deep']);

/** Hides a finding where it stands, or in the whole document. Each code is offered once. */
export function disableLint({ source, findings }: FixPlace): readonly Fix[] {
  const first = new Map(findings.filter(({ code }) => !OWN.has(code)).map((finding) => [finding.code, finding] as const).reverse());
  return [...first.values()].reverse().flatMap((finding) => {
    const here = aboveLine(source, finding);
    return [...(here === null ? [] : [quickFix(`Hide ${finding.code} here`, finding, [here])]), quickFix(`Hide ${finding.code} in this document`, finding, [atTop(source, finding.code)])];
  });
}

function aboveLine(source: RunbookSource, { code, range }: LintFinding): TextEdit | null {
  const { lines, frontMatter } = source;
  const line = ownerLine(source, range.start.line);
  if (OF_THE_FILE.has(code) || isInComment(source, line)) return null;
  const indent = /^[ \t]*(?:>[ \t]?)*[ \t]*/.exec(lines.lineText(line))?.[0] ?? '';
  const isFront = frontMatter !== null && line <= frontMatter.endLine;
  // Above the first line there is no front matter any more, and above its end no place for what it holds.
  if (isFront && (line === 0 || line === frontMatter.endLine)) return null;
  const words = `runbook-lint-disable-next-line ${code}`;
  return insertLine(line, isFront ? `${indent}# ${words}` : `${indent}<!-- ${words} -->`);
}

/** A comment inside a block would be a part of it, and one between a command and its output, or in the middle of an item's words, would part them. */
function ownerLine(source: RunbookSource, line: number): number {
  const { fences, frontMatter, lines } = source;
  const at = fences.findIndex((fence) => fence.line <= line && line <= fence.endLine);
  if (at !== -1) return blockOf(source, at)?.line ?? line;
  return frontMatter !== null && line <= frontMatter.endLine ? line : firstLineOfWords(lines, line);
}

/** A comment inside another one would end it. */
function isInComment({ text, lines }: RunbookSource, line: number): boolean {
  const before = text.slice(0, lines.offsetAt({ line, character: 0 }));
  return before.lastIndexOf('<!--') > before.lastIndexOf('-->');
}

function atTop({ frontMatter }: RunbookSource, code: string): TextEdit {
  return frontMatter === null ? insertLine(0, `<!-- runbook-lint-disable ${code} -->\n`) : insertLine(1, `# runbook-lint-disable ${code}`);
}

function insertLine(line: number, text: string): TextEdit {
  const at = { line, character: 0 };
  return { range: { start: at, end: at }, newText: `${text}\n` };
}
