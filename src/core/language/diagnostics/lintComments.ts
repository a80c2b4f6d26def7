import type { RunbookSource } from '../source.ts';
import { rangeOf, type Range } from '../text.ts';

/** A comment that says what is not to be underlined, and where. */
export interface LintComment {
  readonly act: 'disable' | 'enable' | 'disable-next-line';
  readonly line: number;
  /** The comment as a whole. */
  readonly range: Range;
  /** The codes that it names; none: all of them. */
  readonly codes: readonly { readonly code: string; readonly range: Range }[];
}

const IN_TEXT = /<!--\s*runbook-lint-(disable-next-line|disable|enable)(?![\w-])(.*?)-->/g;
/** Front matter is YAML, where comments begin with a `#`. */
const IN_FRONT_MATTER = /#\s*runbook-lint-(disable-next-line|disable|enable)(?![\w-])(.*)$/g;

/** Every such comment in order. What stands in a block is a part of it and no comment. */
export function lintComments({ text, lines, frontMatter, fences }: RunbookSource): readonly LintComment[] {
  if (!text.includes('runbook-lint-')) return [];
  const found: LintComment[] = [];
  const inFence = new Set(fences.flatMap(({ line, endLine }) => Array.from({ length: endLine - line + 1 }, (_, at) => line + at)));
  for (let line = 0; line < lines.count; line++) {
    const words = lines.lineText(line);
    if (!words.includes('runbook-lint-') || inFence.has(line)) continue;
    const pattern = frontMatter !== null && line < frontMatter.endLine ? IN_FRONT_MATTER : IN_TEXT;
    for (const match of words.matchAll(pattern)) {
      const [whole, act = '', rest = ''] = match;
      const restAt = match.index + whole.indexOf(rest, whole.indexOf(act) + act.length);
      const codes = Array.from(rest.matchAll(/[^\s,]+/g), ({ 0: code, index }) => ({ code, range: rangeOf(line, restAt + index, restAt + index + code.length) }));
      found.push({ act: act as LintComment['act'], line, range: rangeOf(line, match.index, match.index + whole.trimEnd().length), codes });
    }
  }
  return found;
}
