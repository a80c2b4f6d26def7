import { lint } from '../../../../src/core/language/diagnostics/lint.ts';
import type { Fix } from '../../../../src/core/language/fixes/fix.ts';
import { fixesFor } from '../../../../src/core/language/fixes/fixesFor.ts';
import { readSource } from '../../../../src/core/language/source.ts';

/** What is offered where `|` stands; it is taken out. */
export function offered(marked: string): { readonly text: string; readonly fixes: readonly Fix[] } {
  const at = marked.indexOf('|');
  const text = marked.slice(0, at) + marked.slice(at + 1);
  const source = readSource(text);
  const place = source.lines.positionAt(at);
  return { text, fixes: fixesFor(source, { start: place, end: place }, lint(source)) };
}
