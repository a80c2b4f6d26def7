import { ATTRIBUTE_ROWS, attributeShape, type AttributeShape } from '../../runbook/attributeTable.ts';
import { attributeDocumentation, briefly } from '../documentation.ts';
import type { RunbookSource } from '../source.ts';
import type { Range } from '../text.ts';
import type { AnnotationContext } from './annotationContext.ts';
import { escapeSnippet } from './escape.ts';
import type { Completion } from './model.ts';
import { valuesFor } from './values.ts';

/** What can be written in an annotation: attributes that stand there, or values of the one at the cursor. */
export function annotationCompletions(source: RunbookSource, context: AnnotationContext, line: number): readonly Completion[] {
  const { writing } = context;
  if (writing.what === 'name') return ATTRIBUTE_ROWS.filter(([name, shape]) => fits(name, shape, context)).map(([name, shape]) => attribute(name, shape, writing.range));
  const shape = attributeShape(writing.name);
  if (shape === null) return [];
  return valuesFor(source, writing.name, shape.suggests, line).map(({ text, ...rest }) => ({ ...rest, label: text, snippet: escapeSnippet(!writing.isQuoted && /[\s{}"']/.test(text) ? JSON.stringify(text) : text), range: writing.range }));
}

/** Commands of a rollback section can say what other commands can, too. */
function fits(name: string, { on, acts }: AttributeShape, { on: place, has }: AnnotationContext): boolean {
  if (!acts || has.has(name === '#id' ? '#' : name)) return false;
  return on.includes(place) || (place === 'fence' && on.includes('rollback'));
}

function attribute(name: string, shape: AttributeShape, range: Range): Completion {
  const documentation = attributeDocumentation(name, shape);
  const bare: Omit<Completion, 'snippet'> = { label: name, kind: 'attribute', detail: briefly(shape.says), documentation, range };
  if (name === '#id') return { ...bare, snippet: '#${1:name}' };
  if (name === 'env.NAME') return { ...bare, label: 'env.', snippet: 'env.${1:NAME}=${2:value}' };
  if (shape.suggests === null || shape.value === 'notEmpty') return { ...bare, snippet: name };
  if (name === 'irreversible') return { ...bare, snippet: name };
  return shape.suggests === 'word' && wantsQuotes(shape, name) ? { ...bare, snippet: `${name}="$1"` } : { ...bare, snippet: `${name}=$1`, ...(shape.suggests === 'word' ? {} : { goesOn: true as const }) };
}

/** Its example says whether its value is written in quotes. */
function wantsQuotes({ example }: AttributeShape, name: string): boolean {
  return example.includes(`${name}="`);
}
