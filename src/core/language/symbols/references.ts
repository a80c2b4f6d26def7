import { linkPlaces, type LinkPlace } from '../links.ts';
import type { RunbookSource } from '../source.ts';
import { contains, type Position, type Range } from '../text.ts';
import type { NamedThing } from './model.ts';
import { placesOfThing, symbolAt, symbolPlaces } from './symbols.ts';

/** Whether a link's path leads to the document that is asked about; null is the document itself. */
export type LeadsThere = (path: string | null) => boolean;

/** A place that means a thing. */
export interface Reference {
  readonly range: Range;
  readonly isDefinition: boolean;
  /** Its name stands there and can be replaced. */
  readonly isWritten: boolean;
}

/** What is at a place: something with a name, or a link. */
export function thingAt(source: RunbookSource, at: Position): { readonly thing: NamedThing; readonly range: Range } | null {
  const symbol = symbolAt(source, at);
  if (symbol !== null) return { thing: { kind: symbol.kind, name: symbol.name }, range: symbol.range };
  const link = linkAt(source, at);
  if (link === null || link.path !== null || link.fragment === null || link.fragmentRange === null) return null;
  return isId(source, link.fragment) ? { thing: { kind: 'id', name: link.fragment }, range: link.fragmentRange } : null;
}

export function linkAt(source: RunbookSource, at: Position): LinkPlace | null {
  return linkPlaces(source).find(({ range }) => contains(range, at)) ?? null;
}

/** Where a document means a thing of its own: by its name and by links to it. */
export function ownReferences(source: RunbookSource, thing: NamedThing, leadsHere: LeadsThere): readonly Reference[] {
  return [...placesOfThing(source, thing), ...linksTo(source, thing, (path) => path === null || leadsHere(path))];
}

/** Where another document means a step or section by a link to it. */
export function linksTo(source: RunbookSource, thing: NamedThing, leadsThere: LeadsThere): readonly Reference[] {
  if (thing.kind !== 'id') return [];
  return linkPlaces(source).flatMap(({ path, fragment, fragmentRange }) => (fragment === thing.name && fragmentRange !== null && leadsThere(path) ? [{ range: fragmentRange, isDefinition: false, isWritten: true }] : []));
}

/** Things that runbooks of one package have in common, because they take them over from each other. */
export function isShared({ kind }: NamedThing): boolean {
  return kind === 'value' || kind === 'environment';
}

/** Where a thing gets its name. */
export function definitionsOf(source: RunbookSource, thing: NamedThing): readonly Range[] {
  return placesOfThing(source, thing).filter(({ isDefinition }) => isDefinition).map(({ range }) => range);
}

function isId(source: RunbookSource, name: string): boolean {
  return symbolPlaces(source).some((place) => place.kind === 'id' && place.isDefinition && place.name === name);
}
