import type { Command } from '../model.ts';

/** A command of the front matter that prints a number, to be asked again and again while a run goes on. */
export interface Monitor {
  readonly name: string;
  /** What is run, with its time limit and shell among the options. */
  readonly command: Command;
  /** Seconds from one start to the next. */
  readonly everySeconds: number;
  readonly timeoutSeconds: number;
  /** What its numbers are, for example `%`; null: what it prints after them, if anything. */
  readonly unit: string | null;
  readonly line: number;
}

/** A metric's name without case, spaces and signs: the words of a document and the names of monitors meet in it. */
export function metricKey(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '_').replace(/^_|_$/g, '');
}
