import { slug } from '../../runbook/ids.ts';
import type { Section, Step } from '../../runbook/model.ts';
import type { RunbookSource } from '../source.ts';
import { ownReferences } from '../symbols/references.ts';
import { renameEdits } from '../symbols/rename.ts';
import type { TextEdit } from '../text.ts';
import { lastLineOfWords } from '../wordLines.ts';
import { atEndOf, refactoring, type Fix, type FixPlace } from './fix.ts';
import { keepsAllButIds, type Keeps } from './keeps.ts';

const LONGEST = 32;

/** An id of its own for a step or section, with what has to be written for it: nothing when it has one already. */
export interface OwnId {
  readonly id: string;
  readonly edits: readonly TextEdit[];
}

/** Gives the step or section at the cursor an id of its own; what named it by the one made of its words follows. */
export function addId(place: FixPlace): readonly Fix[] {
  const thing = stepAt(place) ?? sectionAt(place);
  const own = thing === null ? null : ownIdOf(place.source, thing);
  if (thing === null || own === null || own.edits.length === 0) return [];
  const isStep = 'kind' in thing;
  // Ids that are made of words begin with those of the section.
  const keeps = keepsAllButIds(({ line }) => line === thing.line || (!isStep && line > thing.line && line <= thing.endLine));
  return [refactoring(`Give this ${isStep ? 'step' : 'section'} the id #${own.id}`, own.edits, givingId(own, thing, keeps))];
}

/** Whether the id is read as one of the thing, and not as some words or as another's. */
export function givingId({ id: given }: OwnId, { line: at }: Pick<Step | Section, 'line'>, keeps: Keeps): Keeps {
  return (before, after) => keeps(before, after) && [...after.steps, ...after.sections].some(({ id, line }) => id === given && line === at) && after.annotations.some(({ text }) => text.includes(given));
}

/** The innermost step around the cursor. */
export function stepAt({ source, range }: Pick<FixPlace, 'source' | 'range'>): Step | null {
  const line = range.start.line + 1;
  return source.runbook.steps.findLast((step) => step.line <= line && line <= step.endLine) ?? null;
}

function sectionAt({ source, range }: FixPlace): Section | null {
  return source.runbook.sections.find(({ line }) => line === range.start.line + 1) ?? null;
}

/** @returns null when no annotation can stand there */
export function ownIdOf(source: RunbookSource, thing: Pick<Step | Section, 'id' | 'title' | 'line'> & { readonly endLine: number }): OwnId | null {
  if (hasOwnId(source, thing)) return { id: thing.id, edits: [] };
  const id = freeId(source, thing);
  const written = writeId(source, thing.line - 1, id);
  return written === null ? null : { id, edits: [written, ...renameEdits(ownReferences(source, { kind: 'id', name: thing.id }, () => false), id)] };
}

function hasOwnId({ annotations }: RunbookSource, { id, line, endLine }: { readonly id: string; readonly line: number; readonly endLine: number }): boolean {
  return annotations.some(({ ownerLine, text, tokens }) => ownerLine >= line && ownerLine <= endLine && (tokens.some(({ token }) => (token.kind === 'id' && token.name === id) || (token.kind === 'attribute' && token.value === id && token.name === 'name')) || (tokens.length === 0 && text.includes(`"${id}"`))));
}

/** Short, of its words, and nobody else's. */
function freeId({ runbook }: RunbookSource, { id: made, title }: { readonly id: string; readonly title: string }): string {
  const taken = new Set([...runbook.steps, ...runbook.sections].map(({ id }) => id).filter((id) => id !== made));
  const words = slug(title);
  const short = words.length <= LONGEST ? words : words.slice(0, LONGEST).replace(/-[^-]*$/, '');
  for (let count = 1; ; count++) {
    const id = count === 1 ? short : `${short}-${String(count)}`;
    if (!taken.has(id)) return id;
  }
}

function writeId(source: RunbookSource, line: number, id: string): TextEdit | null {
  const { annotations, fences, lines } = source;
  const site = annotations.find(({ ownerLine, on }) => ownerLine === line + 1 && on !== 'output');
  if (site !== undefined) {
    if (site.tokens.some(({ token }) => token.kind === 'id') || /^\{\s*"/.test(site.text)) return null;
    const start = { line: site.range.start.line, character: site.range.start.character + (/^\{:?/.exec(site.text)?.[0].length ?? 1) };
    return { range: { start, end: start }, newText: `#${id}${site.tokens.length === 0 ? '' : ' '}` };
  }
  const text = lines.lineText(line);
  const fence = fences.find((each) => each.line === line);
  if (fence !== undefined) return text.includes('{') ? null : atEndOf(source, line, `${text.endsWith(' ') ? '' : ' '}{#${id}}`);
  const closing = /[ \t]+#+[ \t]*$/.exec(text);
  if (/^(?:[ \t]|>)*#{1,6}[ \t]/.test(text) && closing !== null) {
    const start = { line, character: closing.index };
    return { range: { start, end: start }, newText: ` <!-- {#${id}} -->` };
  }
  // A bold label begins a section and takes no annotation.
  if (/^(?:\*\*|__)/.test(text)) return null;
  return atEndOf(source, lastLineOfWords(source.lines, line), ` <!-- {#${id}} -->`);
}
