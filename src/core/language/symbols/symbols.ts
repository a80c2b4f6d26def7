import { perSource } from '../perSource.ts';
import { contains, isBefore, type Position } from '../text.ts';
import type { RunbookSource } from '../source.ts';
import { declaredPlaces } from './declaredPlaces.ts';
import { idPlaces } from './idPlaces.ts';
import { levelPlaces } from './levelPlaces.ts';
import type { NamedThing, SymbolPlace } from './model.ts';
import { valuePlaces } from './valuePlaces.ts';

/** All places of a document at which something is named, in document order. */
export const symbolPlaces = perSource((source: RunbookSource): readonly SymbolPlace[] =>
  [...idPlaces(source), ...valuePlaces(source), ...declaredPlaces(source), ...levelPlaces(source)].sort((a, b) => (isBefore(a.range.start, b.range.start) ? -1 : isBefore(b.range.start, a.range.start) ? 1 : 0)),
);

/** What is named at a place; a name that is written there comes before the words of a whole line. */
export function symbolAt(source: RunbookSource, at: Position): SymbolPlace | null {
  const here = symbolPlaces(source).filter(({ range }) => contains(range, at));
  return here.find(({ isWritten }) => isWritten) ?? here.find(({ isDefinition }) => !isDefinition) ?? here[0] ?? null;
}

/** All places of the same document that mean the same thing. */
export function placesOfThing(source: RunbookSource, { kind, name }: NamedThing): readonly SymbolPlace[] {
  return symbolPlaces(source).filter((place) => place.kind === kind && place.name === name);
}
