import type { Command, Runbook } from '../runbook/model.ts';
import { parseRunbook } from '../runbook/parse.ts';
import { annotationSites, type AnnotationSite } from './annotationSites.ts';
import { commandPlaces } from './commandPlaces.ts';
import { fenceLines, type FenceLines } from './fenceLines.ts';
import { frontMatterSource, type FrontMatterSource } from './frontMatterSource.ts';
import { Lines, type Position } from './text.ts';

/**
 * A runbook's text as those see it who help to write it. Each part is made when
 * somebody asks for it first, since most keystrokes need only one of them.
 */
export interface RunbookSource {
  readonly text: string;
  readonly lines: Lines;
  readonly runbook: Runbook;
  /** In document order. */
  readonly annotations: readonly AnnotationSite[];
  /** Null when the text does not begin with front matter. */
  readonly frontMatter: FrontMatterSource | null;
  readonly fences: readonly FenceLines[];
  /** Where the characters of a command's text stand, by their offsets in it. */
  placesOf(command: Command): (offset: number) => Position;
}

/**
 * @param text as the editor has it, with any line ends. Never throws.
 * @param parsed is called once it has been read as a runbook, which is the part that takes time
 */
export function readSource(text: string, parsed: () => void = () => undefined): RunbookSource {
  const lines = once(() => new Lines(text));
  const runbook = once(() => {
    const read = parseRunbook(text);
    parsed();
    return read;
  });
  const annotations = once(() => annotationSites(lines(), runbook().annotations));
  const frontMatter = once(() => frontMatterSource(lines()));
  const fences = once(() => fenceLines(lines()));
  return {
    text,
    get lines() {
      return lines();
    },
    get runbook() {
      return runbook();
    },
    get annotations() {
      return annotations();
    },
    get frontMatter() {
      return frontMatter();
    },
    get fences() {
      return fences();
    },
    placesOf: (command) => commandPlaces(lines(), fences(), command),
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
