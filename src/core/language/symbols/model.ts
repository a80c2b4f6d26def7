import type { Range } from '../text.ts';

/** What a name in a runbook can stand for. `id`: a step or a section; `value`: an input or what a block captures. */
export type SymbolKind = 'id' | 'value' | 'environment' | 'level' | 'monitor' | 'backup';

/** Something that has a name, for all places that mean it. */
export interface NamedThing {
  readonly kind: SymbolKind;
  readonly name: string;
}

/** A place in the text that means it. */
export interface SymbolPlace extends NamedThing {
  /** The name alone. For a step or section without an id of its own: the words of its line. */
  readonly range: Range;
  readonly isDefinition: boolean;
  /** The name stands there as it is, so that another one can take its place. */
  readonly isWritten: boolean;
}
