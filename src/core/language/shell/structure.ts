/** Something that is certainly not as a shell needs it. */
export interface StructureProblem {
  readonly start: number;
  readonly end: number;
  /** What is wrong and what to do. */
  readonly message: string;
  /** A grammar is known to pass over it. */
  readonly isOverlooked?: true;
}

/** Quotes and brackets inside each other below which nothing is followed: a reading calls itself for each. */
export const DEEPEST = 100;

/** Raised inside a reading that has found a problem, or that can no longer be certain (null). */
export class StopReading extends Error {
  readonly problem: StructureProblem | null;

  constructor(problem: StructureProblem | null) {
    super();
    this.problem = problem;
  }
}

/** Line of an offset, from 1. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** Where a problem is, for a message; nothing is said of a block of one line. */
export function onLine(text: string, offset: number): string {
  return text.trimEnd().includes('\n') ? ` on line ${String(lineAt(text, offset))} of the block` : '';
}
