import type { Token } from 'markdown-it';
import { LONGEST_TEXT, readPattern, readSimilar, type OutputExpectation } from './expectation.ts';
import { parseFenceInfo } from './fences.ts';
import { htmlComments } from './htmlComments.ts';
import type { Diagnostic } from './model.ts';
import { isCommandFence } from './tree.ts';
import { SIMILARITY_COMMENT } from './vocabulary.ts';

/** A fence that a comment says is what the command before it prints. */
export interface ResultFence {
  readonly token: Token;
  /** Its place among the tokens. */
  readonly at: number;
  /** What the comment asks for: a number, or a pattern in quotes. */
  readonly wanted: string;
  readonly commentAt: number;
}

/** What may stand between a command, the comment and the result. */
const BETWEEN: ReadonlySet<string> = new Set(['paragraph_open', 'inline', 'paragraph_close', 'html_block']);

/**
 * The result of the command fence at a place, as Innovation Engine writes it:
 * `<!-- expected_similarity=0.8 -->` before the next fence, with nothing but
 * paragraphs and comments between; or null.
 */
export function resultAfter(tokens: readonly Token[], at: number): ResultFence | null {
  let comment: { readonly wanted: string; readonly at: number } | null = null;
  for (let i = at + 1; i < tokens.length; i++) {
    const token = tokens[i];
    if (token === undefined) return null;
    if (token.type === 'fence') return comment === null || isCommandFence(token) ? null : { token, at: i, wanted: comment.wanted, commentAt: comment.at };
    if (!BETWEEN.has(token.type)) return null;
    const wanted = wantedBy(token);
    if (wanted !== null) comment = { wanted, at: i };
  }
  return null;
}

/** What the first such comment of a token asks for; null when it has none. */
function wantedBy({ type, content }: Token): string | null {
  if (type !== 'html_block') return null;
  for (const { text } of htmlComments(content)) {
    const wanted = SIMILARITY_COMMENT.exec(text)?.[1];
    if (wanted !== undefined) return wanted;
  }
  return null;
}

/** Whether the fence at a place is such a result of the command before it. */
export function isResult(tokens: readonly Token[], at: number): boolean {
  for (let i = at - 1; i >= 0; i--) {
    const token = tokens[i];
    if (token === undefined) return false;
    if (token.type === 'fence') return isCommandFence(token) && resultAfter(tokens, i)?.at === at;
    if (!BETWEEN.has(token.type)) return false;
  }
  return false;
}

/** What such a comment and its fence expect; a bad one is reported and not checked. */
export function readResult({ token, wanted }: ResultFence, report: (message: string) => void): OutputExpectation | null {
  const quoted = /^(?:"(.*)"|'(.*)')$/s.exec(wanted);
  const pattern = quoted?.[1] ?? quoted?.[2];
  if (pattern !== undefined) return readGoPattern(pattern, report);
  if (token.content.length > LONGEST_TEXT) {
    report(`Expected output may have ${String(LONGEST_TEXT / 1024)} KB at most. This output is not checked.`);
    return null;
  }
  return readSimilar(token.content, wanted, parseFenceInfo(token.info).language === 'json', report);
}

/** Comments whose command or result is not there, so that nobody takes them for a check. */
export function strayComments(tokens: readonly Token[], line: (token: Token) => number): readonly Diagnostic[] {
  const used = new Set(tokens.flatMap((token, at) => (token.type === 'fence' && isCommandFence(token) ? [resultAfter(tokens, at)?.commentAt ?? -1] : [])));
  return tokens.flatMap((token, at) =>
    !used.has(at) && wantedBy(token) !== null
      ? [{ severity: 'warning' as const, code: 'stray-similarity', message: 'This expected_similarity checks nothing: it stands between a command block and the block of what that prints, with nothing but paragraphs between them.', line: line(token) }]
      : [],
  );
}

/**
 * A pattern as Go's programs write it. Flags at its beginning are taken as flags;
 * without them `^` and `$` stand for the ends of the whole output. What only
 * one of the two languages has is reported by the compiler.
 */
function readGoPattern(source: string, report: (message: string) => void): OutputExpectation | null {
  const flags = /^\(\?([ims]+)\)/.exec(source);
  const bare = (flags === null ? source : source.slice(flags[0].length)).replace(/\\(.)/gs, (both, character: string) => (/[\w\s^$\\.*+?()[\]{}|/]/.test(character) ? both : `\\x${character.charCodeAt(0).toString(16).padStart(2, '0').slice(-2)}`));
  return readPattern(bare, report, [...new Set(`${flags?.[1] ?? ''}u`)].sort().join(''));
}
