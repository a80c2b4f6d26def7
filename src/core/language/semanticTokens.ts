import { commandsIn } from '../runbook/allCommands.ts';
import type { ValueKind } from '../runbook/attributeTable.ts';
import { keysOf } from './completion/frontMatter.ts';
import { attributeShape } from '../runbook/attributeTable.ts';
import type { RunbookSource } from './source.ts';
import { symbolPlaces } from './symbols/symbols.ts';
import type { SymbolKind } from './symbols/model.ts';
import { isBefore, type Range } from './text.ts';

/** Names of the editor's own kinds of words. */
export const TOKEN_TYPES = ['property', 'function', 'variable', 'string', 'number', 'enumMember', 'keyword', 'macro'] as const;
export const TOKEN_MODIFIERS = ['declaration'] as const;

/** A word of an annotation, of the front matter or of a command, on one line. */
export interface SemanticToken {
  readonly range: Range;
  readonly type: (typeof TOKEN_TYPES)[number];
  readonly isDeclaration: boolean;
}

const OF_KIND: Readonly<Record<SymbolKind, SemanticToken['type']>> = { id: 'function', value: 'variable', environment: 'enumMember', level: 'number', monitor: 'function', backup: 'enumMember' };
const OF_VALUE: Readonly<Record<ValueKind, SemanticToken['type']>> = { duration: 'number', shell: 'enumMember', ids: 'function', steps: 'function', level: 'number', input: 'variable', backup: 'enumMember', matchMode: 'enumMember', path: 'string', word: 'string' };

/** What is coloured by what it means, in document order, none over another. */
export function semanticTokens(source: RunbookSource): readonly SemanticToken[] {
  const named = symbolPlaces(source).filter(({ isWritten, kind, isDefinition }) => isWritten || (kind === 'level' && !isDefinition));
  return inOrder([...named.map(({ range, kind, isDefinition }): SemanticToken => ({ range, type: OF_KIND[kind], isDeclaration: isDefinition })), ...placeholders(source), ...annotationTokens(source), ...keyTokens(source)]);
}

function annotationTokens({ annotations }: RunbookSource): readonly SemanticToken[] {
  return annotations.flatMap(({ tokens }) =>
    tokens.flatMap(({ token, name, value }): SemanticToken[] => {
      if (token.kind !== 'attribute') return token.kind === 'class' ? [{ range: name, type: 'keyword', isDeclaration: false }] : [];
      const shape = attributeShape(token.name);
      // A word that means nothing is not coloured as if it did.
      if (shape === null) return [];
      const values: SemanticToken[] = value === null ? [] : [{ range: value, type: shape.suggests === null ? 'string' : OF_VALUE[shape.suggests], isDeclaration: false }];
      return [{ range: name, type: 'property', isDeclaration: false }, ...values];
    }),
  );
}

function keyTokens({ frontMatter }: RunbookSource): readonly SemanticToken[] {
  return (frontMatter?.entries ?? []).flatMap(({ path, key }): SemanticToken[] => {
    const around = path.slice(0, -1).map((part) => (typeof part === 'number' ? '-' : part));
    return keysOf(around).has(String(path.at(-1))) ? [{ range: key, type: 'property', isDeclaration: false }] : [];
  });
}

/** What has to be filled in before a command can run. */
function placeholders(source: RunbookSource): readonly SemanticToken[] {
  const { runbook } = source;
  return [...commandsIn(runbook)].filter((command) => command.placeholders.length > 0).flatMap((command) => {
    const placeOf = source.placesOf(command);
    return command.placeholders.map(({ start, end }): SemanticToken => ({ range: { start: placeOf(start), end: placeOf(end) }, type: 'macro', isDeclaration: false }));
  });
}

/** The first of those that meet is kept: what is named says more than what it stands in. */
function inOrder(tokens: readonly SemanticToken[]): readonly SemanticToken[] {
  const onOneLine = tokens.filter(({ range: { start, end } }) => start.line === end.line && start.character < end.character);
  const ranked = onOneLine.map((token, rank) => ({ token, rank })).sort((a, b) => (isBefore(a.token.range.start, b.token.range.start) ? -1 : isBefore(b.token.range.start, a.token.range.start) ? 1 : a.rank - b.rank));
  const kept: SemanticToken[] = [];
  for (const { token } of ranked) {
    const last = kept.at(-1);
    if (last === undefined || !isBefore(token.range.start, last.range.end)) kept.push(token);
  }
  return kept;
}
