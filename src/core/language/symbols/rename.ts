import { watchedTriggers } from '../../monitor/watched.ts';
import type { Diagnostic } from '../../runbook/model.ts';
import { metricKey } from '../../runbook/monitors/model.ts';
import { problemWithName } from '../../runbook/setup/variableName.ts';
import { readSource, type RunbookSource } from '../source.ts';
import { applyEdits, type Position, type Range, type TextEdit } from '../text.ts';
import { leftUse } from './leftUses.ts';
import type { NamedThing, SymbolKind } from './model.ts';
import { definitionsOf, thingAt, type Reference } from './references.ts';
import { placesOfThing, symbolPlaces } from './symbols.ts';

/** What is renamed, or a sentence about why it cannot be; null when there is nothing with a name. */
export type Renaming = { readonly thing: NamedThing; readonly range: Range } | { readonly refused: string } | null;

const CALLED: Readonly<Record<SymbolKind, string>> = { id: 'step or section', value: 'value', environment: 'environment', level: 'rollback level', monitor: 'monitor', backup: 'backup' };

/** What stands at a place, if it can get another name. */
export function renamingAt(source: RunbookSource, at: Position): Renaming {
  const found = thingAt(source, at);
  if (found === null) return null;
  const { thing } = found;
  if (thing.kind === 'level') return { refused: 'A rollback level goes by its number, which is its place in the order. Change the number where it stands.' };
  const definitions = placesOfThing(source, thing).filter(({ isDefinition }) => isDefinition);
  if (thing.kind === 'id' && definitions.length === 0) return { refused: `No step or section has the id #${thing.name}.` };
  if (definitions.some(({ isWritten }) => !isWritten)) {
    // The words of a whole line are no name that somebody pointed at.
    return definitions.some(({ range }) => range === found.range) ? null : { refused: `#${thing.name} is made from the words of its line. Give that line an id of its own first.` };
  }
  return found;
}

/**
 * Why a thing cannot have a name, as a sentence; null when it can.
 * @param edits what the renaming changes in this document: a name that the
 *   format does not take shows in what the parser then says of it
 */
export function problemWithNewName(source: RunbookSource, { kind, name }: NamedThing, wanted: string, edits: readonly TextEdit[]): string | null {
  if (wanted === name) return null;
  if (kind === 'id' && !/^[^\s#{}"'=,]+$/.test(wanted)) return 'An id is one word without blanks, commas, quotes, braces, # and =.';
  const problem = kind === 'value' ? problemWithName(wanted) : null;
  if (problem !== null) return `${wanted} ${problem}`;
  const taken = symbolPlaces(source).find((place) => place.kind === kind && place.isDefinition && sameName(kind, place.name, wanted) && !sameName(kind, place.name, name));
  if (taken !== undefined) return `There is a ${CALLED[kind]} named ${taken.name} already, on line ${String(taken.range.start.line + 1)}.`;
  const before = new Set(errorsOf(source.runbook.diagnostics));
  const after = readSource(applyEdits(source.text, edits));
  const added = errorsOf(after.runbook.diagnostics).find((message) => !before.has(message));
  if (added !== undefined) return added;
  const left = kind === 'value' ? leftUse(after.runbook, name) : null;
  if (left !== null) return `Line ${String(left)} uses ${name} in a way that cannot be changed for certain: as something that is set there, or that another program reads. Change that line first.`;
  if (kind === 'monitor' && watchedTriggers(after.runbook).length < watchedTriggers(source.runbook).length) return `A trigger of the text measures ${name} by its words, and would no longer fire. Change those words first.`;
  const survives = definitionsOf(after, { kind, name: wanted }).length === definitionsOf(source, { kind, name }).length;
  return survives ? null : 'With this name the text would be read in another way.';
}

function errorsOf(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message);
}

/** The edits of one document that give a thing another name. */
export function renameEdits(references: readonly Reference[], wanted: string): readonly TextEdit[] {
  return references.filter(({ isWritten }) => isWritten).map(({ range }) => ({ range, newText: wanted }));
}

function sameName(kind: SymbolKind, a: string, b: string): boolean {
  return kind === 'monitor' ? metricKey(a) === metricKey(b) : a === b;
}
