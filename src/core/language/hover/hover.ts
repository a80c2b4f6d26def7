import { attributeShape } from '../../runbook/attributeTable.ts';
import { parseDuration } from '../../runbook/time.ts';
import { limitWords } from '../../view/words.ts';
import { keysOf } from '../completion/frontMatter.ts';
import { attributeDocumentation, keyDocumentation } from '../documentation.ts';
import type { RunbookSource } from '../source.ts';
import { thingAt } from '../symbols/references.ts';
import { contains, type Position, type Range } from '../text.ts';
import { budgetWords } from './budgets.ts';
import type { PastFacts } from './pastFacts.ts';
import { thingWords } from './things.ts';

/** What is said of a place, in Markdown. */
export interface Hover {
  readonly range: Range;
  readonly markdown: string;
}

/**
 * What is known of what stands at a place: a step, a level, an input, a time,
 * an attribute or a key. Null in prose.
 */
export function hoverAt(source: RunbookSource, at: Position, facts: PastFacts): Hover | null {
  return namedAt(source, at, facts) ?? attributeAt(source, at) ?? keyAt(source, at) ?? budgetAt(source, at, facts);
}

function namedAt(source: RunbookSource, at: Position, facts: PastFacts): Hover | null {
  const found = thingAt(source, at);
  if (found === null) return null;
  const words = thingWords(source, found.thing, facts);
  return words === null ? null : { range: found.range, markdown: words };
}

function attributeAt(source: RunbookSource, at: Position): Hover | null {
  for (const { range, tokens } of source.annotations) {
    if (!contains(range, at)) continue;
    for (const { token, name, value, range: whole } of tokens) {
      if (token.kind !== 'attribute' || !contains(whole, at)) continue;
      const shape = attributeShape(token.name);
      if (shape === null) return null;
      const seconds = value !== null && contains(value, at) && typeof token.value === 'string' && shape.suggests === 'duration' ? parseDuration(token.value) : null;
      const documentation = attributeDocumentation(token.name, shape);
      return seconds === null ? { range: name, markdown: documentation } : { range: value ?? name, markdown: `${limitWords(seconds)}\n\n${documentation}` };
    }
  }
  return null;
}

function keyAt({ frontMatter }: RunbookSource, at: Position): Hover | null {
  const entry = frontMatter?.entries.find(({ key }) => contains(key, at));
  if (entry === undefined) return null;
  const path = entry.path.slice(0, -1).map((part) => (typeof part === 'number' ? '-' : part));
  const name = String(entry.path.at(-1));
  const shape = keysOf(path).get(name);
  return shape === undefined ? null : { range: entry.key, markdown: keyDocumentation(name, shape) };
}

/** A heading or step that states a time. */
function budgetAt(source: RunbookSource, at: Position, facts: PastFacts): Hover | null {
  const { lines, runbook } = source;
  const line = at.line + 1;
  const section = runbook.sections.find((each) => each.line === line);
  const step = runbook.steps.find((each) => each.line === line);
  const words = section?.budgetWords ?? step?.estimate?.words ?? null;
  if (words === null) return null;
  const start = lines.lineText(at.line).lastIndexOf(words);
  const range = { start: { line: at.line, character: start }, end: { line: at.line, character: start + words.length } };
  if (start === -1 || !contains(range, at)) return null;
  const markdown = budgetWords(runbook, { section: section ?? null, step: step ?? null }, facts);
  return markdown === null ? null : { range, markdown };
}
