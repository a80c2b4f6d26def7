import { DIAGNOSTIC_CODES, diagnosticCode } from '../../runbook/diagnosticCodes.ts';
import { nearest } from '../../runbook/nearest.ts';
import { resultBelow } from '../resultFence.ts';
import type { RunbookSource } from '../source.ts';
import { lastLineOfWords } from '../wordLines.ts';
import type { LintFinding } from './finding.ts';
import { lintComments, type LintComment } from './lintComments.ts';

/**
 * Leaves out what comments of the document hide, and adds what is odd about the
 * comments themselves. What runs, and what the panel says, is not their concern.
 */
export function hideByComments(source: RunbookSource, findings: readonly LintFinding[]): readonly LintFinding[] {
  const comments = lintComments(source);
  if (comments.length === 0) return findings;
  const used = new Set<string>();
  const shown = findings.filter(({ code, range }) => {
    const by = hiddenBy(source, comments, code, range.start.line);
    if (by !== null) used.add(by);
    return by === null;
  });
  return [...shown, ...comments.flatMap((comment, index) => oddComment(comment, (code) => used.has(keyOf(index, code))))];
}

/** The comment by which a finding is hidden, with the word that does it; null for none. */
function hiddenBy(source: RunbookSource, comments: readonly LintComment[], code: string, line: number): string | null {
  let hidden: string | null = null;
  for (const [index, comment] of comments.entries()) {
    const isNamed = comment.codes.some((each) => each.code === code);
    if (!isNamed && comment.codes.length > 0) continue;
    const key = keyOf(index, isNamed ? code : null);
    if (comment.act === 'disable-next-line') {
      if (line > comment.line && line <= lastLineBelow(source, comment.line)) return key;
    } else if (comment.line <= line) hidden = comment.act === 'disable' ? key : null;
  }
  return hidden;
}

/** The last line of the words below; when a block begins there, its end and that of the output that belongs to it. */
function lastLineBelow(source: RunbookSource, line: number): number {
  const { fences, frontMatter, lines } = source;
  const at = fences.findIndex((fence) => fence.line === line + 1);
  const fence = fences[at];
  if (fence !== undefined) return (resultBelow(source, at) ?? fence).endLine;
  return line + 1 >= lines.count || (frontMatter !== null && line < frontMatter.endLine) ? line + 1 : lastLineOfWords(lines, line + 1);
}

function keyOf(index: number, code: string | null): string {
  return `${String(index)} ${code ?? ''}`;
}

function oddComment({ act, range, codes }: LintComment, isUsed: (code: string | null) => boolean): readonly LintFinding[] {
  const unused = (at: LintFinding['range'], what: string): LintFinding => ({ code: 'unused-lint-disable', severity: 'info', message: `${what} hides nothing here. Take it out.`, range: at });
  if (codes.length === 0) return act === 'enable' || isUsed(null) ? [] : [unused(range, 'This comment')];
  return codes.flatMap(({ code, range: at }): readonly LintFinding[] => {
    if (diagnosticCode(code) !== undefined) return act === 'enable' || isUsed(code) ? [] : [unused(codes.length === 1 ? range : at, `"${code}"`)];
    const near = nearest(code, Object.keys(DIAGNOSTIC_CODES));
    const message = `There is no finding "${code}", so this comment hides nothing${near === null ? '.' : `; did you mean "${near}"?`}`;
    return [{ code: 'unknown-lint-code', severity: 'warning', message, range: at, subject: code, ...(near === null ? {} : { suggestion: near }) }];
  });
}
