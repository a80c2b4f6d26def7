import type { SyntaxNode } from './syntaxNode.ts';

/** A word of a call. */
export interface ShellWord {
  readonly node: SyntaxNode;
  readonly start: number;
  readonly end: number;
  /** As it is written, quotes included. */
  readonly source: string;
  /** What the program gets, or null when that is only known when it runs. */
  readonly literal: string | null;
}

/** A program that is called. */
export interface ShellCall {
  /** Without its folder; lower case in PowerShell, whose names have no case. */
  readonly name: string;
  readonly args: readonly ShellWord[];
  /** Programs that start it: `sudo`, `env`. */
  readonly through: readonly string[];
  readonly start: number;
  readonly end: number;
  readonly node: SyntaxNode;
  /** What it stands in, the outermost first. */
  readonly parents: readonly SyntaxNode[];
}

/** The words of a call that are known, with one mark for each that is not. */
export function wordsOf({ name, args }: Pick<ShellCall, 'name' | 'args'>): string {
  return [name, ...args.map(({ literal }) => literal ?? '\u2026')].join(' ');
}

/** Whether it is called with a short option such as `-r`, by itself or in `-rf`, or with a long one. */
export function hasOption({ args }: Pick<ShellCall, 'args'>, short: RegExp, long?: RegExp): boolean {
  return args.some(({ literal }) => literal !== null && (/^-[A-Za-z]+$/.test(literal) ? short.test(literal) : long?.test(literal) === true));
}
