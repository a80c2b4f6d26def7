import { type Disposable, DocumentHighlight, DocumentHighlightKind, languages, Location, Position, type TextDocument, type Uri, WorkspaceEdit } from 'vscode';
import type { NamedThing } from '../../core/language/symbols/model.ts';
import { definitionsOf, isShared, linkAt, linksTo, ownReferences, type Reference, thingAt } from '../../core/language/symbols/references.ts';
import { problemWithNewName, renameEdits, renamingAt } from '../../core/language/symbols/rename.ts';
import { placesOfThing } from '../../core/language/symbols/symbols.ts';
import { placesOfValue } from '../../core/language/symbols/valuePlaces.ts';
import { DisposableStore } from '../dispose.ts';
import { fromPosition, toEdit, toRange } from './convert.ts';
import { type LanguageHost, MARKDOWN, sourceOf } from './host.ts';
import { leadsTo, packageOf, sourceAt, thoseThatName, uriFrom } from './neighbours.ts';

/** Where a document means a thing. */
interface Meant {
  readonly uri: Uri;
  readonly references: readonly Reference[];
}

/** Go to definition, references, highlights and rename for all that has a name, across linked runbooks. */
export function registerNames(host: LanguageHost): Disposable {
  const store = new DisposableStore();
  store.add(languages.registerDefinitionProvider(MARKDOWN, { provideDefinition: (document, position) => definition(document, position, host) }));
  store.add(
    languages.registerReferenceProvider(MARKDOWN, {
      async provideReferences(document, position, { includeDeclaration }) {
        const found = thingIn(document, position, host);
        const meant = found === null ? [] : await everywhere(document, found, host);
        return meant.flatMap(({ uri, references }) => references.filter(({ isDefinition }) => includeDeclaration || !isDefinition).map(({ range }) => new Location(uri, toRange(range))));
      },
    }),
  );
  store.add(
    languages.registerDocumentHighlightProvider(MARKDOWN, {
      provideDocumentHighlights(document, position) {
        const source = sourceOf(document, host);
        const found = thingIn(document, position, host);
        if (source === undefined || found === null) return [];
        const here = ownReferences(source, found, leadsTo(document.uri, document.uri));
        return here.map(({ range, isDefinition }) => new DocumentHighlight(toRange(range), isDefinition ? DocumentHighlightKind.Write : DocumentHighlightKind.Read));
      },
    }),
  );
  store.add(
    languages.registerRenameProvider(MARKDOWN, {
      prepareRename(document, position) {
        const source = sourceOf(document, host);
        const renaming = source === undefined ? null : renamingAt(source, fromPosition(position));
        if (renaming === null) throw new Error('Nothing here has a name that can be changed.');
        if ('refused' in renaming) throw new Error(renaming.refused);
        return { range: toRange(renaming.range), placeholder: renaming.thing.name };
      },
      provideRenameEdits: (document, position, wanted) => rename(document, position, wanted.trim(), host),
    }),
  );
  return store;
}

function thingIn(document: TextDocument, position: Position, host: LanguageHost): NamedThing | null {
  const source = sourceOf(document, host);
  return source === undefined ? null : (thingAt(source, fromPosition(position))?.thing ?? null);
}

async function definition(document: TextDocument, position: Position, host: LanguageHost): Promise<Location[]> {
  const source = sourceOf(document, host);
  if (source === undefined) return [];
  const found = thingAt(source, fromPosition(position));
  if (found === null) return linked(document, position, host);
  const own = definitionsOf(source, found.thing).map((range) => new Location(document.uri, toRange(range)));
  if (own.length > 0 || !isShared(found.thing)) return own;
  const others = await packageOf(document, await thoseThatName(document, host.sources), host.sources);
  return others.flatMap(({ uri, source: other }) => definitionsOf(other, found.thing).map((range) => new Location(uri, toRange(range))));
}

/** Where a link, or a member of the package, leads. */
async function linked(document: TextDocument, position: Position, host: LanguageHost): Promise<Location[]> {
  const source = sourceOf(document, host);
  const link = source === undefined ? null : linkAt(source, fromPosition(position));
  if (link?.path == null || link.from !== 'document') return [];
  const uri = uriFrom(document.uri, link.path);
  const target = await sourceAt(uri, host.sources, () => true);
  if (target === undefined) return [];
  const places = link.fragment === null ? [] : definitionsOf(target, { kind: 'id', name: link.fragment });
  return places.length > 0 ? places.map((range) => new Location(uri, toRange(range))) : link.fragment === null ? [new Location(uri, new Position(0, 0))] : [];
}

/** All places of the workspace's runbooks that mean a thing of a document. */
async function everywhere(document: TextDocument, thing: NamedThing, { sources }: LanguageHost): Promise<readonly Meant[]> {
  const own = { uri: document.uri, references: ownReferences(sources.of(document), thing, leadsTo(document.uri, document.uri)) };
  if (thing.kind !== 'id' && !isShared(thing)) return [own];
  const naming = await thoseThatName(document, sources);
  if (thing.kind === 'id') return [own, ...naming.map(({ uri, source }) => ({ uri, references: linksTo(source, thing, leadsTo(uri, document.uri)) }))];
  const members = await packageOf(document, naming, sources);
  return [own, ...members.map(({ uri, source }) => ({ uri, references: thing.kind === 'value' ? placesOfValue(source, thing.name) : placesOfThing(source, thing) }))];
}

async function rename(document: TextDocument, position: Position, wanted: string, host: LanguageHost): Promise<WorkspaceEdit> {
  const source = sourceOf(document, host);
  const renaming = source === undefined ? null : renamingAt(source, fromPosition(position));
  if (source === undefined || renaming === null) throw new Error('Nothing here has a name that can be changed.');
  if ('refused' in renaming) throw new Error(renaming.refused);
  const edit = new WorkspaceEdit();
  for (const { uri, references } of await everywhere(document, renaming.thing, host)) {
    const edits = renameEdits(references, wanted);
    const there = uri.path === document.uri.path ? source : await sourceAt(uri, host.sources, () => true);
    const problem = there === undefined ? null : problemWithNewName(there, renaming.thing, wanted, edits);
    if (problem !== null) throw new Error(uri.path === document.uri.path ? problem : `${uri.path.split('/').at(-1) ?? ''}: ${problem}`);
    if (edits.length > 0) edit.set(uri, edits.map(toEdit));
  }
  return edit;
}
