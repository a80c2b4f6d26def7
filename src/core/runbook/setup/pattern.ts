import { parsePattern, type PatternNode } from './parsePattern.ts';

/** A pattern of an author, ready to be held against values. */
export interface Pattern {
  /** Whether the whole of a value is what the pattern describes. */
  matches(value: string): boolean;
}

/** Longest pattern that is read, in UTF-16 units. */
export const LONGEST_PATTERN = 512;
/** Largest program that a pattern may become, counted repetitions written out. */
const MOST_STEPS = 4_000;

type Step =
  | { readonly kind: 'one'; readonly test: (character: string) => boolean }
  | { readonly kind: 'either'; readonly a: number; readonly b: number }
  | { readonly kind: 'start' | 'end' | 'done' };

class TooLarge extends Error {}

/**
 * Makes a matcher of a regular expression, or says why not, as the end of a
 * sentence that begins with “pattern”.
 *
 * The editor's own engine tries one way after the other, and a pattern such as
 * `(a+)+` makes it try for ever: a document could hang the editor. This one
 * follows all ways at once, so its time is bounded by the length of the value
 * times MOST_STEPS. What cannot be had so is refused: looking around and
 * references back.
 */
export function compilePattern(source: string): Pattern | string {
  if (source.length > LONGEST_PATTERN) return `is longer than ${String(LONGEST_PATTERN)} characters.`;
  const tree = parsePattern(source);
  if (typeof tree === 'string') return tree;
  const steps: Step[] = [];
  try {
    emit(steps, tree);
  } catch (error) {
    if (error instanceof TooLarge) return 'repeats too much to be checked quickly. Use smaller counts.';
    throw error;
  }
  steps.push({ kind: 'done' });
  return { matches: (value) => run(steps, value) };
}

function emit(steps: Step[], node: PatternNode): void {
  if (steps.length > MOST_STEPS) throw new TooLarge();
  switch (node.kind) {
    case 'one':
    case 'start':
    case 'end':
      steps.push(node);
      return;
    case 'all':
      for (const part of node.parts) emit(steps, part);
      return;
    case 'any':
      return emitAny(steps, node.options);
    case 'repeat':
      for (let count = 0; count < node.min; count++) emit(steps, node.part);
      if (node.max === null) return emitLoop(steps, node.part);
      for (let count = node.min; count < node.max; count++) emitOptional(steps, node.part);
  }
}

/** One of several: each a way of its own that goes on behind the last. */
function emitAny(steps: Step[], options: readonly PatternNode[]): void {
  const ends: number[] = [];
  for (const [index, option] of options.entries()) {
    if (index === options.length - 1) {
      emit(steps, option);
      continue;
    }
    const fork = reserve(steps);
    emit(steps, option);
    ends.push(reserve(steps));
    steps[fork] = { kind: 'either', a: fork + 1, b: steps.length };
  }
  for (const end of ends) steps[end] = { kind: 'either', a: steps.length, b: steps.length };
}

function emitLoop(steps: Step[], part: PatternNode): void {
  const fork = reserve(steps);
  emit(steps, part);
  steps.push({ kind: 'either', a: fork, b: fork });
  steps[fork] = { kind: 'either', a: fork + 1, b: steps.length };
}

function emitOptional(steps: Step[], part: PatternNode): void {
  const fork = reserve(steps);
  emit(steps, part);
  steps[fork] = { kind: 'either', a: fork + 1, b: steps.length };
}

function reserve(steps: Step[]): number {
  return steps.push({ kind: 'done' }) - 1;
}

function run(steps: readonly Step[], value: string): boolean {
  const characters = [...value];
  let current = new Set<number>();
  reach(steps, current, 0, 0, characters.length);
  for (const [index, character] of characters.entries()) {
    const next = new Set<number>();
    for (const at of current) {
      const step = steps[at];
      if (step?.kind === 'one' && step.test(character)) reach(steps, next, at + 1, index + 1, characters.length);
    }
    if (next.size === 0) return false;
    current = next;
  }
  return current.has(steps.length - 1);
}

/** Adds a step and all that can be reached from it without a character. */
function reach(steps: readonly Step[], into: Set<number>, from: number, position: number, length: number): void {
  const open = [from];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (into.has(at)) continue;
    into.add(at);
    const step = steps[at];
    if (step?.kind === 'either') open.push(step.a, step.b);
    else if (step?.kind === 'start' && position === 0) open.push(at + 1);
    else if (step?.kind === 'end' && position === length) open.push(at + 1);
  }
}
