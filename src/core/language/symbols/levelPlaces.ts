import type { RunbookSource } from '../source.ts';
import { rangeOf } from '../text.ts';
import { listed } from './listed.ts';
import type { SymbolPlace } from './model.ts';
import { bareValue } from './quotes.ts';

/** Where rollback levels are described, and where they are named. Their numbers are an order, so none is renamed. */
export function levelPlaces(source: RunbookSource): readonly SymbolPlace[] {
  const { lines, runbook, annotations, frontMatter } = source;
  const place = (name: string, range: SymbolPlace['range'], isDefinition: boolean): SymbolPlace => ({ kind: 'level', name, range, isDefinition, isWritten: false });
  const found = runbook.rollbackLevels.flatMap(({ level, line, alternatives }) => [line, ...alternatives.map((other) => other.line)].map((at) => place(String(level), lines.wordsOf(at - 1), true)));
  for (const { tokens } of annotations) {
    for (const { token, value } of tokens) {
      if (token.kind !== 'attribute' || value === null) continue;
      if (token.name === 'level' || token.name === 'irreversible') found.push(...listed(lines, value).map(({ text, range }) => place(text, range, false)));
    }
  }
  for (const { path, text, value } of frontMatter?.entries ?? []) {
    if (path[0] === 'triggers' && path[2] === 'level' && text !== null && value !== null) found.push(place(text, bareValue(lines, value), false));
  }
  for (const { level, line, declared } of runbook.triggers) {
    if (level === null || declared === true) continue;
    const words = lines.lineText(line - 1);
    const match = new RegExp(`\\blevel\\s*[-#]?\\s*${String(level)}\\b`, 'i').exec(words);
    if (match !== null) found.push(place(String(level), rangeOf(line - 1, match.index, match.index + match[0].length), false));
  }
  return found;
}
