import type { RunbookSource } from '../source.ts';
import { rangeOf, type Range } from '../text.ts';
import type { SymbolPlace } from './model.ts';
import { listed } from './listed.ts';

/** Attributes that name steps or sections. */
const NAMING: ReadonlySet<string> = new Set(['requires', 'undo']);

/** Where steps and sections get their names, and where they are named in the same document. */
export function idPlaces(source: RunbookSource): readonly SymbolPlace[] {
  const { lines, runbook, annotations } = source;
  const found: SymbolPlace[] = [];
  const defined = new Set<string>();
  const known = new Set([...runbook.sections.map(({ id }) => id), ...runbook.steps.map(({ id }) => id)]);
  for (const { tokens } of annotations) {
    for (const { token, name, value } of tokens) {
      // A second use of an id names nothing: that step goes by its words.
      if (token.kind === 'id' && known.has(token.name) && !defined.has(token.name)) {
        defined.add(token.name);
        found.push({ kind: 'id', name: token.name, range: name, isDefinition: true, isWritten: true });
      } else if (token.kind === 'attribute' && NAMING.has(token.name) && value !== null) {
        found.push(...listed(lines, value).map(({ text, range }) => ({ kind: 'id' as const, name: text, range, isDefinition: false, isWritten: true })));
      }
    }
  }
  for (const { id, line } of [...runbook.sections, ...runbook.steps]) {
    if (defined.has(id)) continue;
    defined.add(id);
    found.push({ kind: 'id', name: id, range: ownWords(source, line - 1, id), isDefinition: true, isWritten: false });
  }
  for (const step of runbook.steps) {
    if (step.kind === 'task') found.push(...dependencyPlaces(source, step.line, step.endLine, step.requires));
  }
  return found;
}

/** The name in a task card's heading, else all of the line. */
function ownWords({ lines }: RunbookSource, line: number, id: string): Range {
  const at = /\d/.test(id) ? lines.lineText(line).indexOf(id) : -1;
  return at === -1 ? lines.wordsOf(line) : rangeOf(line, at, at + id.length);
}

/** `Depends on Task_3_2_01` in a task card. */
function dependencyPlaces({ lines }: RunbookSource, line: number, endLine: number, names: readonly string[]): readonly SymbolPlace[] {
  const found: SymbolPlace[] = [];
  for (let at = line; at < endLine; at++) {
    const text = lines.lineText(at);
    for (const name of names) {
      const start = text.indexOf(name);
      if (start !== -1) found.push({ kind: 'id', name, range: rangeOf(at, start, start + name.length), isDefinition: false, isWritten: false });
    }
  }
  return found;
}
